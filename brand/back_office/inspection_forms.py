"""Forms of inspections and findings in the back office."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from brand.inspections.findings import Finding
from brand.inspections.models import Inspection
from brand.inspections.visiting import Check
from brand.models import Licence
from lib.pictures import NotAPicture, read_picture

ANSWERS = [("yes", _("in order")), ("no", _("not in order")), ("skipped", _("not looked at"))]


def _words(label: Any, *, most: int, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **options)


class LicenceChoice(forms.ModelChoiceField):
    """Licences by number, member and what they are for."""

    def label_from_instance(self, obj: Any) -> str:
        """Say whose it is."""
        return f"{obj.number} · {obj.member.name} · {obj.brand_name}"


class PlanForm(forms.Form):
    """Where somebody goes, when, who and why."""

    licence = LicenceChoice(label=_("licence"), queryset=Licence.objects.none())
    kind = forms.ChoiceField(label=_("why"), choices=Inspection.Kind)
    planned_on = forms.DateField(label=_("planned for"), widget=AdminDateInput)
    inspectors = forms.CharField(
        label=_("who goes"), max_length=80, help_text=_("Names of the officers: 郝国平、李建华")
    )
    place = forms.CharField(
        label=_("where"), max_length=120, required=False, help_text=_("Empty: the address of the member.")
    )
    announced = forms.BooleanField(
        label=_("announced"),
        required=False,
        initial=True,
        help_text=_("The member is told of it and sees it on the desk."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        licences = Licence.objects.exclude(state=Licence.State.REVOKED).select_related("member")
        self.fields["licence"].queryset = licences.order_by("number")  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """What was seen: a line per point of the checklist, then in words."""

    done_on = forms.DateField(label=_("done on"), widget=AdminDateInput)
    summary = _words(_("what was seen"), most=2000, rows=4)

    def __init__(self, *args: Any, points: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.points = points
        for number, text in enumerate(points):
            self.fields[f"held_{number}"] = forms.ChoiceField(
                label=text, choices=ANSWERS, widget=forms.RadioSelect, initial="yes"
            )
            self.fields[f"note_{number}"] = forms.CharField(label=_("note"), max_length=200, required=False)
        self.order_fields(["done_on", *(name for name in self.fields if name[5:].isdigit()), "summary"])

    def checks(self) -> Iterator[Check]:
        """Yield the checklist as it was answered."""
        for number, text in enumerate(self.points):
            held, note = (self.cleaned_data[f"{name}_{number}"] for name in ("held", "note"))
            yield Check(text, held, note.strip())


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=200)


class FindingForm(forms.Form):
    """What is wrong, what has to be done, until when."""

    weight = forms.ChoiceField(label=_("how bad"), choices=Finding.Weight)
    wrong = _words(pgettext_lazy("finding", "what is wrong"), most=1000)
    demand = _words(_("what has to be done"), most=1000)
    due_on = forms.DateField(label=_("until"), widget=AdminDateInput)


class PhotosInput(forms.ClearableFileInput):
    """Several photos at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photos, each judged by its content and kept without what a camera adds."""

    widget = PhotosInput({"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[ContentFile]:
        """Return the pictures, ready to be kept."""
        files = data if isinstance(data, list | tuple) else [data]
        checked = [super(PhotosField, self).clean(file, initial) for file in files]
        return [self._read(file) for file in checked]

    def _read(self, file: Any) -> ContentFile:
        try:
            return read_picture(file)
        except NotAPicture as error:
            raise forms.ValidationError(f"{file.name}: {error.reason}") from error


class PhotosForm(forms.Form):
    """Photos of a visit, and what they show."""

    photos = PhotosField(label=_("photos"), help_text=_("Several at once, up to 15 MB each."))
    caption = forms.CharField(label=_("what it shows"), max_length=120, required=False)
    finding = forms.ModelChoiceField(
        label=_("shows the finding"),
        queryset=Finding.objects.none(),
        required=False,
        help_text=_("The member sees the photos of a finding, and no others."),
    )

    def __init__(self, *args: Any, inspection: Inspection, **options: Any) -> None:
        super().__init__(*args, **options)
        found = inspection.findings.select_related("inspection").order_by("number")
        self.fields["finding"].queryset = found  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """A word for the member, where there is something to say."""

    note = forms.CharField(
        label=_("told to the member"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )


class ReturnForm(forms.Form):
    """What is still missing, and the new deadline."""

    reason = _words(_("what is still missing"), most=500, rows=2)
    due_on = forms.DateField(label=_("until"), widget=AdminDateInput)
