"""Keeping a member out of the pool, and letting them in again: members of the counties one works in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form, ModelForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.generic import CreateView, DeleteView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView

from brand.members.interests import ConflictOfInterest
from training.models import EmployerBar
from training.talent.barring import bar, lift
from training.talent.desk.ours import bars_here, members_here


class AddBar(CreateView):
    """Closes the pool to a member by the one function that does it."""

    def get_form(self, form_class: type[ModelForm] | None = None) -> ModelForm:
        """Offer the members of the counties one works in."""
        form: ModelForm = super().get_form(form_class)
        form.fields["member"].queryset = members_here(self.request.user)  # type: ignore[attr-defined]
        return form

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Say what stands in the way where it is refused."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ConflictOfInterest as error:
            form.add_error(None, ValidationError(str(error)))
            return self.form_invalid(form)
        return response

    def save_instance(self) -> EmployerBar:
        """Close it."""
        told: dict[str, Any] = self.form.cleaned_data
        return bar(member=told["member"], why=told["why"], by=self.request.user, at=timezone.now())


class LiftBar(DeleteView):
    """Opens the pool to a member again."""

    def get_queryset(self) -> QuerySet[EmployerBar]:
        """Leave out the other counties."""
        return bars_here(self.request.user)

    def form_valid(self, form: Form) -> HttpResponse:
        """Open it, or say why not."""
        try:
            response: HttpResponse = super().form_valid(form)
        except ConflictOfInterest as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(reverse("training-bars:index"))
        return response

    def delete_action(self) -> None:
        """Open it."""
        lift(employer_bar=self.object, by=self.request.user, at=timezone.now())


class BarHistory(HistoryView):
    """What was done with a bar."""

    def get_object(self) -> EmployerBar:
        """Leave out the other counties."""
        return get_object_or_404(bars_here(self.request.user), pk=self.pk)


class BarUsage(UsageView):
    """Where a bar is referred to."""

    def get_object(self) -> EmployerBar:
        """Leave out the other counties."""
        return get_object_or_404(bars_here(self.request.user), pk=self.pk)
