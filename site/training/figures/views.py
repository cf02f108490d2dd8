"""The figures of training: any period, as a page with charts and as the acceptance file."""

from datetime import date
from io import BytesIO
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput

from accounts.models import User
from brand.models import Region
from training.counties import counties_of
from training.courses.kinds import Kind
from training.figures.columns import columns
from training.figures.scope import Scope
from training.figures.sums import FORMS, Figures, figures_of
from training.figures.workbook import write_workbook
from training.models import FollowUp, Trainee

MAY_LOOK = "training.view_trainingtarget"
MAY_NAME = "training.view_trainee"  # the file has names in it
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ScopeForm(forms.Form):
    """Which county, which days, which people."""

    region = forms.ModelChoiceField(
        Region.objects.order_by("pk"), label=gettext_lazy("county"), required=False,
        empty_label=gettext_lazy("all counties"),
    )  # fmt: skip
    since = forms.DateField(label=pgettext_lazy("day", "from"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=pgettext_lazy("day", "up to"), required=False, widget=AdminDateInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("kind"), required=False, choices=[("", gettext_lazy("all kinds")), *Kind.choices]
    )
    group = forms.ChoiceField(
        label=pgettext_lazy("of trainees", "group"),
        required=False,
        choices=[("", gettext_lazy("all groups")), *Trainee.Group.choices],
    )
    place = forms.CharField(label=gettext_lazy("town or village"), required=False, max_length=60)

    def offer(self, counties: QuerySet[Region]) -> Region | None:
        """Offer these counties; return the one that is shown to who may not see all of them together.

        Raises:
            PermissionDenied: there is none.
        """
        field = cast("forms.ModelChoiceField", self.fields["region"])
        field.queryset = counties.order_by("pk")
        if not Region.objects.exclude(pk__in=counties.values("pk")).exists():
            return None
        field.empty_label = None
        if first := field.queryset.first():
            return cast("Region", first)
        raise PermissionDenied


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`/cms/training/figures/`: show what is asked for."""
    _admit(request, MAY_LOOK)
    form, scope = _asked(request)
    found = figures_of(scope)
    became = dict(FollowUp.Outcome.choices)
    context = {
        "form": form,
        "figures": found,
        "forms": list(FORMS.values()),
        "chart": columns(found.months),
        "became": [(became[key], count) for key, count in found.outcomes.became.items()],
        "may_name": request.user.has_perm(MAY_NAME),
        "query": request.GET.urlencode(),
        "header_title": _("Figures of training"),
        "page_title": _("Figures of training"),
        "page_subtitle": scope.region.name if scope.region else _("all counties"),
        "header_icon": "table",
        "breadcrumbs_items": [{"url": "", "label": _("Figures of training")}],
    }
    return render(request, "training/admin/figures.html", context)


@require_safe
def table(request: HttpRequest) -> FileResponse:
    """`/cms/training/figures/acceptance.xlsx`: hand the same out as the acceptance file, with names."""
    _admit(request, MAY_LOOK)
    _admit(request, MAY_NAME)
    _form, scope = _asked(request)
    found: Figures = figures_of(scope)
    out = BytesIO()
    write_workbook(found, out, of=scope.region.name if scope.region else _("all counties"))
    out.seek(0)
    county = f"{scope.region.slug}-" if scope.region else ""
    name = f"training-{county}{scope.since}-{scope.until}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=SHEET)


def _admit(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(right):
        raise PermissionDenied


def _asked(request: HttpRequest) -> tuple[ScopeForm, Scope]:
    """Return the form and what it asks for; without a question this year in the county here."""
    today = timezone.localdate()
    here = getattr(request, "region", None)
    start = {
        "region": here.pk if here else "",
        "since": date(today.year, 1, 1).isoformat(),
        "until": today.isoformat(),
    }
    form = ScopeForm(request.GET if request.GET else start)
    mine = form.offer(counties_of(cast("User", request.user)))
    form.is_valid()
    facts: dict[str, Any] = form.cleaned_data  # what was understood, also beside what was not
    until = facts.get("until") or today
    since = facts.get("since") or date(until.year, 1, 1)
    narrowed = {name: facts.get(name) or "" for name in ("kind", "group", "place")}
    region = facts.get("region") or mine
    return form, Scope(region=region, since=min(since, until), until=until, **narrowed)


class _FiguresMenuItem(MenuItem):
    """Shown to who may see figures."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask the right."""
        return bool(request.user.has_perm(MAY_LOOK))


class FiguresViewSet(ViewSet):
    """The page and its file."""

    name = "training-figures"
    url_prefix = "training/figures"
    icon = "table"
    menu_label = gettext_lazy("Figures of training")
    menu_item_class = _FiguresMenuItem

    def get_urlpatterns(self) -> list[Any]:
        """Return the page and its spreadsheet."""
        return [path("", page, name="index"), path("acceptance.xlsx", table, name="table")]
