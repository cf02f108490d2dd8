"""The shape of classes whose instances are kept in a cache, as a few characters for its key.

What is pickled carries the names of fields; read into a class with others it is broken, and a cache in Redis
outlives the program that filled it.
"""

from dataclasses import fields
from typing import Any
from zlib import crc32


def shape_of(*kept: type[Any]) -> str:
    """Return a checksum of the dataclasses' names and fields; the order of the classes counts."""
    text = ";".join(
        f"{each.__module__}.{each.__qualname__}:{','.join(f'{one.name}={one.type}' for one in fields(each))}"
        for each in kept
    )
    return f"{crc32(text.encode()):08x}"
