"""The daily digest: the heads of all event chains, published so that others can keep them as proof."""

import gzip
from typing import Any, Never

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DigestIsFinal(Exception):
    """Somebody tried to change or delete a published digest."""


class DigestQuerySet(models.QuerySet):
    """Digests can be read and published, nothing else."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            DigestIsFinal: always.
        """
        raise DigestIsFinal

    def delete(self) -> Never:
        """Refuse.

        Raises:
            DigestIsFinal: always.
        """
        raise DigestIsFinal


class ChainDigest(models.Model):
    """What was published of a day, byte for byte. Each digest names the hash of the one before it.

    The file is kept compressed: hashes do not compress, the names around them do.
    """

    date = models.DateField(_("day"))
    made_at = models.DateTimeField(_("made at"))
    batches = models.PositiveIntegerField(_("batches"))
    events = models.PositiveIntegerField(_("events"))
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")
        ordering = ["-date"]
        default_permissions = ["view"]
        constraints = [
            models.UniqueConstraint(fields=["date"], name="digest_once_a_day"),
            # two digests with one predecessor would be a fork of what was published
            models.UniqueConstraint(fields=["previous_sha256"], name="digest_chain_has_no_fork"),
            models.CheckConstraint(condition=~Q(sha256=""), name="digest_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Publish; what is published stays.

        Raises:
            DigestIsFinal: it was published already.
        """
        if self.pk is not None:
            raise DigestIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            DigestIsFinal: always.
        """
        raise DigestIsFinal

    @property
    def text(self) -> bytes:
        """The file as it was published."""
        return gzip.decompress(bytes(self.content))
