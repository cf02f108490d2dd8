"""The kinds of tables there are."""

from typing import Final

from shop.sheets.articles import ARTICLES
from shop.sheets.columns import Kind
from shop.sheets.outside import OUTSIDE
from shop.sheets.waybills import WAYBILLS

KINDS: Final[dict[str, Kind]] = {kind.slug: kind for kind in (ARTICLES, WAYBILLS, OUTSIDE)}
