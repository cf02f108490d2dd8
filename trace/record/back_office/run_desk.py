"""The page of a print run in the back office: print, bind, activate, pack, void."""

from tempfile import TemporaryFile
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext

from record.back_office.code_desk import Act, CodeDesk
from record.back_office.code_forms import (
    BindForm,
    FillCartonsForm,
    PrintForm,
    ReprintForm,
    VoidSomeForm,
    WhichForm,
)
from record.codes.activation import activate_selection
from record.codes.binding import bind_codes
from record.codes.licensing import cover_now
from record.codes.packing import pack_in_order
from record.codes.printing import FORMATS
from record.codes.run_printing import print_run
from record.codes.selections import Selection, of_run
from record.codes.voiding import void_codes
from record.labels import DEFAULT_PRESET
from record.models import Code, CodeAct, PrintRun

_SHOWN_ACTS = 20


class RunDesk(CodeDesk):
    """The page of a run: what it is, what is next, and every act on it."""

    template = "record/admin/run.html"
    acts = {
        "print_first": Act(PrintForm, permission="record.change_printrun"),
        "bind": Act(BindForm, permission="record.change_code"),
        "activate": Act(WhichForm, permission="record.change_code"),
        "fill_cartons": Act(FillCartonsForm, permission="record.add_carton"),
        "print_again": Act(ReprintForm, permission="record.change_printrun"),
        "void": Act(VoidSomeForm, permission="record.change_code"),
    }

    def find(self, pk: int) -> None:
        """Read the run."""
        runs = PrintRun.objects.select_related(
            "product__region", "product__member", "batch", "licence", "made_by"
        )
        self.run = get_object_or_404(runs, pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("record-runs:desk", args=[self.run.pk])

    def form_options(self, act: str) -> dict[str, Any]:
        """Give those forms the run that offer its sheets or batches."""
        return {} if act in {"activate", "void"} else {"run": self.run}

    def print_first(self, form: PrintForm) -> HttpResponseBase:
        """Make the first file."""
        return self._print(form)

    def print_again(self, form: ReprintForm) -> HttpResponseBase:
        """Make a further file of some labels."""
        return self._print(form, only=self._chosen(form), reason=form.cleaned_data["reason"])

    def bind(self, form: BindForm) -> str:
        """Bind to a batch."""
        batch = form.cleaned_data["batch"]
        count = bind_codes(batch=batch, codes=self._chosen(form), at=self.now, by=self.by)
        done = ngettext("%(count)d code bound to %(lot)s.", "%(count)d codes bound to %(lot)s.", count)
        return done % {"count": count, "lot": batch.lot}

    def activate(self, form: WhichForm) -> str:
        """Activate."""
        count = activate_selection(codes=self._chosen(form), at=self.now, by=self.by)
        return ngettext("%(count)d code activated.", "%(count)d codes activated.", count) % {"count": count}

    def fill_cartons(self, form: FillCartonsForm) -> str:
        """Pack in order."""
        facts = {name: form.cleaned_data[name] for name in ("batch", "capacity")}
        cartons = pack_in_order(codes=self._chosen(form), at=self.now, by=self.by, **facts)
        done = ngettext("%(count)d carton filled.", "%(count)d cartons filled.", len(cartons))
        return done % {"count": len(cartons)}

    def void(self, form: VoidSomeForm) -> str:
        """Void."""
        reason = form.cleaned_data["reason"]
        count = void_codes(codes=self._chosen(form), reason=reason, at=self.now, by=self.by)
        return ngettext("%(count)d code voided.", "%(count)d codes voided.", count) % {"count": count}

    def _chosen(self, form: WhichForm) -> Selection:
        return form.selection(of_run(self.run)).within(self.run)

    def _print(self, form: PrintForm, **options: Any) -> HttpResponseBase:
        kind = form.cleaned_data["kind"]
        preset = form.cleaned_data["preset"] or DEFAULT_PRESET
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        made = print_run(run=self.run, kind=kind, preset=preset, out=file, at=self.now, by=self.by, **options)
        file.seek(0)
        name = f"{made}.{kind}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=FORMATS[kind].media_type)

    @cached_property
    def _counts(self) -> dict[str, int]:
        rows = self.run.codes.values("state").annotate(count=Count("pk")).order_by()
        return {row["state"]: row["count"] for row in rows}

    def _history(self) -> QuerySet[CodeAct]:
        """Return the acts on the run, and those on its whole batch."""
        acts = Q(run=self.run)
        if self.run.batch_id:
            acts |= Q(run=None, carton=None, batch=self.run.batch_id)
        found = CodeAct.objects.filter(acts, at__gte=self.run.made_at)
        return found.select_related("by", "batch", "carton")[:_SHOWN_ACTS]

    def context(self) -> dict[str, Any]:
        """Return the run, its counts, what is next and what was done."""
        counts, run = self._counts, self.run
        printings = list(run.printings.select_related("by"))
        waiting = counts.get(Code.State.ISSUED, 0) + counts.get(Code.State.PRINTED, 0)
        steps = {
            "print_first": not printings,
            "bind": bool(waiting),
            "activate": bool(counts.get(Code.State.BOUND)),
        }
        return {
            "run": run,
            "cover": cover_now(run.product, at=timezone.now()),
            "counts": [(Code.State(state).label, count) for state, count in sorted(counts.items())],
            "printings": printings,
            "steps": steps,
            "next": next((step for step, open_ in steps.items() if open_), ""),
            "cartons": run.codes.exclude(carton=None).aggregate(count=Count("carton", distinct=True))[
                "count"
            ],
            "history": self._history(),
            "breadcrumbs_items": [
                {"url": reverse("record-runs:index"), "label": gettext_lazy("Print runs")},
                {"url": "", "label": run.number},
            ],
            "header_title": gettext_lazy("Print run"),
            "page_title": gettext_lazy("Print run"),
            "page_subtitle": f"{run.number} · {run.product}",
            "header_icon": "tag",
        }
