"""What we ask of WeChat for an account. With a token that it calls expired, once more with a new one."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from news.wechat.calling import WechatRefused, call
from news.wechat.models import WechatAccount
from news.wechat.tokens import EXPIRED, access_token, ask_ticket

GONE: Final = 40007  # no such media_id
_A_PAGE: Final = 20
_MOST_PAGES: Final = 2  # newest first; looked at every half hour, and calls are counted by the day

Article = dict[str, Any]


class Speaker:
    """Speaks for one account. Every call raises WechatDown or WechatRefused where it fails."""

    def __init__(self, account: WechatAccount, *, at: datetime) -> None:
        self.account, self._at = account, at

    def send_picture(self, name: str, content: bytes, kind: str) -> str:
        """Send a picture for a text; return its address."""
        return str(self._call("/cgi-bin/media/uploadimg", file=(name, content, kind))["url"])

    def send_cover(self, name: str, content: bytes, kind: str) -> str:
        """Send a picture to stay; return its id."""
        asked = {"query": {"type": "image"}, "file": (name, content, kind)}
        return str(self._call("/cgi-bin/material/add_material", **asked)["media_id"])

    def add_draft(self, article: Article) -> str:
        """Make a draft; return its id."""
        return str(self._call("/cgi-bin/draft/add", send={"articles": [article]})["media_id"])

    def update_draft(self, media_id: str, article: Article) -> None:
        """Put `article` in the place of what the draft held."""
        self._call("/cgi-bin/draft/update", send={"media_id": media_id, "index": 0, "articles": article})

    def has_draft(self, media_id: str) -> bool:
        """Tell whether the draft is there: deleted or published it is not."""
        try:
            self._call("/cgi-bin/draft/get", send={"media_id": media_id})
        except WechatRefused as error:
            if error.code == GONE:
                return False
            raise
        return True

    def draft_of(self, source_url: str) -> str:
        """Return the id of the newest draft that leads to `source_url`, "" for none."""
        return next((found for found, item in self._newest("draft") if _leads(item, source_url)), "")

    def drafts(self) -> set[str]:
        """Return the ids of the newest drafts."""
        return {media_id for media_id, _article in self._newest("draft")}

    def published(self) -> Iterator[Article]:
        """Yield the newest published articles."""
        for _media_id, item in self._newest("freepublish"):
            if not item.get("is_deleted"):
                yield item

    def ticket(self) -> str:
        """Get a ticket for sharing, and keep it."""
        return self._with_token(lambda token: ask_ticket(account=self.account, token=token, at=self._at))

    def _newest(self, where: str) -> Iterator[tuple[str, Article]]:
        for page in range(_MOST_PAGES):
            asked = {"offset": page * _A_PAGE, "count": _A_PAGE, "no_content": 1}
            items = self._call(f"/cgi-bin/{where}/batchget", send=asked).get("item", [])
            for item in items:
                for article in item.get("content", {}).get("news_item", []):
                    yield str(item.get("media_id", "")), article
            if len(items) < _A_PAGE:
                return

    def _call(self, path: str, **asked: Any) -> dict[str, Any]:
        return self._with_token(lambda token: call(path, token=token, **asked))

    def _with_token(self, ask: Any) -> Any:
        token = access_token(account=self.account, at=self._at)
        try:
            return ask(token)
        except WechatRefused as error:
            if error.code not in EXPIRED:
                raise
        return ask(access_token(account=self.account, at=timezone.now(), refused=token))


def _leads(article: Article, source_url: str) -> bool:
    return article.get("content_source_url") == source_url
