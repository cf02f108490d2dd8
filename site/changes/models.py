"""The outbox table."""

from django.db import models


class Change(models.Model):
    """One thing that changed. Written in the transaction that changed it, read in order of `id`."""

    class Kind(models.TextChoices):
        """What happened to the thing."""

        SAVED = "saved"
        DELETED = "deleted"

    thing = models.CharField(max_length=120, help_text="`app_label.model:pk`, e.g. `record.batch:7`")
    kind = models.CharField(max_length=8, choices=Kind)
    region = models.CharField(max_length=32, blank=True, help_text="slug; empty: every county")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
