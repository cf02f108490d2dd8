"""Invoices in the back office: what was asked for, the open ones first, and the number noted once issued."""

from typing import Any, ClassVar

from django import forms
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.invoices.issuing import NotIssuable, issue_invoice
from shop.invoices.models import InvoiceRequest

register_permission_policy(InvoiceRequest, LookedAtPolicy(InvoiceRequest))


class NumberForm(forms.Form):
    """Under which number it was issued."""

    number = forms.CharField(label=gettext_lazy("invoice number"), max_length=30)


class InvoiceDesk(ActDesk):
    """Shows what stands on the invoice; notes its number."""

    template = "shop/admin/invoice.html"
    may_look, may_act = "fengtu_shop.view_invoicerequest", "fengtu_shop.change_invoicerequest"
    refusals = (NotIssuable,)
    acts: ClassVar[dict[str, Act]] = {
        "issue": Act(
            NumberForm,
            gettext_lazy("Issued"),
            gettext_lazy("Issue it in the program of the tax office, then note its number here."),
            gettext_lazy("Note the number"),
        )
    }

    def find(self, pk: int) -> None:
        """Read the request with its order."""
        self.invoice = get_object_or_404(InvoiceRequest.objects.select_related("order"), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-invoice:invoice", args=[self.invoice.pk])

    def possible(self) -> list[str]:
        """Return the act while it is not issued."""
        return [] if self.invoice.issued_at else ["issue"]

    def first(self) -> str:
        """Return the one act."""
        return "issue"

    def context(self) -> dict[str, Any]:
        """Return what the template shows."""
        return {
            "invoice": self.invoice,
            "breadcrumbs_items": [
                {"url": reverse("shop-invoice:index"), "label": gettext_lazy("Invoices")},
                {"url": "", "label": self.invoice.title},
            ],
            "header_title": gettext_lazy("Invoice"),
            "page_title": gettext_lazy("Invoice"),
            "page_subtitle": self.invoice.title,
            "header_icon": "doc-full",
        }

    def issue(self, form: forms.Form) -> str:
        """Note the number."""
        issue_invoice(invoice=self.invoice, number=form.cleaned_data["number"], at=self.now, by=self.by)
        return _("The invoice is noted as issued.")


class InvoiceList(ListView):
    """Lists invoices, the open ones first."""

    along = ("order",)

    def order_queryset(self, queryset: QuerySet[InvoiceRequest]) -> QuerySet[InvoiceRequest]:
        """Begin with what is not issued, the oldest order first."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        return queryset.order_by(F("issued_at").desc(nulls_first=True), "pk")

    def get_edit_url(self, instance: InvoiceRequest) -> str:
        """Lead to the page of the invoice."""
        return reverse("shop-invoice:invoice", args=[instance.pk])


class InvoiceViewSet(ModelViewSet):
    """Invoices asked for."""

    model = InvoiceRequest
    name = "shop-invoice"
    menu_label = gettext_lazy("Invoices")
    icon = "doc-full"
    index_view_class = InvoiceList
    add_to_reference_index = False
    copy_view_enabled = False
    exclude_form_fields: ClassVar[list[str]] = []
    list_display = (
        "title",
        Column("get_kind_display", label=gettext_lazy("kind")),
        Column("order", label=pgettext_lazy("purchase", "order"), accessor="order.number"),
        Column("total", label=pgettext_lazy("money", "amount"), accessor="order.total_incl_tax"),
        "issued_at",
    )
    list_filter = ("kind", "issued_at")
    search_fields = ("title", "tax_number", "number", "order__number")
    search_backend_name = None
    list_export = (
        "order.number",
        "kind",
        "title",
        "tax_number",
        "email",
        "order.total_incl_tax",
        "number",
        "issued_at",
    )

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of an invoice."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", InvoiceDesk.as_view(), name="invoice"),
            path("<int:pk>/<slug:act>/", InvoiceDesk.as_view(), name="act"),
        ]
