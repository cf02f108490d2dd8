"""Sellers in the back office: which member sells, under which name, and who sees to it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from accounts.fields import SignInNameField
from accounts.models import User
from brand.back_office.policies import NeverDeletedPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from brand.models import Member
from shop.partner.models import Partner
from shop.sellers.people import keep_seller, open_seller

# orders and statements name sellers
register_permission_policy(Partner, NeverDeletedPolicy(Partner))


class SellerForm(WagtailAdminModelForm):
    """A seller with the people who see to it, by what they sign in with: nobody is listed to choose from."""

    people = forms.CharField(
        label=gettext_lazy("People"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=gettext_lazy(
            "Mobile number or e-mail, one a line. They see the orders, stock and statements of this seller."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "member" in self.fields:
            self.fields["member"].required = True
            self.fields["member"].queryset = Member.objects.filter(partner=None)
        elif self.instance.pk:
            self.fields["name"].required = True
            users = self.instance.users.order_by("pk")
            self.fields["people"].initial = "\n".join(user.phone or user.email or "" for user in users)

    def clean_people(self) -> list[User]:
        """Find everybody named.

        Raises:
            ValidationError: a line is no sign-in name, or nobody signs in with it.
        """
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        return list({user.pk: user for user in map(_person, lines)}.values())


def _person(line: str) -> User:
    login = SignInNameField().clean(line)
    found = User.objects.filter(is_active=True, **{"email" if "@" in login else "phone": login}).first()
    if found is None:
        raise ValidationError(
            _("Nobody signs in with %(login)s. Ask the person to sign up first."), params={"login": line}
        )
    return found


class OpenSeller(Creates):
    """Lets a member sell."""

    def save_instance(self) -> Partner:
        """Make the one domain call."""
        facts = self.form.cleaned_data
        by = cast("User", self.request.user)
        return open_seller(member=facts["member"], people=facts["people"], by=by, at=timezone.now())


class KeepSeller(Changes):
    """Changes name and people of a seller."""

    def save_instance(self) -> Partner:
        """Make the one domain call."""
        facts, by = self.form.cleaned_data, cast("User", self.request.user)
        return keep_seller(
            partner=self.object, name=facts["name"], people=facts["people"], by=by, at=timezone.now()
        )


class SellerList(ListView):
    """Lists sellers."""

    along = ("member__region",)
    default_ordering = "name"


class SellerViewSet(ModelViewSet):
    """Who sells in the halls."""

    model = Partner
    name = "shop-sellers-desk"
    menu_label = gettext_lazy("Sellers")
    icon = "group"
    index_view_class, add_view_class, edit_view_class = SellerList, OpenSeller, KeepSeller
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_display = (
        "name",
        Column("member", label=gettext_lazy("member")),
        Column("member.region", label=gettext_lazy("county")),
    )
    list_export = ("name", "member", "member.region")
    export_filename = "sellers"
    list_filter = ("member__region",)
    search_fields = ("name", "code", "member__name")

    def get_form_class(self, for_update: bool = False) -> Any:
        """Ask for the member once, for the name afterwards."""
        first = "name" if for_update else "member"
        panels = [FieldPanel(first), FieldPanel("people")]
        return ObjectList(panels, base_form_class=SellerForm).bind_to_model(self.model).get_form_class()
