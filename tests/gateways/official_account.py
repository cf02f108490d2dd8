"""The Official Account API as its documents describe it: tokens that expire, limits, drafts, articles."""

import json
import re
from collections import Counter
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from tests.gateways.server import Asked, Reply, Server

APP, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
PICTURES = "https://mmbiz.qpic.cn/mmbiz_jpg/"
ONE_MB = 1024 * 1024


class Refusal(Exception):
    """What the server says no with."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(code, said)
        self.code, self.said = code, said


class OfficialAccount:
    """One account: its tokens, materials, drafts and published articles."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.good = ""
        self.tickets = 0
        self.pictures: list[bytes] = []
        self.covers: dict[str, bytes] = {}
        self.drafts: dict[str, dict[str, Any]] = {}
        self.published: list[dict[str, Any]] = []
        self.calls: Counter[str] = Counter()
        # what comes next on a path: a Refusal, or an answer that never arrives (None)
        self.next: dict[str, list[Refusal | None]] = {}
        self.made = 0
        self.server = Server(self._answer)

    def expire(self) -> None:
        """Let the token end before its time, as a second server that forces a new one does."""
        self.good = ""

    def publish(self, media_id: str, address: str) -> None:
        """Publish a draft, as somebody does at mp.weixin.qq.com: it leaves the drafts."""
        article = self.drafts.pop(media_id) | {"url": address, "is_deleted": False}
        self.published.insert(0, article)

    def _answer(self, asked: Asked) -> Reply:
        parts = urlsplit(asked.path)
        path, query = parts.path, {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.calls[path] += 1
        waiting = self.next.get(path) or [Refusal(0, "")]
        turn = waiting.pop(0)
        try:
            if turn is not None and turn.code:
                raise turn
            said = self._verb(path)(query, asked)
        except Refusal as refusal:
            said = {"errcode": refusal.code, "errmsg": f"{refusal.said} rid: 6743-0a1b"}
        if turn is None:
            return Reply(502, b"<html>Bad Gateway</html>")
        # WeChat says text/plain and means JSON in UTF-8
        body = json.dumps(said, ensure_ascii=False).encode()
        return Reply(200, body, {"Content-Type": "text/plain"})

    def _verb(self, path: str) -> Callable[[dict[str, str], Asked], dict[str, Any]]:
        if path == "/cgi-bin/stable_token":
            return self._token
        verb = {
            "/cgi-bin/media/uploadimg": self._upload_picture,
            "/cgi-bin/material/add_material": self._add_material,
            "/cgi-bin/draft/add": self._add,
            "/cgi-bin/draft/update": self._update,
            "/cgi-bin/draft/get": self._get,
            "/cgi-bin/draft/batchget": self._list_drafts,
            "/cgi-bin/freepublish/batchget": self._list_published,
            "/cgi-bin/ticket/getticket": self._ticket,
        }.get(path)
        if verb is None:
            raise Refusal(40066, "invalid url")

        def with_token(query: dict[str, str], asked: Asked) -> dict[str, Any]:
            if not self.good or query.get("access_token") != self.good:
                known = query.get("access_token") in self.tokens
                raise Refusal(
                    42001 if known else 40001, "access_token expired" if known else "invalid credential"
                )
            return verb(query, asked)

        return with_token

    def _token(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        facts = json.loads(asked.body)
        if facts["grant_type"] != "client_credential" or facts["appid"] != APP:
            raise Refusal(40013, "invalid appid")
        if facts["secret"] != SECRET:
            raise Refusal(40125, "invalid appsecret")
        if not self.good or facts["force_refresh"]:
            self.good = f"token-{len(self.tokens)}-{'x' * 120}"
            self.tokens.append(self.good)
        return {"access_token": self.good, "expires_in": 7200}

    def _ticket(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        if query.get("type") != "jsapi":
            raise Refusal(40097, "invalid args")
        self.tickets += 1
        return {"errcode": 0, "errmsg": "ok", "ticket": f"ticket-{self.tickets}", "expires_in": 7200}

    def _upload_picture(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        content = _media(asked)
        if len(content) > ONE_MB:
            raise Refusal(40009, "invalid image size")
        if _format(content) not in {"JPEG", "PNG"}:
            raise Refusal(40137, "invalid image format")
        self.pictures.append(content)
        return {"url": f"{PICTURES}{len(self.pictures):04d}{'a' * 60}/0"}

    def _add_material(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        content = _media(asked)
        if query.get("type") != "image" or len(content) > 10 * ONE_MB or not _format(content):
            raise Refusal(40005, "invalid file type")
        media_id = f"cover-{len(self.covers)}"
        self.covers[media_id] = content
        return {"media_id": media_id, "url": f"{PICTURES}{media_id}/0", "item": []}

    def _add(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        facts = json.loads(asked.body)
        articles = facts["articles"]
        if not isinstance(articles, list) or len(articles) != 1:
            raise Refusal(47001, "data format error")
        self._check(articles[0], asked.body)
        self.made += 1
        media_id = f"draft-{self.made}"
        self.drafts[media_id] = articles[0]
        return {"media_id": media_id, "item": []}

    def _update(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        facts = json.loads(asked.body)
        self._known(facts["media_id"])
        if facts["index"] != 0:
            raise Refusal(47001, "data format error")
        self._check(facts["articles"], asked.body)
        self.drafts[facts["media_id"]] = facts["articles"]
        return {"errcode": 0, "errmsg": "ok"}

    def _get(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        return {"news_item": [self._known(json.loads(asked.body)["media_id"])]}

    def _known(self, media_id: str) -> dict[str, Any]:
        if media_id not in self.drafts:
            raise Refusal(40007, "invalid media_id")
        return self.drafts[media_id]

    def _list_drafts(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        items = [{"media_id": key, "content": {"news_item": [one]}} for key, one in self.drafts.items()]
        return {"total_count": len(items), "item_count": len(items), "item": items[::-1][:20]}

    def _list_published(self, query: dict[str, str], asked: Asked) -> dict[str, Any]:
        items = [
            {"article_id": str(n), "content": {"news_item": [one]}} for n, one in enumerate(self.published)
        ]
        return {"total_count": len(items), "item_count": len(items), "item": items[:20]}

    def _check(self, article: dict[str, Any], body: bytes) -> None:
        """Refuse what the documents say is refused."""
        if len(article["title"]) > 32:
            raise Refusal(45003, "title size out of limit")
        if len(article["author"]) > 16:
            raise Refusal(45110, "author size out of limit")
        if len(article["digest"]) > 128:
            raise Refusal(45004, "description size out of limit")
        if len(article["content"]) >= 20_000 or len(article["content"].encode()) >= ONE_MB:
            raise Refusal(45002, "content size out of limit")
        if article["thumb_media_id"] not in self.covers:
            raise Refusal(40007, "invalid media_id")
        if rb"\u" in body:
            raise Refusal(45166, "letters arrive as escapes")
        for crop in ("pic_crop_235_1", "pic_crop_1_1"):
            if not re.fullmatch(r"(?:[01](?:\.\d{1,6})?_){3}[01](?:\.\d{1,6})?", article[crop]):
                raise Refusal(53407, crop)
        found = Content.of(article["content"])
        if outside := [src for src in found.pictures if not src.startswith(PICTURES)]:
            raise Refusal(45166, f"picture of another server: {outside[0]}")


class Content(HTMLParser):
    """What is in the HTML of an article."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    @classmethod
    def of(cls, html: str) -> "Content":
        """Return what is in `html`."""
        found = cls()
        found.feed(html)
        found.close()
        return found

    @property
    def pictures(self) -> list[str]:
        """Return the addresses of the pictures."""
        return [attributes["src"] or "" for tag, attributes in self.tags if tag == "img"]

    @property
    def text(self) -> str:
        """Return the words."""
        return "".join(self.words)

    @property
    def styles(self) -> set[str]:
        """Return the names of all styles."""
        written = [attributes.get("style") or "" for _tag, attributes in self.tags]
        return {pair.partition(":")[0].strip() for style in written for pair in style.split(";") if pair}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words.append(data)


def _media(asked: Asked) -> bytes:
    """Return the file of a form; the field must be called `media`, and the file have a name."""
    head = f"Content-Type: {asked.headers['Content-Type']}\r\n\r\n".encode()
    form = BytesParser(policy=HTTP).parsebytes(head + asked.body)
    for part in form.iter_parts():  # type: ignore[attr-defined]
        if part.get_param("name", header="content-disposition") == "media" and part.get_filename():
            return part.get_payload(decode=True)
    raise Refusal(41005, "media data missing")


def _format(content: bytes) -> str:
    try:
        with Image.open(BytesIO(content)) as image:
            return image.format or ""
    except OSError:
        return ""
