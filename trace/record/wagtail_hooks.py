"""What the record adds to the back office."""

from wagtail import hooks

from record.back_office.viewsets import RecordViewSetGroup


@hooks.register("register_admin_viewset")
def viewsets() -> RecordViewSetGroup:
    """Register batches, events, codes and certifications."""
    return RecordViewSetGroup()
