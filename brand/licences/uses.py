"""What a licence lets a member do with the brand (用标范围), and in which trademark classes."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lib.nice import CLASSES


class Use(models.TextChoices):
    """Where the brand may stand."""

    PACKAGING = "packaging", _("on packaging")
    SIGNS = "signs", _("on signs and door plates")
    ADVERTISING = "advertising", _("in advertising")
    ONLINE = "online", _("in online shops and live selling")
    EVENTS = "events", _("at fairs and events")


def validate_uses(value: object) -> None:
    """Refuse anything but a list of different known uses."""
    if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - set(Use.values):
        raise ValidationError(_("These are no uses of the brand."))


def validate_classes(value: object) -> None:
    """Refuse anything but a list of different class numbers of the Nice Classification."""
    if not isinstance(value, list) or len(set(value)) != len(value) or set(value) - CLASSES.keys():
        raise ValidationError(_("These are no trademark classes: they are numbered 1 to 45."))


def use_names(uses: Iterable[str]) -> list[Promise | str]:
    """Return the uses in words, in the order of the form; unknown ones as they are."""
    held = list(uses)
    known = [use.label for use in Use if use.value in held]
    return [*known, *(use for use in held if use not in Use.values)]
