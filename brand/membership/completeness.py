"""What stands in the way of sending an application off, field by field in plain words."""

from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from brand.members.models import Member
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.phone import is_confirmed
from lib.credit_code import validate_credit_code
from lib.phone import InvalidPhone, normalise_phone

PAPERS = "papers"  # where the form shows what is said about papers

Problem = tuple[str, str]


def problems(application: MembershipApplication) -> dict[str, str]:
    """Return what is missing or wrong, by field; empty when it can be sent off. 1 to 3 queries.

    The papers are the field `papers`.
    """
    found: dict[str, str] = {}
    for rule in (_missing, _code, _phone, _mail, _papers):
        for field, words in rule(application):
            found.setdefault(field, words)
    return found


def _missing(application: MembershipApplication) -> Iterator[Problem]:
    words = {
        "kind": _("Choose what you are."),
        "name": _("Write the name as it stands on the licence."),
        "legal_person": _("Write who signs for you."),
        "town": _("Write the town or township, such as 店上镇."),
        "address": _("Write where you are to be found."),
        "goods": _("Write what you grow or make; a few words are enough."),
        "contact_name": _("Write who we ask when something is unclear."),
        "contact_phone": _("Without a mobile number we cannot reach you."),
        "promised": _("Without this promise nobody may use the brand."),
    }
    for field, sentence in words.items():
        value = getattr(application, field)
        if not (value.strip() if isinstance(value, str) else value):
            yield field, sentence


def _code(application: MembershipApplication) -> Iterator[Problem]:
    code = application.credit_code
    if not code:
        if application.kind != Member.Kind.HOUSEHOLD:
            yield "credit_code", _("Copy the 18 characters from the licence. Households may leave it empty.")
        return
    try:
        validate_credit_code(code)
    except ValidationError as error:
        yield "credit_code", " ".join(error.messages)
        return
    if Member.objects.filter(credit_code=code).exists():
        yield (
            "credit_code",
            _("This company is a member already. Ask the association to let you act for it."),
        )
    elif _applied_for(application):
        yield "credit_code", applied_for_words()


def applied_for_words() -> str:
    """Say that somebody else has applied for the same company."""
    return _("Somebody else has applied for this company. Ask your colleagues, or call the association.")


def _applied_for(application: MembershipApplication) -> bool:
    others = MembershipApplication.objects.exclude(pk=application.pk)
    same = {"credit_code": application.credit_code, "state": MembershipApplication.State.SUBMITTED}
    return others.filter(**same).exists()


def _phone(application: MembershipApplication) -> Iterator[Problem]:
    try:
        normalise_phone(application.contact_phone)
    except InvalidPhone as error:
        yield "contact_phone", str(error)
        return
    if not is_confirmed(application):
        yield "contact_phone", _("This number is not confirmed yet. Send the code and type it in.")


def _mail(application: MembershipApplication) -> Iterator[Problem]:
    if not application.contact_email:
        return
    try:
        validate_email(application.contact_email)
    except ValidationError:
        yield "contact_email", _("This is no e-mail address. It may stay empty.")


def _papers(application: MembershipApplication) -> Iterator[Problem]:
    needed = _needed(application)
    kinds = set(application.papers.values_list("kind", flat=True))
    if needed not in kinds:
        yield PAPERS, _NEEDED_WORDS[needed]()


def _needed(application: MembershipApplication) -> str:
    """A household without a licence shows where it grows instead."""
    without = application.kind == Member.Kind.HOUSEHOLD and not application.credit_code
    return MembershipPaper.Kind.PLACE if without else MembershipPaper.Kind.LICENCE


_NEEDED_WORDS: dict[str, Callable[[], str]] = {
    MembershipPaper.Kind.LICENCE: lambda: _("Add the business licence: a photo or a PDF."),
    MembershipPaper.Kind.PLACE: lambda: _("Add the land contract: a photo or a PDF."),
}
