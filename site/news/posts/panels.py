"""The form of a post, from top to bottom."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel

MOST_RELATED = 4

POST_PANELS = [
    FieldPanel("intro"),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("category"), FieldPanel("published_on")]),
    FieldRowPanel([FieldPanel("author"), FieldPanel("source"), FieldPanel("source_url")]),
    MultiFieldPanel(
        [
            FieldPanel("image"),
            FieldPanel("square_image"),
            HelpPanel(template="news/admin/cover.html"),
            FieldPanel("art"),
        ],
        heading=_("Cover"),
    ),
    FieldPanel("body"),
    MultiFieldPanel(
        [
            FieldPanel("products", widget=forms.CheckboxSelectMultiple),
            FieldPanel("base"),
            FieldPanel("tags"),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("What it speaks of"),
    ),
    InlinePanel(
        "chosen_related",
        heading=_("Related posts"),
        label=_("Post"),
        max_num=MOST_RELATED,
        help_text=_("Empty: found by themselves, by product, base, tag and category."),
    ),
]
