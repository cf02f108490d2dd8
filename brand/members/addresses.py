"""The address of a new member, made from its name."""

from brand.members.models import Member
from lib.pinyin import slug_of


def free_slug(name: str) -> str:
    """Return an address nobody has, made from the letters of `name`. One query."""
    wanted = slug_of(name) or "member"
    taken = set(Member.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
