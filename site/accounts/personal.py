"""What accounts hold about a person: for the data export and for deletion."""

from datetime import datetime
from typing import Any

from axes.utils import reset as forgive_failures
from django.contrib.sessions.models import Session

from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """Return the account and what it may do."""
    return {
        "account": {
            "phone": user.phone,
            "phone_confirmed": user.phone_verified,
            "email": user.email,
            "email_confirmed": user.emailaddress_set.filter(verified=True).exists(),
            "family_name": user.last_name,
            "given_name": user.first_name,
            "joined_at": user.date_joined,
            "last_sign_in_at": user.last_login,
            "privacy_notice": {"version": user.privacy_version, "accepted_at": user.privacy_accepted_at},
            "roles": [group.name for group in user.groups.order_by("name")],
        }
    }


def keeps(user: User) -> list[str]:
    """Return what stays after deletion: nothing."""
    return []


def erase(*, user: User, at: datetime) -> None:
    """Empty the account: nobody can sign in with it or be recognised by it."""
    for name in filter(None, (user.email, user.phone)):
        forgive_failures(username=name)
    user.emailaddress_set.all().delete()
    user.api_tokens.all().delete()
    user.groups.clear()
    user.user_permissions.clear()
    _forget_picture(user)
    user.email = user.phone = None
    user.first_name = user.last_name = user.privacy_version = ""
    user.privacy_accepted_at = user.last_login = None
    user.phone_verified = user.is_active = user.is_staff = user.is_superuser = False
    user.erased_at = at
    user.set_unusable_password()
    user.save()
    end_sessions(user)


def end_sessions(user: User) -> None:
    """Delete the user's sessions; they hold the sign-in name. Rare, so all are looked through."""
    mine = [
        session.pk
        for session in Session.objects.iterator(chunk_size=1000)
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _forget_picture(user: User) -> None:
    """Delete Wagtail's profile of the user with its picture."""
    profile = getattr(user, "wagtail_userprofile", None)
    if profile is not None:
        profile.avatar.delete(save=False)
        profile.delete()
