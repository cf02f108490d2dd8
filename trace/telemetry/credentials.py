"""Passwords of devices, hashed as Mosquitto does: the same hash serves its password file and our broker."""

import base64
import hashlib
import hmac
import secrets

_ITERATIONS = 1_000  # of passwords that are random: there is nothing to guess
_SALT_LENGTH = 12  # bytes; what Mosquitto 2 reads
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_GROUPS, _GROUP = 5, 4


def new_password() -> str:
    """Return a random password that can be read out over the telephone: 99 bits in five groups."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def hash_password(password: str) -> str:
    """Return `$7$<iterations>$<salt>$<hash>`: PBKDF2 with SHA-512, salt and hash in base 64."""
    salt = secrets.token_bytes(_SALT_LENGTH)
    return "$".join(["", "7", str(_ITERATIONS), _base64(salt), _base64(_derive(password, salt, _ITERATIONS))])


def check_password(password: str, hashed: str) -> bool:
    """Tell whether `hashed` is that of `password`. False for an empty or foreign hash."""
    try:
        empty, kind, iterations, salt, expected = hashed.split("$")
        derived = _derive(password, base64.b64decode(salt), int(iterations))
    except (ValueError, UnicodeEncodeError):
        return False
    return (empty, kind) == ("", "7") and hmac.compare_digest(derived, base64.b64decode(expected))


def _derive(password: str, salt: bytes, iterations: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", password.encode(), salt, iterations)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
