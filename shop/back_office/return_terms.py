"""What may be sent back without a reason, in the back office: only added to, so that orders keep theirs."""

from typing import Any, ClassVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from brand.back_office.tables import ListView
from shop.aftersales.models import ReturnTerms
from shop.aftersales.terms import lay_down


class AddTerms(CreateView):
    """Lays terms down from now on."""

    def save_instance(self) -> Model:
        """Make the one domain call."""
        facts = self.form.cleaned_data
        return lay_down(
            terms=facts["terms"],
            since=timezone.now(),
            by=self.request.user,
            article=facts["product"],
            kind=facts["product_class"],
        )


class ListTerms(ListView):
    """Lists the terms, the newest first; those that hold are the newest of their article or kind."""

    along = ("product", "product_class")

    def get_edit_url(self, instance: ReturnTerms) -> None:
        """Lead nowhere: what buyers were told is not changed afterwards."""


class ReturnTermsViewSet(ModelViewSet):
    """Rules for sending back."""

    model = ReturnTerms
    name = "shop-return-terms"
    icon = "undo"
    menu_label = gettext_lazy("Sending back")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListTerms
    add_view_class = AddTerms
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("terms", label=gettext_lazy("sending back"), accessor="get_terms_display"),
        Column("since", label=gettext_lazy("since"), sort_key="since"),
    ]
    list_export: ClassVar[list[str]] = ["product", "product_class", "terms", "since"]
    list_filter: ClassVar[list[str]] = ["terms"]
    search_fields: ClassVar[list[str]] = ["product__title", "product_class__name"]
    search_backend_name = None
    panels: ClassVar[list[Any]] = [FieldPanel("product_class"), FieldPanel("product"), FieldPanel("terms")]
