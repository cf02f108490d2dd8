"""What a licence says: entered by hand only where it was given on paper, corrected with a trace.

Its state is not among the fields: acts change it, each with a reason.
"""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from brand.back_office.views import TellsChanged, TellsCreated
from brand.licences.papers.words import correct_words
from brand.licences.uses import Use
from brand.members.interests import ConflictOfInterest, refuse_own
from brand.models import Licence, LicenceProduct, Product
from lib.nice import CLASSES

_WRITTEN_BY_ACTS = ("state", "renews_id", "printed", "certificate_sha256")


class LicencePolicy(ModelPermissionPolicy):
    """A number that was given is never taken back: licences are revoked, not deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for all but deleting."""
        return action != "delete" and bool(super().user_has_permission(user, action))


class LicenceForm(WagtailAdminModelForm):
    """What a licence says, without its state and its products."""

    uses = forms.MultipleChoiceField(
        label=gettext_lazy("uses"),
        choices=Use.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trademark_classes = forms.TypedMultipleChoiceField(
        label=gettext_lazy("trademark classes"),
        choices=lambda: [(number, f"{number} {name}") for number, name in CLASSES.items()],
        coerce=int,
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a member of another county, and the officer's own, as it is and as it was."""
        cleaned: dict[str, Any] = super().clean()
        region, member = cleaned.get("region"), cleaned.get("member")
        if region and member and member.region_id != region.pk:
            self.add_error("member", _("This member belongs to another county."))
        before = self.instance.member if self.instance.pk else None
        try:
            for each in {one for one in (member, before) if one}:
                refuse_own(self.for_user, member=each)
        except ConflictOfInterest as refused:
            self.add_error("member", str(refused))
        return cleaned


class EnterLicence(TellsCreated):
    """Enters a licence that was given on paper; its products come next."""

    def get_success_url(self) -> str:
        """Go on to the products."""
        return reverse("brand-licences:covers", args=[self.object.pk])


class CorrectLicence(TellsChanged):
    """Corrects what a licence says; the certificate is made anew and the public page says so."""

    def save_instance(self) -> models.Model:
        """Save, then freeze the words anew if they changed.

        What acts write is taken from the newest row: a suspension that came since the form was read stays.
        """
        newest = Licence.objects.select_for_update().get(pk=self.form.instance.pk)
        for name in _WRITTEN_BY_ACTS:
            setattr(self.form.instance, name, getattr(newest, name))
        licence = super().save_instance()
        correct_words(cast("Licence", licence), by=self.request.user, at=timezone.now())
        return licence


class CoverForm(forms.ModelForm):
    """A product of the member, and how many packages."""

    class Meta:
        model = LicenceProduct
        fields = ("product", "quantity")

    def clean(self) -> dict[str, Any]:
        """Refuse fewer packages than codes were drawn for, and another product in the place of one."""
        cleaned: dict[str, Any] = super().clean() or {}
        drawn, quantity = self.instance.codes_drawn, cleaned.get("quantity")
        if quantity is not None and quantity < drawn:
            words = _("%(number)s codes were drawn already. The quantity cannot be smaller.")
            self.add_error("quantity", words % {"number": f"{drawn:,}"})
        if drawn and "product" in self.changed_data:
            self.add_error("product", _("Codes were drawn for this product already. It stays."))
        return cleaned


def covers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change the products of a licence and their quantities."""
    if not request.user.has_perm("brand.change_licence"):
        raise PermissionDenied
    licence = get_object_or_404(Licence.objects.select_related("region", "member"), pk=pk)
    if request.method == "POST":
        try:
            formset, done = _saved(licence, request.POST, by=cast("User", request.user))
        except ConflictOfInterest as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("brand-licences:edit", args=[pk]))
        if done:
            messages.success(request, _("The products of the licence are saved."))
            return HttpResponseRedirect(reverse("brand-licences:edit", args=[pk]))
    else:
        formset = _formset(licence, None)
    context = {
        "licence": licence,
        "formset": formset,
        "breadcrumbs_items": [
            {"url": reverse("brand-licences:index"), "label": pgettext_lazy("back office", "Licences")},
            {"url": reverse("brand-licences:edit", args=[pk]), "label": licence.number},
            {"url": "", "label": gettext_lazy("Products and packages")},
        ],
        "header_title": gettext_lazy("Products and packages"),
        "page_title": gettext_lazy("Products and packages"),
        "page_subtitle": f"{licence.number} · {licence.member}",
        "header_icon": "key",
    }
    status = 400 if formset.is_bound else 200
    return render(request, "brand/admin/licensing/covers.html", context, status=status)


def _formset(licence: Licence, data: Any) -> Any:
    made = forms.inlineformset_factory(
        Licence, LicenceProduct, form=CoverForm, extra=2, can_delete=not _drawn(licence)
    )
    formset = made(data, instance=licence)
    own = Product.objects.filter(member=licence.member_id).order_by("name", "pk")
    for form in formset.forms:
        form.fields["product"].queryset = own  # type: ignore[attr-defined]
    return formset


def _saved(licence: Licence, data: Any, *, by: User) -> tuple[Any, bool]:
    """Return the form and whether it was saved.

    Raises:
        ConflictOfInterest: it is the officer's own company.
    """
    refuse_own(by, member=licence.member)
    with transaction.atomic():
        # locked before they are read: codes that are being drawn are counted first, and are not counted back
        list(LicenceProduct.objects.select_for_update().filter(licence=licence))
        formset = _formset(licence, data)
        done = formset.is_valid()
        if done:
            formset.save()
            correct_words(licence, by=by, at=timezone.now())
    return formset, done


def _drawn(licence: Licence) -> bool:
    """Tell whether codes were drawn: then no product is taken out, its codes would hang in the air."""
    return licence.covers.filter(codes_drawn__gt=0).exists()
