"""The key that signs badges: RSA, made at first use, its private half sealed in the database.

Open Badges 3.0 asks for RS256 as the least (§8.2, JSON Web Token proof format). A key is never deleted, or
badges signed with it could be checked no more; a new one takes over by being newer.
"""

import json
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.sealing import opened, sealed

BITS = 2048  # NIST SP 800-57: enough until 2030
PURPOSE = "training.badges"


class BadgeKey(models.Model):
    """A pair of keys; `public` is the public half as JWK (RFC 7517)."""

    name = models.UUIDField(_("name"), default=uuid4, unique=True)
    private = models.TextField(_("sealed private key"))
    public = models.JSONField(_("public key"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("key of badges")
        verbose_name_plural = _("keys of badges")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.name)


def signing_key() -> BadgeKey:
    """Return the newest key; the first call makes one."""
    return BadgeKey.objects.first() or _made()


def signed(payload: dict[str, Any], *, key: BadgeKey, kid: str) -> str:
    """Return `payload` as compact JWS (RFC 7515) that names its key by the address `kid`.

    Raises:
        CannotOpen: SECRET_KEY was changed, and the one it was sealed with is not among the fallbacks.
    """
    pem = opened(key.private, purpose=PURPOSE)
    return jwt.encode(payload, pem, algorithm="RS256", headers={"kid": kid})


def _made() -> BadgeKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key()))
    return BadgeKey.objects.create(
        private=sealed(pem, purpose=PURPOSE), public=public, made_at=timezone.now()
    )
