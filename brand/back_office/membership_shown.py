"""What an officer reads of an application: each field with its value, what it was before, what is odd."""

from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from brand.back_office.membership_forms import ReturnForm
from brand.membership.completeness import PAPERS
from brand.membership.files import is_picture
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.phone import is_confirmed
from brand.membership.sections import SECTIONS, label_of, shown
from lib.credit_code import validate_credit_code


@dataclass(frozen=True, slots=True)
class ShownField:
    """One line of the review. `before` is what stood there when it was sent back, if it changed."""

    name: str
    label: str
    value: str
    remark: forms.BoundField
    before: str = ""
    changed: bool = False
    checked: str = ""
    odd: str = ""
    papers: list[tuple[MembershipPaper, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """Lines that belong together."""

    title: str
    fields: list[ShownField]


def shown_sections(application: MembershipApplication, form: ReturnForm) -> list[ShownSection]:
    """Return the sections of the review. One query, for the papers."""
    return [
        ShownSection(str(section.title), [_line(application, name, form) for name in section.fields])
        for section in SECTIONS
    ]


def _line(application: MembershipApplication, name: str, form: ReturnForm) -> ShownField:
    remark = form.remark_on(name)
    if name == PAPERS:
        papers = [(paper, is_picture(paper)) for paper in application.papers.all()]
        return ShownField(name, label_of(name), "", remark, papers=papers)
    checked, odd = _checks(application, name)
    before = application.before.get(name)
    changed = before is not None and before != getattr(application, name)
    return ShownField(
        name=name,
        label=label_of(name),
        value=shown(application, name),
        remark=remark,
        before=str(before) if changed else "",
        changed=changed,
        checked=checked,
        odd=odd,
    )


def _checks(application: MembershipApplication, name: str) -> tuple[str, str]:
    """Return what the machine found out about a field: that it holds, or what is wrong."""
    if name == "credit_code" and application.credit_code:
        try:
            validate_credit_code(application.credit_code)
        except ValidationError as error:
            return "", " ".join(error.messages)
        return _("The check character is right."), ""
    if name == "contact_phone" and not application.erased_at:
        return (_("Confirmed by a code."), "") if is_confirmed(application) else ("", _("Not confirmed."))
    return "", ""
