"""Users in the back office: made and changed with a phone number, an e-mail address or both."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction
from wagtail.users.views.users import DeleteView, IndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from accounts.deletion import delete_account
from accounts.fields import PhoneField
from accounts.models import User


class _PersonForm(forms.ModelForm):
    """What our user form does differently from Wagtail's: either way to be reached will do."""

    phone = PhoneField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["first_name"].required = self.fields["last_name"].required = False
        self.fields["first_name"].label, self.fields["last_name"].label = _("Given name"), _("Family name")

    def _clean_username(self) -> None:
        """Leave uniqueness to the model: Wagtail would find everybody without an address to be the same."""

    def clean_email(self) -> str | None:
        """Return the address in its one spelling, so that uniqueness is checked on it."""
        return (self.cleaned_data["email"] or "").lower() or None

    def clean_phone(self) -> str | None:
        """Return the number, or None: an empty text would not be unique."""
        return self.cleaned_data["phone"] or None

    def clean(self) -> dict[str, Any]:
        """Demand one of phone and e-mail, beside the field."""
        data = super().clean() or self.cleaned_data
        if not {"phone", "email"} & self.errors.keys() and not (data.get("phone") or data.get("email")):
            self.add_error("phone", _("Give a mobile number or an e-mail address."))
        return data

    def save(self, commit: bool = True) -> User:
        """Save; a changed number has to be confirmed again."""
        if "phone" in self.changed_data:
            self.instance.phone_verified = False
        with transaction.atomic():
            user: User = super().save(commit)
            if commit:
                user.emailaddress_set.exclude(email=user.email or "").delete()
        return user


class PersonCreationForm(_PersonForm, UserCreationForm):
    """A new user."""

    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"phone"}


class PersonEditForm(_PersonForm, UserEditForm):
    """A user who is there."""

    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"phone"}


class PersonIndexView(IndexView):
    """The list of users; deleted accounts are not people any more."""

    @cached_property
    def search_fields(self) -> set[str]:
        """Return what the search box looks through."""
        return {"first_name", "last_name", "email", "phone"}

    def get_base_queryset(self) -> Any:
        """Return the users that are not deleted."""
        return super().get_base_queryset().filter(erased_at=None)


class PersonDeleteView(DeleteView):
    """Deleting erases, as the person's own deletion does: records keep their author's empty row."""

    usage = None  # nothing stands in the way: the row that records refer to stays

    def delete_action(self) -> None:
        """Erase the account."""
        delete_account(user=self.object, at=timezone.now())


class UserViewSet(WagtailUserViewSet):
    """Users in /cms/users/."""

    create_template_name = "accounts/users/create.html"
    edit_template_name = "accounts/users/edit.html"
    index_view_class = PersonIndexView
    delete_view_class = PersonDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return our form."""
        return PersonEditForm if for_update else PersonCreationForm


class EraseBulkAction(DeleteBulkAction):
    """Deleting several users in the list erases each of them."""

    @classmethod
    def execute_action(cls, objects: Iterable[User], **_more: Any) -> tuple[int, int]:
        """Erase the accounts and return how many."""
        users = list(objects)
        for user in users:
            delete_account(user=user, at=timezone.now())
        return len(users), 0
