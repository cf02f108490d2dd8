"""What the page in the field says after it was loaded; its script has no words of its own."""

from django.utils import timezone
from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Return the words of the script, and the time zone of its clock."""
    return {
        "zone": timezone.get_current_timezone_name(),
        "waiting": _("waiting to be sent"),
        "sending": _("being sent"),
        "sent": _("sent and recorded"),
        "refused": _("not recorded"),
        "signed_out": _("sign in, then it is sent"),
        "kept": _("Kept on this phone. It is sent as soon as there is a signal."),
        "change": _("Change it"),
        "drop": _("Throw away"),
        "sign_in": _("Sign in"),
        "draft": _("Your draft is back."),
        "locating": _("Looking for where you are."),
        "located": _("Position taken, within {metres} m."),
        "not_located": _("No position. Write the place instead."),
        "photo_bad": _("This file is no picture: {name}"),
        "photos_many": _("Up to 9 photos."),
        "remove": _("Remove"),
        "wait_days": _("{name}: harvest {days} days later at the earliest."),
        "choose_batch": _("Choose at least one batch."),
        "lots": _("{lot} and {count} more"),
        "full": _("This phone has no room left for the photos. Send what is waiting first."),
    }
