"""What the page of a class asks for: somebody by name, a reason, photos, a recording."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from lib.files_field import FilesField
from lib.phone import InvalidPhone, normalise_phone
from training.classes.training_class import TrainingClass
from training.models import Video

MOST_AT_ONCE = 12


class WriteInForm(forms.Form):
    """Somebody written in by hand."""

    name = forms.CharField(label=_("name"), max_length=40)
    phone = forms.CharField(
        label=_("mobile number"),
        max_length=24,
        required=False,
        help_text=_("Without one nothing can be told, and the person cannot check in alone."),
    )

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, **options)

    def clean_phone(self) -> str:
        """Return the number in one spelling."""
        typed: str = self.cleaned_data["phone"]
        try:
            return normalise_phone(typed) if typed else ""
        except InvalidPhone as error:
            raise forms.ValidationError(str(error)) from error


class CallOffForm(forms.Form):
    """Why a class is called off."""

    why = forms.CharField(
        label=_("why"),
        max_length=200,
        help_text=_("People read it in the SMS and on the page: one sentence."),
    )

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, **options)


class PhotosForm(forms.Form):
    """Photos of the class."""

    photos = FilesField(
        most=MOST_AT_ONCE,
        label=_("photos"),
        help_text=_("Up to 12 at once, 30 MB together. What the camera wrote into them is taken out."),
    )
    caption = forms.CharField(label=_("what they show"), max_length=120, required=False)
    is_public = forms.BooleanField(
        label=_("shown on the site"), required=False, help_text=_("Only where everybody in it agrees.")
    )

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, **options)

    def clean_photos(self) -> list[ContentFile]:
        """Refuse papers; pictures are read already."""
        files: list[ContentFile] = self.cleaned_data["photos"]
        if any(not str(file.name).endswith(".jpg") for file in files):
            raise forms.ValidationError(_("A PDF is no photo."))
        return files


class ReplayForm(forms.Form):
    """The recording that becomes a lesson."""

    title = forms.CharField(label=_("title of the lesson"), max_length=80, required=False)
    video = forms.ModelChoiceField(
        label=_("uploaded recording"),
        queryset=Video.objects.none(),
        required=False,
        help_text=_("Empty: the lesson links to the address of the recording."),
    )

    def __init__(self, *args: Any, held: TrainingClass, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["title"].initial = held.activity.title
        self.fields["video"].queryset = Video.objects.order_by("-pk")  # type: ignore[attr-defined]
