"""Views that say what changed, in the transaction that changed it, and what somebody else took meanwhile."""

from typing import Any, ClassVar

from django.db import IntegrityError, models
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from brand.models import Crop, Region, VICategory
from changes import outbox
from changes.models import Change


def slug_of(thing: models.Model) -> str:
    """Return the slug of the county whose pages show `thing`; what has none is shown by all."""
    of_all = isinstance(thing, Region | Crop | VICategory)
    return "" if of_all else str(thing.region.slug)  # type: ignore[attr-defined]


class SaysTaken:
    """Says on the form what somebody else wrote in the same moment; what was typed stays.

    A form looks whether a name is free before it writes, so two who save at once both find it free and the
    database refuses the second. Looked at anew the form says so itself; where it finds nothing (numbers and
    places that make themselves) the second try goes through. `refusals` are what the domain says no with.
    """

    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def form_valid(self: Any, form: Any) -> Any:
        """Save, or say why not."""
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except self.refusals as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        except IntegrityError:
            again = self.get_form()
            if not self.is_valid(again):
                return self.form_invalid(again)
            return super().form_valid(again)  # type: ignore[misc]


class Creates(SaysTaken, CreateView):
    """Creates something."""


class Changes(SaysTaken, EditView):
    """Changes something."""


class TellsCreated(Creates):
    """Creates something and says so."""

    def save_instance(self) -> models.Model:
        """Save and tell, in the transaction of `form_valid`."""
        thing: models.Model = super().save_instance()
        outbox.record(thing, region=slug_of(thing))
        return thing


class TellsChanged(Changes):
    """Changes something and says so, in the county it was in as well as the one it is in now."""

    def save_instance(self) -> models.Model:
        """Save and tell, in the transaction of `form_valid`."""
        before = slug_of(type(self.form.instance).objects.get(pk=self.form.instance.pk))
        thing: models.Model = super().save_instance()
        for slug in {before, slug_of(thing)}:
            outbox.record(thing, region=slug)
        return thing


class TellsDeleted(DeleteView):
    """Deletes something and says so."""

    def delete_action(self) -> None:
        """Tell while the row is there, then delete."""
        outbox.record(self.object, Change.Kind.DELETED, region=slug_of(self.object))
        super().delete_action()
