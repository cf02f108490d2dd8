"""What lists and posts offer their readers. `{% load news_readers %}`."""

from typing import Any

from django import template

from news.counting.popular import popular_posts
from news.digests.forms import SubscribeForm
from news.models import NewsIndexPage, NewsPage

register = template.Library()


@register.simple_tag
def most_read(index: NewsIndexPage) -> list[NewsPage]:
    """Return what was read most in the last thirty days. One query."""
    return popular_posts(index)


@register.inclusion_tag("news/includes/subscribe.html")
def subscribe_form() -> dict[str, Any]:
    """Show the form that asks for the letter of the week; the same for everybody."""
    return {"form": SubscribeForm(auto_id="subscribe_%s")}
