"""Views that say what changed in the transaction that changed it."""

from django.db import models
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from brand.models import Crop, Region, VICategory
from changes import outbox
from changes.models import Change


def slug_of(thing: models.Model) -> str:
    """Return the slug of the county whose pages show `thing`; what has none is shown by all."""
    of_all = isinstance(thing, Region | Crop | VICategory)
    return "" if of_all else str(thing.region.slug)  # type: ignore[attr-defined]


class TellsCreated(CreateView):
    """Creates something and says so."""

    def save_instance(self) -> models.Model:
        """Save and tell, in the transaction of `form_valid`."""
        thing: models.Model = super().save_instance()
        outbox.record(thing, region=slug_of(thing))
        return thing


class TellsChanged(EditView):
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
