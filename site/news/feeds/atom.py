"""A feed as Atom (RFC 4287)."""

from io import BytesIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from news.feeds.entries import Entry, Feed

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LANGUAGE = "zh-Hans"


def atom(feed: Feed, *, url: str) -> bytes:
    """Return the document whose own address is `url`."""
    document = _Atom(
        title=feed.title,
        link=feed.url,
        description=feed.subtitle,
        language=LANGUAGE,
        author_name=feed.publisher,
        feed_url=url,
        feed_guid=feed.id,
        subtitle=feed.subtitle,
        icon=feed.icon,
        changed=feed.updated,
    )
    for entry in feed.entries:
        _add(document, entry)
    written = BytesIO()
    document.write(written, "utf-8")
    return written.getvalue()


def _add(document: Atom1Feed, entry: Entry) -> None:
    document.add_item(
        title=entry.title,
        link=entry.url,
        description=escape(entry.summary),
        unique_id=entry.id,
        content=entry.content,
        author_name=entry.author or None,
        categories=entry.labels,
        pubdate=entry.published,
        updateddate=entry.updated,
    )


class _Atom(Atom1Feed):
    """Django's Atom with whole texts, an icon, and the date of a feed without posts."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", self.feed["icon"])

    def latest_post_date(self) -> Any:
        return self.feed["changed"] or super().latest_post_date()

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
