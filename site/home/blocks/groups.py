"""Headings of the block chooser."""

from django.utils.translation import gettext_lazy as _

OPENING = _("Opening")
PRODUCE = _("Produce and fields")
READING = _("Stories")
DOING = _("To do")
