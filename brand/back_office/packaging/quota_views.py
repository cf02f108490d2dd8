"""Quotas in the back office: set with one call, new or changed."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView

from brand.back_office.packaging.forms import MOST
from brand.back_office.tables import ListView
from brand.members.interests import ConflictOfInterest
from brand.models import Licence, PackagingItem, PackagingQuota
from brand.packaging.quota_setting import set_quota
from brand.packaging.refusals import PackagingRefused


class LicenceChoice(forms.ModelChoiceField):
    """A licence with its member."""

    def label_from_instance(self, obj: Licence) -> str:
        """Name member and number."""
        return f"{obj.member} · {obj.number}"


class QuotaForm(WagtailAdminModelForm):
    """A new quota."""

    licence = LicenceChoice(Licence.objects.none(), label=_("licence"))
    quantity = forms.IntegerField(
        label=pgettext_lazy("packaging", "quota"),
        min_value=0,
        max_value=MOST,
        help_text=_("In the whole period of the licence."),
    )

    class Meta:
        model = PackagingQuota
        fields = ["licence", "item", "quantity"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        licences = Licence.objects.exclude(state=Licence.State.REVOKED)
        current = licences.filter(valid_to__gte=timezone.localdate()).select_related("member")
        self.fields["licence"].queryset = current.order_by("member__name", "number")
        self.fields["item"].queryset = PackagingItem.objects.select_related("region")


class ChangeForm(WagtailAdminModelForm):
    """Another quantity; licence and item stay."""

    quantity = QuotaForm.base_fields["quantity"]

    class Meta:
        model = PackagingQuota
        fields = ["quantity"]


class ListQuotas(ListView):
    """Lists quotas with what was taken and is left."""

    export_headings: ClassVar[dict[str, Any]] = {"left": pgettext_lazy("packaging", "left")}

    def get_base_queryset(self) -> QuerySet[PackagingQuota]:
        """Read what a row shows along."""
        quotas: QuerySet[PackagingQuota] = super().get_base_queryset()
        return quotas.select_related("licence__member", "item")


class _SetsQuota:
    """Makes the one call; a refusal changes nothing."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, or show why not."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except (PackagingRefused, ConflictOfInterest) as refused:
            form.add_error(None, str(refused))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response

    def save_instance(self) -> PackagingQuota:
        """Set it."""
        form, request = self.form, self.request  # type: ignore[attr-defined]
        facts = {**form.cleaned_data}
        licence = facts.get("licence") or form.instance.licence
        item = facts.get("item") or form.instance.item
        return set_quota(
            licence=licence, item=item, quantity=facts["quantity"], by=request.user, at=timezone.now()
        )


class CreateQuota(_SetsQuota, CreateView):
    """Sets a quota."""

    form_class = QuotaForm

    def get_initial(self) -> dict[str, Any]:
        """Start with the licence or item whose page led here."""
        asked = {name: self.request.GET.get(name) for name in ("licence", "item")}
        return {**super().get_initial(), **asked}


class ChangeQuota(_SetsQuota, EditView):
    """Changes a quota."""

    form_class = ChangeForm
