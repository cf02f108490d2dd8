"""Keeping materials: a new edition, copies printed, copies given out."""

from datetime import date, datetime
from typing import IO

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from changes import outbox
from training.materials.models import Material, MaterialEdition, PrintedCopies
from training.materials.reading import kind_of, read_material


class EditionIsThere(ValueError):
    """The material has an edition of that label, or with that very file; the text says which."""


class HasCopies(ValueError):
    """Printed copies of the material are written down: that record stays."""


class NotSoManyCopies(ValueError):
    """More copies were to be given out than were printed and are left."""


def add_edition(
    *, material: Material, label: str, content: File | IO[bytes], name: str, at: datetime
) -> MaterialEdition:
    """Add the next edition of a material; the earlier ones stay for those who hold a printed copy.

    Raises:
        NotAMaterial: the file is none that is given out.
        EditionIsThere: this label or this file is there already.
    """
    facts = read_material(content, name=name)
    edition = MaterialEdition(
        material=material,
        label=label.strip(),
        name=facts.name,
        size=facts.size,
        sha256=facts.sha256,
        added_at=at,
    )
    _refuse_twice(edition)
    content.seek(0)
    edition.file.save(f"{facts.sha256[:20]}.{kind_of(facts.name)}", File(content), save=False)
    try:
        with transaction.atomic():
            edition.save()
            _tell(material)
    except IntegrityError:
        # somebody added the same a moment earlier; their file stays, ours goes
        edition.file.storage.delete(edition.file.name or "")
        raise EditionIsThere(_("This edition was added a moment ago.")) from None
    return edition


def write_printed(*, edition: MaterialEdition, copies: int, on: date) -> PrintedCopies:
    """Write down that copies were printed."""
    return PrintedCopies.objects.create(edition=edition, on=on, printed=copies)


def give_out(*, edition: MaterialEdition, copies: int, given_to: str, on: date) -> PrintedCopies:
    """Write down that copies were given out.

    The row of the edition is locked first: two people at two desks cannot give out the same last copies.

    Raises:
        NotSoManyCopies: fewer are left.
    """
    with transaction.atomic():
        MaterialEdition.objects.select_for_update().get(pk=edition.pk)
        left = copies_left(edition)
        if copies > left:
            raise NotSoManyCopies(
                ngettext("%(count)d copy is left.", "%(count)d copies are left.", left) % {"count": left}
            )
        return PrintedCopies.objects.create(
            edition=edition, on=on, given_out=copies, given_to=given_to.strip()
        )


def remove_material(*, material: Material) -> None:
    """Take a material away with its editions; lessons that showed it say that it is being prepared.

    Raises:
        HasCopies: copies were printed.
    """
    with transaction.atomic():
        if PrintedCopies.objects.filter(edition__material=material).exists():
            raise HasCopies(_("Printed copies of it are written down, so it stays."))
        _tell(material)
        files = [(edition.file.storage, edition.file.name or "") for edition in material.editions.all()]
        material.delete()
    for storage, name in files:
        storage.delete(name)


def copies_left(edition: MaterialEdition) -> int:
    """Return how many printed copies are left; 1 query."""
    sums = edition.copies.aggregate(printed=Sum("printed", default=0), given=Sum("given_out", default=0))
    return int(sums["printed"] - sums["given"])


def count_download(edition: MaterialEdition) -> None:
    """Count that an edition was taken."""
    MaterialEdition.objects.filter(pk=edition.pk).update(downloads=F("downloads") + 1)


def _refuse_twice(edition: MaterialEdition) -> None:
    others = MaterialEdition.objects.filter(material=edition.material)
    if others.filter(label=edition.label).exists():
        raise EditionIsThere(_("There is an edition of that name. Give this one its own."))
    same = others.filter(sha256=edition.sha256).first()
    if same is not None:
        raise EditionIsThere(_("This very file is the edition “%(edition)s”.") % {"edition": same.label})


def _tell(material: Material) -> None:
    region = material.course.region
    outbox.record(material, region=region.slug if region else "")
