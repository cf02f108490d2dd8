"""Names of people where others see them: the family name, the rest hidden."""


def masked_name(name: str) -> str:
    """Return `王**` for 王秀兰, `L**` for Li Hong; always two stars, so that nothing tells how long it is."""
    bare = name.strip()
    return f"{bare[0]}**" if bare else ""
