"""Pages of one visitor in a shell that is the same for many: what is the visitor's own is drawn anew.

A template marks what is its reader's own by `{% own %} … {% endown %}` (`changes.templatetags.own`). The
rest is rendered once and kept until anything public changes, under a key that names everything it depends
on. What stands between the marks sees what the view gave and the context processors, nothing that a tag
outside set.
"""

from collections.abc import Callable, Hashable, Mapping
from itertools import chain
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Node, RequestContext
from django.template.loader import get_template
from django.utils.translation import get_language

from changes.kept import Kept

RECORDED: Final = "changes.shells.recorded"  # what a context calls the parts of the page that is being kept
_GAP: Final = "\ue000own\ue000"  # private use: no text has it
# host names come from visitors
_shells: Final = Kept(most=500)
# what many buy at one time costs and says the same
_parts: Final = Kept(most=5_000)


def render(
    request: HttpRequest, template: str, values: Mapping[str, Any], *, key: Hashable, status: int = 200
) -> HttpResponse:
    """Return the page, in the shell kept under `key`, language and address of the site; keep it at first.

    `key` is what the shell depends on beside these; None where this page is like no other.
    """
    engine_template: Any = get_template(template)
    page = engine_template.template
    context = RequestContext(request)
    context.push(dict(values))
    with context.render_context.push_state(page), context.bind_template(page):
        if key is None or settings.DEBUG:
            return HttpResponse(page._render(context), status=status)
        place = (template, get_language(), request.scheme, request.get_host(), key)
        drawn: list[str] = []
        texts, parts = _shells.get(place, lambda: _shell(page, context, drawn))
        drawn = drawn or [part.nodelist.render(context) for part in parts]
        return HttpResponse("".join(chain(*zip(texts, [*drawn, ""], strict=True))), status=status)


def gap(part: Node, context: Any, drawn: str) -> str:
    """Return what stands for a part in the shell that is being kept; `drawn` itself where none is."""
    recorded = context.get(RECORDED)
    if recorded is None:
        return drawn
    recorded.append((part, drawn))
    return _GAP


def alike(facts: Hashable, render: Callable[[], str]) -> str:
    """Return a part that depends on these facts and the language alone."""
    return _parts.get((get_language(), facts), render)


def forget() -> None:
    """Render everything anew."""
    _shells.forget()
    _parts.forget()


def _shell(page: Any, context: Any, drawn: list[str]) -> tuple[list[str], list[Any]]:
    """Return the texts around the parts, and the parts; what the parts are this time goes into `drawn`."""
    recorded: list[tuple[Any, str]] = []
    with context.push(**{RECORDED: recorded}):
        texts = page._render(context).split(_GAP)
    drawn += [text for _part, text in recorded]
    return texts, [part for part, _text in recorded]
