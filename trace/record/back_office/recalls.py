"""Recalls in the back office: what hangs together, recalling it, the lists, lifting it."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from lib.by_post import by_post
from record.back_office.forms import RecallForm
from record.back_office.policies import IssuedPolicy
from record.back_office.recall_forms import LiftForm, chosen
from record.lineage import LineageTooWide
from record.models import Batch, Recall
from record.recall.act import AlreadyRecalled, NotRecalled, lift_recall, recall_batches
from record.recall.affected import reach_of, totals
from record.recall.lists import LISTS, recall_list
from record.recall.parcels import parcels_are_known, parcels_with

A_PAGE = 100

if TYPE_CHECKING:
    from accounts.models import User

register_permission_policy(Recall, IssuedPolicy(Recall))


class ListRecalls(IndexView):
    """Lists recalls with how many of their batches are still recalled."""

    def get_base_queryset(self) -> QuerySet[Recall]:
        """Count along."""
        recalls: QuerySet[Recall] = super().get_base_queryset()
        standing = Count("entries", filter=Q(entries__lifted_at=None))
        return recalls.select_related("batch__product").annotate(total=Count("entries"), standing=standing)

    def get_edit_url(self, instance: Recall) -> str:
        """Lead to the page of the recall."""
        return reverse("record-recalls:show", args=[instance.pk])


class RecallViewSet(ModelViewSet):
    """Recalls: begun from a batch, never deleted."""

    model = Recall
    name = "record-recalls"
    icon = "rotate"
    menu_label = gettext_lazy("Recalls")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListRecalls
    exclude_form_fields: list[str] = []
    list_display = [
        "__str__",
        Column("product", label=gettext_lazy("product"), accessor="batch.product"),
        Column("total", label=gettext_lazy("batches")),
        Column("standing", label=gettext_lazy("still recalled")),
        "begun_by",
    ]
    list_filter = {"begun_at": ["gte", "lte"], "batch__product": ["exact"]}
    search_fields = ["reason", "batch__lot", "batch__product__name"]
    search_backend_name = None
    ordering = ["-begun_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a recall, its lists and the lifting. The policy closes the usual forms."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", show, name="show"),
            path("<int:pk>/lift/", lift, name="lift"),
            path("<int:pk>/<str:kind>.csv", export, name="list"),
        ]


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what hangs together with a batch; posted, recall what was chosen."""
    if not request.user.has_perm("record.change_batch"):
        raise PermissionDenied
    batch = get_object_or_404(Batch.objects.select_related("product"), pk=pk)
    form = RecallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recall = recall_batches(
                batch=batch,
                pks=chosen(request.POST, batch),
                at=timezone.now(),
                by=cast("User", request.user),
                **form.cleaned_data,
            )
        except AlreadyRecalled:
            form.add_error(None, _("This batch is being recalled already."))
        except LineageTooWide:
            form.add_error(None, _("Too much hangs together to recall it at once. Begin further on."))
        else:
            messages.success(request, _("The recall is on. Every code of the batch shows it now."))
            return HttpResponseRedirect(reverse("record-recalls:show", args=[recall.pk]))
    return _plan(request, batch, form)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a recall."""
    if not request.user.has_perm("record.view_recall"):
        raise PermissionDenied
    return _show(request, _found(pk), LiftForm())


@by_post("record-recalls:show")
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift the recall of all its batches, or of those ticked."""
    if not request.user.has_perm("record.change_batch"):
        raise PermissionDenied
    recall, form = _found(pk), LiftForm(request.POST)
    if not form.is_valid():
        return _show(request, recall, form)
    standing = recall.entries.filter(lifted_at=None)
    ticked = [int(each) for each in request.POST.getlist("batches") if each.isdecimal()]
    pks = set((standing.filter(batch__in=ticked) if ticked else standing).values_list("batch", flat=True))
    try:
        count = lift_recall(
            pks=pks, reason=form.cleaned_data["reason"], at=timezone.now(), by=cast("User", request.user)
        )
    except NotRecalled:
        form.add_error(None, _("None of these batches is being recalled any more."))
        return _show(request, recall, form)
    done = ngettext(
        "The recall of %(count)d batch is lifted.", "The recall of %(count)d batches is lifted.", count
    )
    messages.success(request, done % {"count": count})
    return HttpResponseRedirect(reverse("record-recalls:show", args=[pk]))


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> StreamingHttpResponse:
    """Download one of the lists."""
    if not (request.user.has_perm("record.view_recall") and request.user.has_perm("record.view_code")):
        raise PermissionDenied
    if kind not in LISTS:
        raise Http404
    recall = _found(pk)
    response = StreamingHttpResponse(recall_list(recall, kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="recall-{recall.pk}-{kind}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _found(pk: int) -> Recall:
    return get_object_or_404(Recall.objects.select_related("batch__product", "begun_by"), pk=pk)


def _plan(request: HttpRequest, batch: Batch, form: RecallForm) -> HttpResponse:
    try:
        reach = reach_of(batch)
    except LineageTooWide:
        reach = None
    pks = {batch.pk, *(reach.onward.pks if reach else ())}
    context = {
        "batch": batch,
        "form": form,
        "reach": reach,
        "totals": totals(pks),
        "parcels": len(parcels_with(pks)) if parcels_are_known() else None,
        "breadcrumbs_items": [
            {"url": reverse("record-batches:index"), "label": gettext_lazy("Batches")},
            {"url": reverse("record-batches:desk", args=[batch.pk]), "label": batch.lot},
            {"url": "", "label": gettext_lazy("Recall")},
        ],
        **_titles(gettext_lazy("Recall"), f"{batch.product} {batch.lot}"),
    }
    return render(request, "record/admin/recall_plan.html", context, status=400 if form.errors else 200)


def _show(request: HttpRequest, recall: Recall, form: LiftForm) -> HttpResponse:
    entries = recall.entries.select_related("batch__product__member", "batch__base", "lifted_by")
    pks = set(recall.entries.values_list("batch", flat=True))
    context = {
        "recall": recall,
        "form": form,
        "entries": Paginator(entries, A_PAGE).get_page(request.GET.get("p")),
        "standing": recall.entries.filter(lifted_at=None).count(),
        "totals": totals(pks),
        "parcels": len(parcels_with(pks)) if parcels_are_known() else None,
        "breadcrumbs_items": [
            {"url": reverse("record-recalls:index"), "label": gettext_lazy("Recalls")},
            {"url": "", "label": str(recall)},
        ],
        **_titles(str(recall), str(recall.batch)),
    }
    return render(request, "record/admin/recall_show.html", context, status=400 if form.errors else 200)


def _titles(title: Any, subtitle: str) -> dict[str, Any]:
    return {
        "header_title": title,
        "page_title": title,
        "page_subtitle": subtitle,
        "header_icon": "rotate",
    }
