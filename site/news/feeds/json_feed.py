"""A feed as JSON Feed 1.1 (jsonfeed.org)."""

import json
from typing import Any

from news.feeds.entries import Entry, Feed

CONTENT_TYPE = "application/feed+json; charset=utf-8"
LANGUAGE = "zh-Hans"


def json_feed(feed: Feed, *, url: str) -> bytes:
    """Return the document whose own address is `url`."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": url,
        "description": feed.subtitle,
        "icon": feed.icon,
        "authors": [{"name": feed.publisher}],
        "language": LANGUAGE,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": list(entry.labels),
        "language": LANGUAGE,
    }
    return {name: value for name, value in item.items() if value or name == "content_html"}
