"""Two columns on a wide screen, one below the other on a phone."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import FactsBlock
from home.blocks.groups import READING
from home.blocks.latest import CoursesBlock, PostsBlock
from home.blocks.places import PlaceBlock


class MainColumnBlock(blocks.StreamBlock):
    """What stands in the wide column."""

    posts = PostsBlock()
    courses = CoursesBlock()


class SideColumnBlock(blocks.StreamBlock):
    """What stands in the narrow column."""

    place = PlaceBlock()
    facts = FactsBlock()


class ColumnsBlock(blocks.StructBlock):
    """News and courses beside the base."""

    main = MainColumnBlock(label=_("Wide column"))
    side = SideColumnBlock(label=_("Narrow column"), required=False)

    is_previewable = False  # what stands in it depends on the page

    class Meta:
        icon = "grip"
        label = _("Two columns")
        group = READING
        template = "home/blocks/columns.html"
        description = _("Posts and courses, and beside them the base.")
