"""A post as WeChat takes it: title, author, summary, cover, and HTML with its styles in the elements."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from brand.models import Region
from brand.themes import Theme
from cms.drawings import drawing_of, theme_of
from news.wechat import drawn, stills
from news.wechat.blocks import written
from news.wechat.cropping import COVER_RATIO, cut
from news.wechat.kept import cleaned
from news.wechat.sheet import Sheet
from news.wechat.stills import Still

if TYPE_CHECKING:
    from news.models import NewsPage

LANGUAGE: Final = "zh-hans"
_CSS: Final = Path(__file__).with_name("article.css")
_TOKEN = re.compile(r"var\(--([\w-]+)\)")
_inliner = CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture of the list: whole, with what is cut out of it as WeChat writes that."""

    still: Still
    wide: str  # 2.35:1
    square: str


@dataclass(frozen=True, slots=True)
class Export:
    """An article. Pictures are found in `content` at the addresses that `stills` is keyed by.

    `fingerprint` is that of what editors wrote.
    """

    title: str
    author: str
    digest: str
    content: str
    source_url: str
    cover: Cover
    stills: dict[str, Still]
    fingerprint: str


def export(post: "NewsPage", *, region: Region, pictures_at: str | None = None) -> Export:
    """Return `post` as an article. Pictures are at the county's own site, or below `pictures_at`.

    Raises:
        NoStill: a picture of the post cannot be read.
    """
    look, origin = theme_of(region), origin_of(region)
    at = origin if pictures_at is None else pictures_at

    def address_of(still: Still) -> str:
        return urljoin(at, still.url) if at else still.url

    with translation.override(LANGUAGE):
        sheet = Sheet(origin=origin, theme=look, address_of=address_of)
        content = _content(post, sheet)
        return Export(
            title=post.title,
            author=post.author,
            digest=post.intro,
            content=content,
            source_url=sheet.absolute(urlsplit(post.full_url or "").path),
            cover=cover_of(post, look),
            stills=sheet.stills,
            fingerprint=_fingerprint(post),
        )


def origin_of(region: Region) -> str:
    """Return the address of a county's site; behind a proxy it is as secure as the common one."""
    root = region.site.root_url if region.site else settings.PUBLIC_BASE_URL
    secure = settings.PUBLIC_BASE_URL.startswith("https:") and urlsplit(root).port is None
    return root.replace("http:", "https:", 1) if secure else root


def _fingerprint(post: "NewsPage") -> str:
    """Return what changes when an editor changes the post; readings and prices change by themselves."""
    told = [post.title, post.author, post.intro, post.source, post.slug, post.image_id, post.art]
    written_by_editors = json.dumps([*told, post.body.get_prep_value()], sort_keys=True, default=str)
    return hashlib.sha256(written_by_editors.encode()).hexdigest()


def _content(post: "NewsPage", sheet: Sheet) -> str:
    body = mark_safe(written(post.body, sheet))  # noqa: S308 - templates wrote and escaped it
    context = {"source": post.source, "body": body, "links": sheet.links}
    html = render_to_string("news/wechat/article.html", context)
    return cleaned(_inliner.inline_fragment(html, styles(sheet.theme)))


def styles(theme: Theme) -> str:
    """Return the styles of articles in the colours of a county."""
    return _TOKEN.sub(lambda found: theme.day[found[1]], _CSS.read_text(encoding="utf-8"))


def cover_of(post: "NewsPage", look: Theme) -> Cover:
    """Return the cover: the post's picture cut around its focal point, or a drawing of the county."""
    if post.image is None:
        name = look.land if post.art in {"", "land"} else drawing_of(post.art, look)
        still = drawn.cover_drawing(look, name or look.land, alt=post.title)
        return Cover(still, "0_0_1_1", cut(COVER_RATIO, 1.0, (0.5, 0.5)))
    image = post.image
    focus = image.get_focal_point()
    middle = (focus.centroid.x / image.width, focus.centroid.y / image.height) if focus else (0.5, 0.5)
    ratio = image.width / image.height
    return Cover(
        stills.cover_photograph(image),
        cut(ratio, COVER_RATIO, middle),
        cut(ratio, 1.0, middle),
    )
