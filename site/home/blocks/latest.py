"""The newest posts and courses; nobody has to choose them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.groups import READING
from news.queries import latest_posts
from training.courses.queries import latest_courses


class PostsBlock(blocks.StructBlock):
    """The newest posts of the county."""

    title = blocks.CharBlock(label=_("Title"), max_length=20, default="新鲜事")
    more = blocks.CharBlock(label=_("Words of the link"), max_length=12, default="全部")
    limit = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=8)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the posts of the site the page is the root of."""
        context = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        context["posts"] = latest_posts(page, value["limit"]) if page else []
        return context

    class Meta:
        icon = "list-ul"
        label = _("Latest posts")
        group = READING
        template = "home/blocks/posts.html"
        description = _("The newest posts, chosen by themselves.")


class CoursesBlock(blocks.StructBlock):
    """The newest courses of the county."""

    title = blocks.CharBlock(label=_("Title"), max_length=20, default="学手艺")
    more = blocks.CharBlock(label=_("Words of the link"), max_length=12, default="全部")
    limit = blocks.IntegerBlock(label=_("How many"), default=1, min_value=1, max_value=4)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the courses of the site the page is the root of."""
        context = super().get_context(value, parent_context=parent_context)
        page = context.get("page")
        context["courses"] = latest_courses(page, value["limit"]) if page else []
        return context

    class Meta:
        icon = "media"
        label = _("Courses")
        group = READING
        template = "home/blocks/courses.html"
        description = _("The newest courses, chosen by themselves.")
