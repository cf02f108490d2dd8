"""Under which headings the blocks stand where an editor chooses one."""

from django.utils.translation import gettext_lazy as _

from cms.blocks.story import ACTIONS, PICTURES, WORDS

PRODUCE = _("Products, bases, courses")

__all__ = ["ACTIONS", "PICTURES", "PRODUCE", "WORDS"]
