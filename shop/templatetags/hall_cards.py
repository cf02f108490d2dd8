"""`{% article_card card %}`: the card of an article, rendered once until anything public changes."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from changes.kept import kept
from shop.cards import Card

register = template.Library()


@register.simple_tag(takes_context=True)
def article_card(context: Context, card: Card) -> SafeString:
    """Render one card; the theme of the page decides whose inks its drawing has."""
    region: Any = context.get("region")
    shown = (card.pk, card.price, card.was_price, card.available, tuple(card.extra))
    key = ("card", shown, get_language(), getattr(region, "pk", None))

    flat: dict[Any, Any] = context.flatten()

    def render() -> Any:
        page: Any = get_template("shop/card.html")  # Django's own engine: what it wraps takes the context
        return page.template.render(context.new({**flat, "card": card}))

    return mark_safe(kept.get(key, render))  # noqa: S308 - our own template rendered it


class KeptPartNode(template.Node):
    """What is told below the price: rendered once for an article until anything public changes."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """Return the kept part."""
        key = ("part", context["product"].pk, get_language(), context["request"].get_host())
        return mark_safe(kept.get(key, lambda: self.nodelist.render(context)))  # noqa: S308 - our own


@register.tag
def kept_part(parser: Parser, token: Token) -> KeptPartNode:
    """Keep what stands up to `{% endkept_part %}`; it may depend on nothing but the article."""
    nodelist = parser.parse(("endkept_part",))
    parser.delete_first_token()
    return KeptPartNode(nodelist)
