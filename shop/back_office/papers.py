"""Papers of sellers (亮照亮证) in the back office: entered as handed in, those that end first on top."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from brand.back_office.views import TellsChanged, TellsCreated, TellsDeleted
from shop.models import SellerPaper
from shop.sellers.showing import sellers, state_of

STATES = {
    "valid": pgettext_lazy("paper", "in force"),
    "ending": _("ends soon"),
    "over": pgettext_lazy("paper", "not in force"),
}


class PaperForm(WagtailAdminModelForm):
    """A paper of a member who sells."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partner"].queryset = sellers()

    def clean(self) -> dict[str, Any]:
        """Ask for a number, or for the declaration in its place."""
        facts: dict[str, Any] = super().clean()
        exempt = facts.get("kind") == SellerPaper.Kind.EXEMPT
        if exempt and not facts.get("statement"):
            self.add_error("statement", _("Write what the seller declares."))
        if not exempt and "kind" in facts and not facts.get("number"):
            self.add_error("number", _("The paper has a number. Write it down."))
        return facts

    def save(self, commit: bool = True) -> SellerPaper:
        """Save; with another last day the reminders begin anew."""
        if "valid_to" in self.changed_data:
            self.instance.reminded_days = None
        saved: SellerPaper = super().save(commit)
        return saved


class ListPapers(ListView):
    """Lists papers by their last day."""

    along = ("partner",)

    def order_queryset(self, queryset: QuerySet[SellerPaper]) -> QuerySet[SellerPaper]:
        """Begin with what ends first, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        return queryset.order_by(F("valid_to").asc(nulls_last=True), "partner__name")


def _state(paper: SellerPaper) -> Any:
    return STATES[state_of(paper, on=timezone.localdate())]


class PaperViewSet(ModelViewSet):
    """Papers sellers show."""

    model = SellerPaper
    name = "shop-papers"
    icon = "doc-full"
    menu_label = _("Papers of sellers")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListPapers
    add_view_class = TellsCreated
    edit_view_class = TellsChanged
    delete_view_class = TellsDeleted
    list_display = [
        "partner",
        Column("kind", label=_("kind"), accessor="get_kind_display"),
        "number",
        "valid_to",
        Column("state", label=_("state"), accessor=_state),
    ]
    list_export = ["partner", "kind", "number", "holder", "issuer", "valid_from", "valid_to"]
    list_filter = {"kind": ["exact"], "partner__member__region": ["exact"], "valid_to": ["gte", "lte"]}
    search_fields = ["number", "holder", "partner__name"]
    search_backend_name = None
    panels = [
        FieldPanel("partner"),
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("number"), FieldPanel("holder"), FieldPanel("issuer")],
            heading=_("Paper"),
        ),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading=_("Validity")),
        FieldPanel("picture"),
        FieldPanel("statement"),
    ]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=PaperForm).bind_to_model(self.model)
