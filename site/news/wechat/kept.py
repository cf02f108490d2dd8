"""What WeChat keeps of an article's HTML: the one list of tags, attributes and styles.

WeChat publishes no list, only that scripts and pictures of other servers go (新增草稿, field `content`). What
stands here is what its own editor writes; others found that styles hold on `section` and not on `div`,
`article` or `footer` (github.com/mdnice/markdown-nice/issues/58), that `id`, `class`, style sheets,
`position` and `transform` go, and that links lead nowhere but to other articles.
"""

from typing import Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Comment

TAGS: Final = frozenset({
    "section", "p", "span", "strong", "em", "br", "hr", "h2", "h3", "h4", "blockquote", "ul", "ol", "li",
    "img", "a", "sup", "sub", "table", "thead", "tbody", "tr", "th", "td",
})  # fmt: skip
ATTRIBUTES: Final = {
    "img": frozenset({"src", "alt", "style"}),
    "a": frozenset({"href", "style"}),
    "th": frozenset({"colspan", "rowspan", "style"}),
    "td": frozenset({"colspan", "rowspan", "style"}),
}
_EVERYWHERE: Final = frozenset({"style"})
STYLES: Final = frozenset(
    ["color", "background-color", "font-size", "font-weight", "font-style", "line-height", "letter-spacing"]
    + ["text-align", "text-decoration", "text-indent", "vertical-align", "white-space", "word-break"]
    + [f"margin{side}" for side in ("", "-top", "-right", "-bottom", "-left")]
    + [f"padding{side}" for side in ("", "-top", "-right", "-bottom", "-left")]
    + [f"border{side}" for side in ("", "-top", "-right", "-bottom", "-left", "-radius", "-collapse")]
    + ["width", "max-width", "height", "display", "box-sizing", "list-style-type"]
)
_NOT_IN_A_VALUE: Final = ("url(", "var(", "expression(", "javascript:", "\\")
ARTICLES: Final = "mp.weixin.qq.com"

# what stands for something WeChat keeps, and what goes with all that is in it
_CALLED: Final = {
    "div": "section", "article": "section", "aside": "section", "header": "section", "footer": "section",
    "main": "section", "figure": "section", "figcaption": "p", "b": "strong", "i": "em",
    "h1": "h2", "h5": "h4", "h6": "h4",
}  # fmt: skip
_GONE: Final = frozenset({
    "script", "style", "iframe", "svg", "form", "input", "button", "select", "textarea", "video", "audio",
    "object", "embed", "template", "noscript", "head", "title", "link", "meta",
})  # fmt: skip


def cleaned(html: str) -> str:
    """Return `html` with nothing in it that WeChat does not keep; words are never lost with their tags."""
    soup = BeautifulSoup(html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in list(soup.find_all(True)):
        if tag.decomposed:
            continue
        _clean(tag)
    _close_up(soup)
    return soup.decode(formatter="minimal")


def _clean(tag: Tag) -> None:
    tag.name = _CALLED.get(tag.name, tag.name)
    if tag.name in _GONE:
        tag.decompose()
        return
    if tag.name not in TAGS or (tag.name == "a" and not is_article(str(tag.get("href", "")))):
        tag.unwrap()
        return
    allowed = ATTRIBUTES.get(tag.name, _EVERYWHERE)
    tag.attrs = {name: value for name, value in tag.attrs.items() if name in allowed}
    if "style" in tag.attrs and not (style := kept_style(str(tag["style"]))):
        del tag["style"]
    elif "style" in tag.attrs:
        tag["style"] = style


def kept_style(style: str) -> str:
    """Return the declarations WeChat keeps, written as short as they go."""
    pairs = [one.partition(":") for one in style.split(";")]
    wanted = [(name.strip().lower(), value.strip()) for name, _colon, value in pairs]
    return ";".join(f"{name}:{value}" for name, value in wanted if _keeps(name, value.lower()))


def _keeps(name: str, value: str) -> bool:
    return name in STYLES and bool(value) and not any(bad in value for bad in _NOT_IN_A_VALUE)


def is_article(address: str) -> bool:
    """Tell whether an address leads to an article of an Official Account, the one kind of link that stays."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname == ARTICLES


def _close_up(soup: BeautifulSoup) -> None:
    """Take out the line ends between tags: they count as characters and show as gaps."""
    for text in soup.find_all(string=True):
        if isinstance(text, NavigableString) and "\n" in text and not text.strip():
            text.extract()
