"""Key pairs made for one run of the tests."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@dataclass(frozen=True)
class KeyPair:
    """A key and the two files it lies in."""

    private: RSAPrivateKey
    private_file: Path
    public_file: Path


def key_pair(folder: Path, name: str) -> KeyPair:
    """Make an RSA pair of 2048 bits and write it down as PEM."""
    private = generate_private_key(public_exponent=65537, key_size=2048)
    files = folder / f"{name}.pem", folder / f"{name}-public.pem"
    files[0].write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    files[1].write_bytes(public)
    return KeyPair(private, *files)
