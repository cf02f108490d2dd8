"""Secrets of other services that have to lie in the database: sealed with a key made from SECRET_KEY.

A copy of the database alone opens none of them (Fernet: AES-128-CBC with HMAC-SHA256; the key by HKDF, RFC
5869, another one for each purpose). After a change of SECRET_KEY those sealed before open as long as the old
key stands in SECRET_KEY_FALLBACKS.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(ValueError):
    """Sealed with another key, for another purpose, or not by us."""


def sealed(secret: str, *, purpose: str) -> str:
    """Return `secret` as only this site can open it, for that purpose."""
    return _box(purpose).encrypt(secret.encode()).decode()


def opened(text: str, *, purpose: str) -> str:
    """Return the secret in `text`.

    Raises:
        CannotOpen: it was sealed with a key this site no longer has.
    """
    try:
        return _box(purpose).decrypt(text.encode()).decode()
    except InvalidToken:
        raise CannotOpen(f"nothing sealed here for {purpose}") from None


def _box(purpose: str) -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key(key, purpose)) for key in keys])


def _key(secret_key: str, purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
    return urlsafe_b64encode(derived.derive(secret_key.encode()))
