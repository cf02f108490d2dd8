"""What WeChat counts, and how far it goes.

Source: 新增草稿 (title 32, author 16, digest 128 characters, content under 20,000 with its markup).
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from news.wechat.exporting import Export

MOST_TITLE: Final = 32
MOST_AUTHOR: Final = 16
MOST_DIGEST: Final = 128
MOST_CONTENT: Final = 19_999  # "less than 20,000 characters", markup counted
MOST_ADDRESS: Final = 1024  # bytes of the address under "read more"
# an address of a picture at WeChat (mmbiz.qpic.cn); ours are shorter, and it is theirs that counts
PICTURE_ADDRESS: Final = 180


@dataclass(frozen=True, slots=True)
class Length:
    """One thing WeChat counts."""

    name: str | Promise
    is_: int
    most: int

    @property
    def over(self) -> int:
        """Return by how many characters it is too long."""
        return max(0, self.is_ - self.most)

    @property
    def sentence(self) -> str:
        """Return what is to be done about it."""
        words = _("%(name)s: %(is)d characters, WeChat takes %(most)d. Shorten it by %(over)d.")
        return words % {"name": self.name, "is": self.is_, "most": self.most, "over": self.over}


def lengths(article: Export) -> list[Length]:
    """Return what WeChat counts of an article."""
    return [
        Length(pgettext_lazy("WeChat", "Title"), len(article.title), MOST_TITLE),
        Length(pgettext_lazy("WeChat", "Author"), len(article.author), MOST_AUTHOR),
        Length(pgettext_lazy("WeChat", "Summary"), len(article.digest), MOST_DIGEST),
        Length(gettext_lazy("Text with markup"), length_at_wechat(article), MOST_CONTENT),
    ]


def too_long(article: Export) -> list[str]:
    """Return a sentence for each thing that is too long."""
    address = Length(gettext_lazy("Address of the post"), len(article.source_url.encode()), MOST_ADDRESS)
    return [length.sentence for length in [*lengths(article), address] if length.over]


def length_at_wechat(article: Export) -> int:
    """Return how long the text will be with the addresses that WeChat gives its pictures."""
    grows = sum(
        article.content.count(f'src="{address}"') * max(0, PICTURE_ADDRESS - len(address))
        for address in article.stills
    )
    return len(article.content) + grows
