"""Claims in the back office: what waits for the office first, decided on a page of its own."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, QuerySet, Value, When
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from shop.aftersales.answering import NoReason, agree
from shop.aftersales.arbitrating import grant, reject
from shop.aftersales.files import photo_answer
from shop.aftersales.models import Claim, ClaimPhoto
from shop.aftersales.states import NotYourTurn
from shop.aftersales.story import now_said, steps
from shop.payments.refunding import NotRefundable, freight_left, refundable

State = Claim.State
register_permission_policy(Claim, LookedAtPolicy(Claim))


class GrantForm(forms.Form):
    """How much goes back, and why."""

    amount = forms.DecimalField(
        label=gettext_lazy("money back, in yuan"), max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )
    freight = forms.DecimalField(
        label=gettext_lazy("of the freight give back, in yuan"),
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=Decimal(0),
    )
    note = forms.CharField(label=gettext_lazy("reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ReturnForm(forms.Form):
    """Where it is to be sent, and why."""

    return_to = forms.CharField(
        label=gettext_lazy("send back to"),
        max_length=200,
        help_text=gettext_lazy("Name, number to call, full address."),
    )
    note = forms.CharField(label=gettext_lazy("reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ReasonForm(forms.Form):
    """Why nothing goes back."""

    note = forms.CharField(label=gettext_lazy("reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class ClaimDesk(ActDesk):
    """Decides a claim on which buyer and seller do not agree."""

    template = "shop/admin/claim.html"
    may_look, may_act = "fengtu_shop.view_claim", "fengtu_shop.change_claim"
    refusals = (NoReason, NotYourTurn, NotRefundable)
    acts: ClassVar[dict[str, Act]] = {
        "grant": Act(
            GrantForm,
            gettext_lazy("Give money back"),
            gettext_lazy(
                "What the office thinks right, more or less than was asked. The goods stay where they are."
            ),
            gettext_lazy("Give it back"),
        ),
        "send_back": Act(
            ReturnForm,
            gettext_lazy("Let it be sent back"),
            gettext_lazy("Money or another one follow when the seller has it."),
            gettext_lazy("Let it be sent back"),
        ),
        "reject": Act(
            ReasonForm,
            gettext_lazy("Give nothing"),
            gettext_lazy("Buyer and seller read the reason. It is the last word here."),
            gettext_lazy("Give nothing"),
            serious=True,
        ),
    }

    def find(self, pk: int) -> None:
        """Read the claim."""
        related = ("line__order__region", "line__partner", "code", "refund", "replacement")
        self.claim = get_object_or_404(Claim.objects.select_related(*related), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-claim:claim", args=[self.claim.pk])

    def possible(self) -> list[str]:
        """Return what the office may do: decide, once it is asked."""
        if self.claim.state != State.OFFICE:
            return []
        sends_back = self.claim.kind in {Claim.Kind.RETURN, Claim.Kind.EXCHANGE} and not self.claim.waybill
        return ["grant", *(["send_back"] if sends_back else []), "reject"]

    def first(self) -> str:
        """Return what is likely next."""
        return "grant"

    def form_options(self, act: str) -> dict[str, Any]:
        """Begin with what was asked."""
        if act != "grant":
            return {}
        return {
            "initial": {"amount": self.claim.amount or refundable(self.claim.line.order)[self.claim.line]}
        }

    def grant(self, form: forms.Form) -> str:
        """Give money back."""
        facts = form.cleaned_data
        grant(
            claim=self.claim, amount=facts["amount"], freight=facts["freight"] or Decimal(0),
            note=facts["note"], at=self.now, by=self.by,
        )  # fmt: skip
        return _("Decided: ¥%(amount)s goes back.") % {"amount": facts["amount"]}

    def send_back(self, form: forms.Form) -> str:
        """Let it be sent back."""
        agree(claim=self.claim, side="office", **form.cleaned_data, at=self.now, by=self.by)
        return _("Decided: it is sent back.")

    def reject(self, form: forms.Form) -> str:
        """Give nothing."""
        reject(claim=self.claim, reason=form.cleaned_data["note"], at=self.now, by=self.by)
        return _("Decided: nothing goes back.")

    def context(self) -> dict[str, Any]:
        """Return the claim with both sides' words."""
        claim = self.claim
        return {
            "claim": claim,
            "now_said": now_said(claim),
            "photos": claim.photos.all(),
            "steps": steps(claim),
            "left": refundable(claim.line.order)[claim.line],
            "freight": freight_left(claim.line.order),
            "breadcrumbs_items": [
                {"url": reverse("shop-claim:index"), "label": gettext_lazy("Claims")},
                {"url": "", "label": claim.number},
            ],
            "header_title": gettext_lazy("Claim"),
            "page_title": gettext_lazy("Claim"),
            "page_subtitle": claim.number,
            "header_icon": "warning",
        }


class ListClaims(ListView):
    """What the office has to decide first, soonest first; then the rest, newest first."""

    along = ("line__order", "line__partner")

    def order_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """Begin with what waits for the office, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        waits = Case(
            When(state=State.OFFICE, then=Value(0)), When(closed_at=None, then=Value(1)), default=Value(2)
        )
        return queryset.order_by(waits, F("due_at").asc(nulls_last=True), "-made_at")

    def get_edit_url(self, instance: Claim) -> str:
        """Lead to the page of the claim."""
        return reverse("shop-claim:claim", args=[instance.pk])


class ClaimViewSet(ModelViewSet):
    """Claims of buyers."""

    model = Claim
    name = "shop-claim"
    icon = "warning"
    menu_label = gettext_lazy("Claims")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListClaims
    exclude_form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "number",
        Column("title", label=gettext_lazy("article"), accessor="line.title"),
        Column("kind", label=gettext_lazy("asks for"), accessor="get_kind_display"),
        Column("amount", label=gettext_lazy("money back")),
        Column("state", label=gettext_lazy("state"), accessor="get_state_display"),
        Column("seller", label=gettext_lazy("seller"), accessor="line.partner_name"),
        Column("due_at", label=gettext_lazy("answer until"), sort_key="due_at"),
    ]
    list_export: ClassVar[list[str]] = [
        "number", "line.order.number", "line.title", "line.partner_name", "kind", "reason", "quantity",
        "amount", "state", "words", "made_at", "due_at", "closed_at",
    ]  # fmt: skip
    export_filename = "claims"
    list_filter: ClassVar[dict[str, list[str]]] = {
        "state": ["exact"],
        "kind": ["exact"],
        "reason": ["exact"],
        "line__order__region": ["exact"],
        "line__partner": ["exact"],
    }
    search_fields: ClassVar[list[str]] = ["number", "line__title", "line__order__number", "words"]
    search_backend_name = None
    ordering: ClassVar[list[str]] = ["-made_at"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a claim and its photos."""
        return [
            *super().get_urlpatterns(),
            path("photos/<int:pk>/", photo, name="photo"),
            path("<int:pk>/", ClaimDesk.as_view(), name="claim"),
            path("<int:pk>/<slug:act>/", ClaimDesk.as_view(), name="act"),
        ]


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """Show a photo of a claim to who looks after claims."""
    if not request.user.has_perm("fengtu_shop.view_claim"):
        raise PermissionDenied
    return photo_answer(get_object_or_404(ClaimPhoto, pk=pk))
