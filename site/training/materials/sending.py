"""Sending an edition: its bytes, the right to them asked again while they go out, and the count."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from lib.handover import MayNotGoOn, Outcome, Sending
from training.materials.access import may_download
from training.materials.keeping import count_download
from training.materials.models import MaterialEdition

_BLOCK = 256 * 1024


def sending_of(edition: MaterialEdition, *, user: User | AnonymousUser) -> Sending:
    """Return how an edition is sent to `user`, who may have it.

    Raises:
        FileNotFoundError: it is not where it was put.
    """
    name = edition.file.name or ""
    if not edition.file.storage.exists(name):
        raise FileNotFoundError(name)
    copy = _Copy(edition, user)
    return Sending(edition.size, f'"{edition.sha256}"', copy.read, copy.check, copy.begun, copy.ended)


@dataclass(slots=True)
class _Copy:
    """One answer on its way to one person."""

    edition: MaterialEdition
    user: User | AnonymousUser
    first: int = field(default=0, init=False)

    def read(self, start: int) -> Iterator[bytes]:
        self.first = start
        with self.edition.file.storage.open(self.edition.file.name or "") as opened:
            opened.seek(start)
            while block := opened.read(_BLOCK):
                yield block

    def check(self) -> None:
        # whoever looks after materials and whoever is enrolled may stop being so: what is known is asked anew
        user = User.objects.filter(pk=self.user.pk or 0, is_active=True).first() or AnonymousUser()
        if not may_download(material=self.edition.material, user=user):
            raise MayNotGoOn(_("For who is enrolled"))

    def begun(self) -> None:
        pass

    def ended(self, outcome: Outcome, sent: int, why: str) -> None:
        """Count it with its last byte: what comes in parts is one download."""
        if outcome is Outcome.COMPLETED and self.first + sent == self.edition.size:
            count_download(self.edition)
