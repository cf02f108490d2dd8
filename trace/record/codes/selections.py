"""Which codes an act is about: a run, the labels from one to another, a carton, a batch, or a list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.codes.refusals import CodesRefused, some
from record.models import Batch, Carton, Code, PrintRun

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_LISTED = 5_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Codes chosen for an act.

    `named` holds the serials somebody listed one by one: what is wrong with one of those is said, where an
    act on a whole run or carton passes over void codes.
    """

    codes: QuerySet[Code]
    named: tuple[str, ...] = ()
    run: PrintRun | None = None
    carton: Carton | None = None
    batch: Batch | None = None

    @property
    def living(self) -> QuerySet[Code]:
        """The codes that are not void."""
        return self.codes.exclude(state=Code.State.VOIDED)

    def within(self, run: PrintRun) -> "Selection":
        """Return the same codes as part of a run.

        Raises:
            CodesRefused: some are not of that run.
        """
        refuse(self.codes.exclude(run=run), _("Not of this run: {serials}"))
        return replace(self, run=run)


def of_run(run: PrintRun) -> Selection:
    """Choose every code of a run."""
    return Selection(Code.objects.filter(run=run), run=run)


def of_carton(carton: Carton) -> Selection:
    """Choose what is in a carton."""
    return Selection(Code.objects.filter(carton=carton), carton=carton)


def of_batch(batch: Batch) -> Selection:
    """Choose every code of a batch."""
    return Selection(Code.objects.filter(batch=batch), batch=batch)


def listed(serials: Iterable[str]) -> Selection:
    """Choose the codes on a list.

    Raises:
        CodesRefused: none, too many, or serials nobody issued.
    """
    named = tuple(dict.fromkeys(serials))
    if not named:
        raise CodesRefused([_("The list is empty.")])
    if len(named) > MOST_LISTED:
        raise CodesRefused([_("At most 5,000 codes are listed at once.")])
    codes = Code.objects.filter(serial__in=named)
    known = set(codes.values_list("serial", flat=True))
    unknown = [serial for serial in named if serial not in known]
    if unknown:
        raise CodesRefused([format_lazy(_("We never issued these: {serials}"), serials=some(unknown))])
    return Selection(codes, named=named)


def between(first: str, last: str) -> Selection:
    """Choose the labels of one run from `first` to `last`, as they lie on the roll; either may come first.

    Raises:
        CodesRefused: the two are not of one run.
    """
    ends = list(listed([first, last]).codes.select_related("run").order_by("pk"))
    runs = {code.run for code in ends}
    if len(runs) != 1 or None in runs:
        raise CodesRefused([_("The first and the last label are not of the same run.")])
    run = ends[0].run
    codes = Code.objects.filter(run=run, pk__gte=ends[0].pk, pk__lte=ends[-1].pk)
    return Selection(codes, run=run)


def refuse(codes: QuerySet[Code], sentence: "_StrPromise") -> None:
    """Refuse the act when there are such codes, naming a few.

    Raises:
        CodesRefused: there are.
    """
    found = list(codes.order_by("pk").values_list("serial", flat=True)[:6])
    if found:
        raise CodesRefused([format_lazy(sentence, serials=some(found))])
