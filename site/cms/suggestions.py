"""What has happened that editors could write about: the shape every area tells it in.

`settings.NEWS_SUGGESTIONS` names functions `(*, region, since, until) -> Iterable[Suggestion]`, each with at
most one query, that tell what happened in those days or is about to.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to write about. `origin` names it once and for all (`record.batch:7`).

    What is `beforehand` is of no use once its day is over: a festival.
    """

    origin: str
    kind: Promise | str
    title: str
    on: date
    category: str = "industry"
    note: str = ""
    product: int | None = None
    base: int | None = None
    url: str = ""
    beforehand: bool = False
