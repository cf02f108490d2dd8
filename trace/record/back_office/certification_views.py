"""Views of certifications: saving and deleting tell every cache."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from changes import outbox
from changes.models import Change
from record.models import Certification


class CertificationForm(WagtailAdminModelForm):
    """A certification; one of a kind that ends says when."""

    def clean(self) -> dict[str, Any]:
        """Ask for the end where there is one: without it nobody is reminded."""
        cleaned: dict[str, Any] = super().clean()
        kind = cleaned.get("kind")
        if kind and kind.expires and not cleaned.get("valid_to"):
            self.add_error("valid_to", _("Certifications of this kind end. Until when is it valid?"))
        return cleaned


def _tell(certification: Certification, kind: str = Change.Kind.SAVED) -> None:
    outbox.record(certification, kind, region=certification.product.region.slug)


class CreateCertification(CreateView):
    """Creates a certification and says so."""

    def save_instance(self) -> Certification:
        """Save and tell, in the transaction of `form_valid`."""
        certification: Certification = super().save_instance()
        _tell(certification)
        return certification


class EditCertification(EditView):
    """Changes a certification and says so."""

    def save_instance(self) -> Certification:
        """Save and tell, in the transaction of `form_valid`."""
        certification: Certification = super().save_instance()
        _tell(certification)
        return certification


class DeleteCertification(DeleteView):
    """Deletes a certification and says so."""

    def delete_action(self) -> None:
        """Tell while the row is there, then delete."""
        _tell(self.object, Change.Kind.DELETED)
        super().delete_action()
