"""Print runs in the back office: listed, found, made. What is done with one is in `run_desk`."""

from contextlib import suppress
from typing import Any

from django import forms
from django.db.models import Min, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, IndexView

from record.codes.refusals import CodesRefused
from record.codes.runs import NoSuchRun, make_run, run_number
from record.models import Batch, PrintRun


class ListRuns(IndexView):
    """Lists runs; each leads to its page."""

    is_searchable = True

    def get_base_queryset(self) -> QuerySet[PrintRun]:
        """Read what a row shows along."""
        runs: QuerySet[PrintRun] = super().get_base_queryset()
        return runs.select_related("product", "batch", "made_by").annotate(printed=Min("printings__at"))

    def search_queryset(self, queryset: QuerySet[PrintRun]) -> QuerySet[PrintRun]:
        """Find by number, lot, product or note."""
        text = self.search_query
        if not self.is_searching:
            return queryset
        asked = Q(batch__lot__iexact=text) | Q(product__name__icontains=text) | Q(note__icontains=text)
        with suppress(NoSuchRun):
            asked |= Q(pk=run_number(text))
        return queryset.filter(asked)


class RunForm(WagtailAdminModelForm):
    """What a run is for. The product follows from the batch where there is one."""

    class Meta:
        model = PrintRun
        fields = ["batch", "product", "quantity", "pins", "note"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product"].required = False
        self.fields["product"].help_text = gettext_lazy("Only for codes made ahead, without a batch.")
        self.fields["batch"].queryset = Batch.objects.filter(recalled_at=None).select_related("product")

    def clean(self) -> dict[str, Any]:
        """Fill in the product of the batch."""
        cleaned: dict[str, Any] = super().clean()
        batch = cleaned.get("batch")
        if batch and not cleaned.get("product"):
            cleaned["product"] = batch.product
        if not batch and not cleaned.get("product"):
            raise forms.ValidationError(_("Choose a batch, or a product for codes made ahead."))
        return cleaned


class MakeRun(CreateView):
    """Makes a run and leads to its page."""

    form_class = RunForm

    def get_initial(self) -> dict[str, Any]:
        """Start with the batch whose page led here."""
        return {**super().get_initial(), "batch": self.request.GET.get("batch")}

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the one call that issues codes; a refusal changes nothing."""
        try:
            return super().form_valid(form)
        except CodesRefused as error:
            for reason in error.reasons:
                form.add_error(None, str(reason))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> PrintRun:
        """Issue the codes."""
        return make_run(**self.form.cleaned_data, at=timezone.now(), by=self.request.user)

    def get_success_url(self) -> str:
        """Lead to the page of the run."""
        return reverse("record-runs:desk", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        """Lead to the page of the run."""
        return [messages.button(self.get_success_url(), _("Print, activate"))]
