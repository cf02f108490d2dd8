"""The articles both shops sell in the benchmarks: the hall here, and Oscar as it comes in its wheel."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ARTICLES, CATEGORIES = 200, 12
STOCK = 1_000_000  # a benchmark of checkouts must not run out
_TEXT = "葱白长，辣味轻，生吃回甜。起出来当天分拣打捆，测过农残，一捆贴一个码。放阴凉处，别洗，别拆捆。"


@dataclass(frozen=True, slots=True)
class FixtureArticle:
    """What is told of an article to either shop."""

    number: int
    title: str
    summary: str
    description: str
    price: Decimal
    stock: int
    category: int

    @property
    def slug(self) -> str:
        """Return its part of an address."""
        return f"article-{self.number}"


def fixture_articles(count: int = ARTICLES, *, categories: int = CATEGORIES) -> Iterator[FixtureArticle]:
    """Yield the articles, spread evenly over the categories; prices repeat, as prices do."""
    for number in range(count):
        yield FixtureArticle(
            number=number,
            title=f"地里的第 {number} 样",
            summary=f"当天采，隔天发，第 {number} 号地。",
            description=_TEXT * 3,
            price=Decimal(900 + number * 37 % 9_000) / 100,
            stock=STOCK,
            category=number % categories,
        )


def category_names(categories: int = CATEGORIES) -> list[str]:
    """Return the names of the categories."""
    return [f"第 {number} 类" for number in range(categories)]
