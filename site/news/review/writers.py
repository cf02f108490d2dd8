"""Who wrote a text: everybody who changed what readers see of it since it last went live."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from wagtail.models import Page

from accounts.models import User
from cms.reviewed import SAVED_FROM

# what the tree, the workflow and the schedule write into a version of a page
_NOT_TEXT = {field.name for field in Page._meta.get_fields()} - {
    "title", "slug", "seo_title", "search_description", "show_in_menus",
} | {"index", SAVED_FROM}  # fmt: skip
_KEYS_OF_ROWS = {"pk", "id"}  # of blocks and of rows that hang on a page
_KEY = re.compile(r'\s*data-block-key=\\*"[^"]*"')  # the editor gives paragraphs keys nobody sees


def has_written(user: User, page: Page) -> bool:
    """Tell whether this person wrote of what is in review, sent it in, or made the page."""
    state = page.current_workflow_state
    return user.pk in writers_of(page) or bool(state and state.requested_by_id == user.pk)


def writers_of(page: Page) -> set[int]:
    """Return the keys of who made the page and who changed its text since it last went live. 2 queries."""
    owner = {page.owner_id} if page.owner_id else set()
    return owner | set(_changers(page))


def same_text(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two versions, as Wagtail keeps them, read the same."""
    return _text_of(one) == _text_of(other)


def _changers(page: Page) -> Iterator[int]:
    """Yield who made a difference, version by version; the one that is live was somebody else's review."""
    versions = page.revisions.order_by("created_at", "pk")
    before: Mapping[str, Any] = {}
    if page.live and page.live_revision:
        versions = versions.filter(created_at__gt=page.live_revision.created_at)
        before = _text_of(page.live_revision.content)
    for user, content in versions.values_list("user", "content"):
        text = _text_of(content)
        if user and text != before:
            yield user
        before = text


def _text_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what readers see, without keys that rows get when they are stored."""
    return {name: _plain(value) for name, value in content.items() if name not in _NOT_TEXT}


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("[", "{")):
        try:
            value = json.loads(_KEY.sub("", value))
        except ValueError:
            return value
    if isinstance(value, list):
        return [_plain(row) for row in value]
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name not in _KEYS_OF_ROWS}
    return value
