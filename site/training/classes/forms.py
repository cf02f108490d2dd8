"""What people fill in: who comes, the number at the door, how it was."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.fields import PhoneField
from training.classes.feedback import Feedback
from training.models import Trainee

STARS = [(5, "★★★★★"), (4, "★★★★"), (3, "★★★"), (2, "★★"), (1, "★")]


class WhoForm(forms.ModelForm):
    """Who somebody is as a trainee; asked once."""

    class Meta:
        model = Trainee
        fields = ["name", "group", "place"]
        labels = {
            "name": pgettext_lazy("person", "Your name"),
            "group": _("You are"),
            "place": _("Town or village"),
        }


class DoorForm(forms.Form):
    """The number somebody is on the list with."""

    phone = PhoneField(label=_("Mobile number"), help_text=_("The number you are on the list with."))


class FeedbackForm(forms.ModelForm):
    """How it was: three times stars, and words."""

    class Meta:
        model = Feedback
        fields = ["content", "teaching", "setting", "words"]
        widgets = {
            **{name: forms.RadioSelect(choices=STARS) for name in ("content", "teaching", "setting")},
            "words": forms.Textarea({"rows": 4, "maxlength": 500}),
        }
