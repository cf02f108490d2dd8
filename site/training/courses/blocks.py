"""Blocks of courses and lessons: questions that are asked again and again, slides."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class QuestionBlock(blocks.StructBlock):
    """A question that is asked again and again, with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=80)
    answer = blocks.TextBlock(label=_("Answer"), rows=3)

    class Meta:
        icon = "help"
        label = _("Question and answer")


class SlideBlock(blocks.StructBlock):
    """One slide: a picture, a few words, or both. What is only in the picture is said in the notes."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=30, required=False)
    points = blocks.ListBlock(
        blocks.CharBlock(label=pgettext_lazy("of a slide", "Point"), max_length=60),
        label=pgettext_lazy("of a slide", "Points"),
        default=[],
        max_num=6,
    )
    image = ImageChooserBlock(label=_("Picture"), required=False)
    notes = blocks.TextBlock(label=_("What is said to it"), rows=3, required=False)

    class Meta:
        icon = "image"
        label = _("Slide")


QUESTION_BLOCKS = [("question", QuestionBlock())]
SLIDE_BLOCKS = [("slide", SlideBlock())]
