"""How accounts are shown. `{% load accounts %}`."""

from django import template

from lib.phone import display_phone

register = template.Library()


@register.filter
def phone_number(value: str | None) -> str:
    """Write a phone number as people read it; anything else stays as it is."""
    return display_phone(value) if value and value.startswith("+") else value or ""
