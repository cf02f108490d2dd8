"""What an article is written on: it takes down pictures and links while the blocks are written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from brand.themes import Theme
from news.wechat.kept import is_article
from news.wechat.stills import Still


@dataclass(slots=True)
class Sheet:
    """One article while it is written.

    `origin` is the county's site, `address_of` says where a picture is found. Pictures are noted by that
    address; links that WeChat takes out are noted in the order of the text, each with its number.
    """

    origin: str
    theme: Theme
    address_of: Callable[[Still], str]
    stills: dict[str, Still] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)

    def src(self, still: Still) -> str:
        """Note a picture; return where it is found."""
        address = self.address_of(still)
        self.stills[address] = still
        return address

    def absolute(self, address: str) -> str:
        """Return an address of the county's site in full."""
        return urljoin(f"{self.origin}/", address)

    def number_of(self, address: str) -> int:
        """Note a link; return its number."""
        whole = self.absolute(address)
        if whole not in self.links:
            self.links.append(whole)
        return self.links.index(whole) + 1

    def with_notes(self, html: str) -> str:
        """Return `html` with links that WeChat would take out as words with a number."""
        soup = BeautifulSoup(html, "html.parser")
        for link in soup.find_all("a", href=True):
            address = str(link["href"])
            if is_article(address):
                continue
            mark = soup.new_tag("sup")
            mark.string = f"[{self.number_of(address)}]"
            link.insert_after(mark)
            link.name, link.attrs = "span", {"class": "link"}
        return str(soup)
