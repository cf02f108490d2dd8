"""Who somebody is as a trainee: asked once, before the first course."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from training.models import Trainee


class TraineeForm(forms.ModelForm):
    """Name, group and place; the name as it will stand on certificates."""

    class Meta:
        model = Trainee
        fields = ["name", "group", "place"]
        labels = {
            "name": pgettext_lazy("person", "Your name"),
            "group": _("You are"),
            "place": _("Town or village"),
        }
        widgets = {"name": forms.TextInput({"autocomplete": "name"})}
