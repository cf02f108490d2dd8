"""What the form shows beside its fields: problems, remarks of the officer, the text of another window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from association.joining.forms import ApplicationForm
from association.joining.uploads import input_name
from brand.members.models import Member
from brand.membership.completeness import PAPERS, problems
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.phone import is_confirmed
from brand.membership.sections import SECTIONS, label_of

# what can be wrong as it stands, and is said before anybody sends the form off
_SAID_EARLY = ("credit_code", "contact_email")


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its input, what the officer remarked, what is wrong, what another window saved."""

    name: str
    bound: BoundField
    remark: str = ""
    other: str | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Papers of one kind: those that are there, the input for more, what was refused."""

    kind: str
    label: str
    input: str
    kept: Sequence[MembershipPaper] = ()
    refused: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ShownSection:
    """Lines that belong together."""

    slug: str
    title: str
    lines: list[Line] = field(default_factory=list)
    papers: list[PaperLine] = field(default_factory=list)
    remark: str = ""
    said: str = ""


def shown_form(
    application: MembershipApplication,
    form: ApplicationForm,
    *,
    said: Mapping[str, str] | None = None,
    refused_papers: Mapping[str, Sequence[str]] | None = None,
    other: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what the template of the form needs. 2 to 4 queries.

    `said` are problems by field, `refused_papers` files by kind, `other` the text of another window.
    """
    missing = problems(application)
    said = said if said is not None else {name: missing[name] for name in _early(application, missing)}
    papers = _papers(application, refused_papers or {})
    return {
        "sections": [
            ShownSection(
                slug=section.slug,
                title=str(section.title),
                lines=[
                    Line(name, _with_error(form, name, said), _remark(application, name), _words(name, other))
                    for name in section.fields
                    if name != PAPERS
                ],
                papers=papers if PAPERS in section.fields else [],
                remark=_remark(application, PAPERS) if PAPERS in section.fields else "",
                said=said.get(PAPERS, "") if PAPERS in section.fields else "",
            )
            for section in SECTIONS
        ],
        "promise": _with_error(form, "promised", said),
        "missing": [(name, _label(name)) for name in missing],
        "said": bool(said),
        "choosing": bool(other),
        "code_error": said.get("code", ""),
        "phone_confirmed": is_confirmed(application),
    }


def _early(application: MembershipApplication, missing: Mapping[str, str]) -> list[str]:
    return [name for name in _SAID_EARLY if name in missing and getattr(application, name)]


def _with_error(form: ApplicationForm, name: str, said: Mapping[str, str]) -> BoundField:
    """Put a problem beside its field, where Django's own errors stand."""
    if name in said:
        form.errors.setdefault(name, form.error_class(renderer=form.renderer)).append(said[name])
    return form[name]


def _remark(application: MembershipApplication, name: str) -> str:
    return str(application.remarks.get(name, ""))


def _words(name: str, other: Mapping[str, Any] | None) -> str | None:
    """Return the text of another window as people read it; None where both say the same."""
    if not other or name not in other:
        return None
    if name == "kind":
        return str(dict(Member.Kind.choices).get(other[name], ""))
    return str(other[name])


def _label(name: str) -> str:
    return _("The promise at the end") if name == "promised" else label_of(name)


def _papers(application: MembershipApplication, refused: Mapping[str, Sequence[str]]) -> list[PaperLine]:
    kept: dict[str, list[MembershipPaper]] = {}
    for paper in application.papers.all():
        kept.setdefault(paper.kind, []).append(paper)
    return [
        PaperLine(kind, str(label), input_name(kind), kept.get(kind, []), refused.get(kind, []))
        for kind, label in MembershipPaper.Kind.choices
    ]
