"""Marking what of a page is its reader's own, and which parts of it many read alike: `{% load own %}`."""

from django import template
from django.template import Context
from django.template.base import FilterExpression, NodeList, Parser, Token

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


class AlikeNode(template.Node):
    """A part that is the same wherever its facts are the same."""

    def __init__(self, name: str, facts: FilterExpression, nodelist: NodeList) -> None:
        self.name, self.facts, self.nodelist = name, facts, nodelist

    def render(self, context: Context) -> str:
        """Return the part, kept under its facts; drawn anew where there are none."""
        facts = self.facts.resolve(context, ignore_failures=True)
        if facts is None:
            return self.nodelist.render(context)
        return shells.alike((self.name, facts), lambda: self.nodelist.render(context))


@register.tag
def alike(parser: Parser, token: Token) -> AlikeNode:
    """Keep what stands up to `{% endalike %}`: `{% alike sums facts %}`. It depends on `facts` alone."""
    _tag, name, facts = token.split_contents()
    nodelist = parser.parse(("endalike",))
    parser.delete_first_token()
    return AlikeNode(name, parser.compile_filter(facts), nodelist)
