"""Tokens in the back office: made for a member, shown once, revoked."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from api.models import ApiToken, Scope
from api.tokens import AlreadyRevoked, make_token, revoke_token


class MadePolicy(ModelPermissionPolicy):
    """A token is made, looked at and revoked; what a program was given does not change under it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for adding and viewing only."""
        return action in {"add", "view"} and bool(super().user_has_permission(user, action))


register_permission_policy(ApiToken, MadePolicy(ApiToken))


class TokenForm(forms.ModelForm):
    """For whom, which program, and what it may do."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("may"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ApiToken
        fields = ["member", "name", "scopes"]


class CreateToken(CreateView):
    """Makes a token and shows it, this once."""

    def save_instance(self) -> ApiToken:
        """Make it."""
        given = self.form.cleaned_data
        token, self.text = make_token(
            member=given["member"],
            name=given["name"],
            scopes=given["scopes"],
            at=timezone.now(),
            by=self.request.user,
        )
        return token

    def get_success_buttons(self) -> list[Any]:
        """Offer nothing: a token is not edited."""
        return []

    def form_valid(self, form: Any) -> HttpResponse:
        """Make it and answer with its text: it is kept nowhere, so there is nothing to redirect to."""
        self.form = form
        super().form_valid(form)
        context = _page(self.object, _("The new token")) | {"text": self.text}
        response = render(self.request, "api/admin/token.html", context)
        response["Cache-Control"] = "no-store"
        return response


class ListTokens(IndexView):
    """Lists tokens with their members."""

    def get_base_queryset(self) -> QuerySet[ApiToken]:
        """Read the member along."""
        tokens: QuerySet[ApiToken] = super().get_base_queryset()
        return tokens.select_related("member")


class InspectToken(InspectView):
    """Shows a token with a way to revoke it."""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Add revoking to Wagtail's own."""
        buttons = list(super().header_more_buttons)
        if self.object.is_revoked or not self.request.user.has_perm("api.change_apitoken"):
            return buttons
        url = reverse("api-tokens:revoke", args=[self.object.pk])
        return [Button(_("Revoke"), url=url, icon_name="cross", priority=1), *buttons]

    def get_field_label(self, field_name: str, field: Any) -> Any:
        """Call the time what it is."""
        return (
            _("token made at") if field_name == "created_at" else super().get_field_label(field_name, field)
        )

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Say the scopes in words, times in the time of the place, and — for what is not."""
        value = getattr(self.object, field_name)
        if field_name == "scopes":
            return scopes_in_words(self.object)
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return "—" if value is None else super().get_field_display_value(field_name, field)


def scopes_in_words(token: ApiToken) -> str:
    """Return what the token may be used for."""
    return "; ".join(str(Scope(scope).label) for scope in token.scopes if scope in Scope.values)


@never_cache
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then let the token stop working."""
    if not request.user.has_perm("api.change_apitoken"):
        raise PermissionDenied
    token = get_object_or_404(ApiToken.objects.select_related("member"), pk=pk)
    if request.method != "POST":
        return render(request, "api/admin/revoke.html", _page(token, _("Revoke")))
    try:
        revoke_token(token=token, at=timezone.now(), by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The token is revoked. Its program is let in no more."))
    except AlreadyRevoked:
        messages.error(request, _("The token was revoked before."))
    return HttpResponseRedirect(reverse("api-tokens:inspect", args=[token.pk]))


def _page(token: ApiToken, title: str) -> dict[str, Any]:
    return {
        "token": token,
        "header_title": title,
        "page_title": title,
        "page_subtitle": token.name,
        "header_icon": "key",
        "index_url": reverse("api-tokens:index"),
        "inspect_url": reverse("api-tokens:inspect", args=[token.pk]),
    }


class ApiTokenViewSet(ModelViewSet):
    """Tokens of members' programs."""

    model = ApiToken
    name = "api-tokens"
    icon = "key"
    menu_label = gettext_lazy("API tokens")
    menu_order = 870
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    index_view_class = ListTokens
    add_view_class = CreateToken
    inspect_view_class = InspectToken
    inspect_view_fields = [
        "member", "name", "hint", "scopes", "created_at", "created_by", "last_used_on", "revoked_at",
    ]  # fmt: skip
    list_display = [
        "name",
        "member",
        "hint",
        Column("scopes", label=gettext_lazy("may"), accessor=scopes_in_words),
        Column("last_used_on", label=gettext_lazy("last used on")),
        DateColumn("revoked_at", label=gettext_lazy("revoked at")),
    ]
    list_filter = {"member": ["exact"], "revoked_at": ["isnull"]}
    search_fields = ["name", "hint", "member__name"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[TokenForm]:
        """Use our form."""
        return TokenForm

    def get_urlpatterns(self) -> list[Any]:
        """Add revoking. The policy closes the forms to edit and to delete."""
        return [*super().get_urlpatterns(), path("revoke/<int:pk>/", revoke, name="revoke")]
