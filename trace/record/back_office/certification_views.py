"""Views of certifications: saving and deleting tell every cache."""

from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from changes import outbox
from changes.models import Change
from record.models import Certification


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
