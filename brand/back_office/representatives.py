"""Who acts for which member: officers add people by their sign-in name and take the right away again."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import CreateView, DeleteView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from accounts.fields import SignInNameField
from accounts.models import User
from brand.back_office.tables import ListView
from brand.members.acting import ActsAlready, let_act, stop_acting
from brand.members.interests import ConflictOfInterest
from brand.models import Representative


class AppointedPolicy(ModelPermissionPolicy):
    """A tie is made and ended, never turned into another one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Ask the user's roles for all but changing."""
        return action != "change" and bool(super().user_has_permission(user, action))


register_permission_policy(Representative, AppointedPolicy(Representative))


class RepresentativeForm(WagtailAdminModelForm):
    """A member and the sign-in name of somebody who has an account. People are not listed to choose from."""

    login = SignInNameField(
        help_text=gettext_lazy("What the person signs in with. They need an account first."),
        label=gettext_lazy("Mobile number or e-mail"),
    )

    def clean_login(self) -> str:
        """Find the person.

        Raises:
            ValidationError: nobody signs in with that.
        """
        login: str = self.cleaned_data["login"]
        found = User.objects.filter(is_active=True, **{"email" if "@" in login else "phone": login}).first()
        if found is None:
            raise forms.ValidationError(_("Nobody signs in with that. Ask the person to sign up first."))
        self.person = found
        return login


class AppointView(CreateView):
    """Lets a person act for a member."""

    def form_valid(self, form: RepresentativeForm) -> Any:
        """Appoint, or say beside the form why not."""
        try:
            return super().form_valid(form)
        except (ActsAlready, ConflictOfInterest) as refusal:
            form.add_error("login", str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def save_instance(self) -> Representative:
        """Make the tie by its own act."""
        by, member = cast("User", self.request.user), self.form.cleaned_data["member"]
        return let_act(member=member, user=self.form.person, by=by, at=timezone.now())


class DismissView(DeleteView):
    """Takes the right to act away."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """End the tie, or say why not."""
        try:
            return super().form_valid(form)
        except ConflictOfInterest as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(reverse("brand-representatives:index"))

    def delete_action(self) -> None:
        """End the tie by its own act."""
        stop_acting(tie=self.object, by=cast("User", self.request.user), at=timezone.now())


class ListTies(ListView):
    """Lists who acts for whom."""

    def get_base_queryset(self) -> QuerySet[Representative]:
        """Read names along."""
        ties: QuerySet[Representative] = super().get_base_queryset()
        return ties.select_related("member__region", "user")


class RepresentativeViewSet(ModelViewSet):
    """Who acts for which member."""

    model = Representative
    name = "brand-representatives"
    icon = "user"
    menu_label = gettext_lazy("Representatives")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListTies
    add_view_class = AppointView
    delete_view_class = DismissView
    list_display = ["user", "member", "since"]
    list_filter = ["member__region"]
    search_fields = ["user__last_name", "user__first_name", "user__email", "user__phone", "member__name"]
    search_backend_name = None
    panels = [FieldPanel("member"), FieldPanel("login")]

    def get_edit_handler(self) -> Any:
        """Use our form: the person is named, not chosen."""
        return ObjectList(self.panels, base_form_class=RepresentativeForm).bind_to_model(self.model)
