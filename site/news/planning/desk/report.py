"""The report of posts: any period, as a page with a chart and as a spreadsheet."""

from datetime import date, timedelta
from io import BytesIO

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.widgets import AdminDateInput

from brand.models import Region
from news.planning.desk.calendar import may_look
from news.planning.desk.columns import columns
from news.planning.figures import Figures, figures
from news.planning.weeks import DAYS, week_of
from news.planning.workbook import write_workbook

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
USUAL_WEEKS = 12


class PeriodForm(forms.Form):
    """Which county, which days."""

    region = forms.ModelChoiceField(
        Region.objects.order_by("pk"), label=gettext_lazy("county"), required=False,
        empty_label=gettext_lazy("all counties"),
    )  # fmt: skip
    since = forms.DateField(label=pgettext_lazy("day", "from"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=pgettext_lazy("day", "up to"), required=False, widget=AdminDateInput)


@require_safe
@may_look
def report(request: HttpRequest) -> HttpResponse:
    """Show the period."""
    form, found, region = _asked(request)
    context = {
        "form": form,
        "figures": found,
        "region": region,
        "chart": columns(found.weeks),
        "query": request.GET.urlencode(),
        "header_title": _("Report of posts"),
        "page_title": _("Report of posts"),
        "header_icon": "table",
        "breadcrumbs_items": [{"url": "", "label": _("Report of posts")}],
    }
    return render(request, "news/admin/report.html", context)


@require_safe
@may_look
def table(request: HttpRequest) -> FileResponse:
    """Hand the period out as a spreadsheet."""
    _form, found, region = _asked(request)
    out = BytesIO()
    write_workbook(found, out, of=region.name if region else _("all counties"))
    out.seek(0)
    name = f"posts-{region.slug + '-' if region else ''}{found.since}-{found.until}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=SHEET)


def _asked(request: HttpRequest) -> tuple[PeriodForm, Figures, Region | None]:
    """Return the form and what it asks for; without a question the last twelve weeks of the county here."""
    today = timezone.localdate()
    here = getattr(request, "region", None)
    start = {
        "region": here.pk if here else "",
        "since": (week_of(today) - timedelta(days=DAYS * (USUAL_WEEKS - 1))).isoformat(),
        "until": today.isoformat(),
    }
    form = PeriodForm(request.GET if request.GET else start)
    facts = form.cleaned_data if form.is_valid() else {}
    until: date = facts.get("until") or today
    since: date = facts.get("since") or until - timedelta(days=DAYS * USUAL_WEEKS - 1)
    region = facts.get("region")
    return form, figures(region, since=min(since, until), until=until, today=today), region
