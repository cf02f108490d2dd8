"""What the templates of applications look up. `{% load licences %}`."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField

register = template.Library()

# classes of farm goods, food, drinks and selling: what members of a farming county mostly need
USUAL = frozenset({29, 30, 31, 32, 33, 35})


@register.filter
def at(words: Mapping[str, str], key: str) -> str:
    """Return the words under `key`, "" where there are none."""
    return words.get(key, "")


@register.filter
def is_usual(option: Any) -> bool:
    """Tell whether a class in the form is one of the usual ones."""
    return int(str(option.data["value"])) in USUAL


@register.filter
def has_unusual(field: BoundField) -> bool:
    """Tell whether a class is ticked that is none of the usual ones."""
    chosen = field.value() or []
    return any(str(each).isdecimal() and int(each) not in USUAL for each in chosen)
