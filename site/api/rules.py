"""What is wrong with a field of a request, in words of our own: pydantic speaks English only."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES = {
    "missing": gettext_lazy("This field is needed."),
    "extra_forbidden": gettext_lazy("Nobody knows this field."),
    "string_too_long": gettext_lazy("At most {max_length} characters."),
    "string_too_short": gettext_lazy("At least {min_length} characters."),
    "too_long": gettext_lazy("At most {max_length} entries."),
    "too_short": gettext_lazy("At least {min_length} entries."),
    "greater_than": gettext_lazy("More than {gt}."),
    "greater_than_equal": gettext_lazy("At least {ge}."),
    "less_than_equal": gettext_lazy("At most {le}."),
    "literal_error": gettext_lazy("One of: {expected}."),
    "timezone_aware": gettext_lazy("A time with its zone, as 2026-11-20T10:00:00+08:00."),
    "decimal_max_places": gettext_lazy("At most {decimal_places} digits after the point."),
    "decimal_max_digits": gettext_lazy("At most {max_digits} digits."),
}
_BY_KIND = (
    ("date", gettext_lazy("A date or time that exists, as 2026-11-20.")),
    ("int", gettext_lazy("A whole number.")),
    ("decimal", gettext_lazy("A number.")),
    ("string", gettext_lazy("Text.")),
)


def field_error(entry: dict[str, Any]) -> dict[str, str]:
    """Return where a field stands, which rule it breaks (for programs), and what is wrong (for people)."""
    place = [str(part) for part in entry.get("loc", ()) if part not in {"body", "query", "path"}]
    rule = str(entry.get("type", ""))
    return {"field": ".".join(place), "rule": rule, "detail": _sentence(rule, entry.get("ctx") or {})}


def _sentence(rule: str, context: dict[str, Any]) -> str:
    if rule in _SENTENCES:
        return str(_SENTENCES[rule]).format_map(_Named(context))
    by_kind = next((sentence for kind, sentence in _BY_KIND if rule.startswith(kind)), None)
    return str(by_kind or _("This is not as described."))


class _Named(dict[str, Any]):
    """What a rule names; … for what it does not."""

    def __missing__(self, name: str) -> str:
        return "…"
