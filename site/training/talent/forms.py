"""What people fill in around the talent pool."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lib.phone import InvalidPhone, normalise_phone
from training.models import JobPost, Talent
from training.talent.contacts import MESSAGE_LENGTH
from training.talent.joining import Profile
from training.talent.numbers import refuse_numbers
from training.talent.posting import Post
from training.talent.refusals import NumberInWords
from training.talent.works import Work

DAY = {"type": "date"}


class ProfileForm(forms.ModelForm):
    """What a trainee shows; the number is cleaned to E.164."""

    abilities = forms.MultipleChoiceField(
        label=_("What you can do"), choices=Work.choices, widget=forms.CheckboxSelectMultiple
    )
    interests = forms.MultipleChoiceField(
        label=_("What you would like to do"),
        choices=Work.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Talent
        fields = [
            "headline", "abilities", "interests", "hours", "reach", "place", "pay_from", "pay_to",
            "available_from", "about", "phone",
        ]  # fmt: skip
        labels = {
            "headline": _("You in one line"),
            "about": _("What you have done"),
            "hours": _("How much you want to work"),
            "reach": _("How far you go"),
            "pay_from": _("Expected pay, yuan a month: from"),
            "pay_to": pgettext_lazy("pay", "up to"),
            "available_from": _("Free from"),
            "phone": _("Your mobile number"),
        }
        widgets = {
            "hours": forms.RadioSelect,
            "reach": forms.RadioSelect,
            "available_from": forms.DateInput(DAY, format="%Y-%m-%d"),
            "about": forms.Textarea({"rows": 5}),
            "phone": forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        }
        help_texts = {"pay_from": _("Empty: to be talked about.")}

    field_order = [
        "headline", "abilities", "interests", "hours", "reach", "place", "pay_from", "pay_to",
        "available_from", "about", "phone",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("hours", "reach"):
            self.fields[name].choices = self.fields[name].choices[1:]  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["abilities"] = [each.work for each in self.instance.abilities.all()]
            self.initial["interests"] = [each.work for each in self.instance.interests.all()]

    def clean_phone(self) -> str:
        """Return the number as it is kept; refuse what cannot be one."""
        try:
            return normalise_phone(self.cleaned_data["phone"])
        except InvalidPhone as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Refuse numbers in what everybody reads."""
        cleaned = super().clean() or {}
        for name in ("headline", "about", "place"):
            try:
                refuse_numbers(cleaned.get(name) or "")
            except NumberInWords as error:
                self.add_error(name, str(error))
        return cleaned

    def profile(self) -> Profile:
        """Return what was filled in."""
        told = {name: self.cleaned_data[name] for name in Profile.__slots__}
        return Profile(
            **{**told, "abilities": tuple(told["abilities"]), "interests": tuple(told["interests"])}
        )


class JoinForm(ProfileForm):
    """The profile and, apart from it, the consent."""

    agreed = forms.BooleanField(
        label=_("I have read this and agree to it."),
        error_messages={
            "required": _("Without your consent nothing is shown to anybody. Tick it, or leave it be.")
        },
    )


class AskForm(forms.Form):
    """What a member writes to somebody in the pool."""

    job = forms.ModelChoiceField(
        label=_("Which of your posts it is about"), queryset=JobPost.objects.none(), required=False,
        empty_label=_("none of them"),
    )  # fmt: skip
    message = forms.CharField(
        label=_("What you want to ask"), max_length=MESSAGE_LENGTH, min_length=10,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("The work, the place, from when. At most 500 characters."),
    )  # fmt: skip

    def __init__(self, *args: Any, jobs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"].queryset = jobs  # type: ignore[attr-defined]
        if not jobs:
            del self.fields["job"]


class AnswerForm(forms.Form):
    """A word with a yes or a no."""

    answer = forms.CharField(
        label=_("A word with it"), max_length=200, required=False, help_text=_("May stay empty.")
    )


class OwnAnswerForm(AnswerForm):
    """The trainee's: name and number are shown by the yes, not in the words."""

    def clean_answer(self) -> str:
        """Return the words, without a number."""
        return _without_number(self.cleaned_data["answer"])


class ApplyForm(forms.Form):
    """A word with the profile."""

    words = forms.CharField(
        label=_("A word to the member"), max_length=500, required=False, widget=forms.Textarea({"rows": 4})
    )

    def clean_words(self) -> str:
        """Return the words, without a number."""
        return _without_number(self.cleaned_data["words"])


def _without_number(text: str) -> str:
    try:
        refuse_numbers(text)
    except NumberInWords as error:
        raise forms.ValidationError(str(error)) from error
    return text


class JobForm(forms.ModelForm):
    """A member's post."""

    class Meta:
        model = JobPost
        fields = ["title", "work", "hours", "place", "people", "pay_from", "pay_to", "text", "until"]
        labels = {
            "title": pgettext_lazy("job post", "What you look for"),
            "hours": pgettext_lazy("job post", "How much work it is"),
            "pay_from": _("Pay, yuan a month: from"),
            "pay_to": pgettext_lazy("pay", "up to"),
        }
        widgets = {
            "hours": forms.RadioSelect,
            "text": forms.Textarea({"rows": 7}),
            "until": forms.DateInput(DAY, format="%Y-%m-%d"),
        }
        help_texts = {"pay_from": _("Empty: to be talked about.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hours"].choices = self.fields["hours"].choices[1:]  # type: ignore[attr-defined]

    def post(self) -> Post:
        """Return what was filled in."""
        return Post(**{name: self.cleaned_data[name] for name in Post.__slots__})
