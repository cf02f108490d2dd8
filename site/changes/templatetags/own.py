"""Marking what of a page is its reader's own: `{% load own %}`, `{% own %} … {% endown %}`."""

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token

from changes import shells

register = template.Library()


class OwnNode(template.Node):
    """A part of a page that is drawn for each reader, also where the rest is kept."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """Return it; a gap where a shell is being kept (`changes.shells`)."""
        return shells.gap(self, context, self.nodelist.render(context))


@register.tag
def own(parser: Parser, token: Token) -> OwnNode:
    """Draw what stands up to `{% endown %}` for each reader: not within a loop, nor within `{% kept %}`."""
    nodelist = parser.parse(("endown",))
    parser.delete_first_token()
    return OwnNode(nodelist)
