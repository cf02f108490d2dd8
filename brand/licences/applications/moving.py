"""One application moves on in one place at a time: the row is locked, its state compared, then changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from brand.acts.models import acts_on
from brand.licences.applications.models import LicenceApplication


class AlreadyMoved(RuntimeError):
    """Somebody else was quicker, nothing was done; the text says what the application is now."""


def locked(
    application: LicenceApplication, *, among: Collection[str], seen: int | None = None
) -> LicenceApplication:
    """Return the application as it is now, locked until the transaction ends.

    The lock orders two officers who act at once: the second waits, then finds another state, or another
    version than the one they had `seen`.

    Raises:
        AlreadyMoved: its state is none of those, or somebody has acted since.
    """
    rows = LicenceApplication.objects.select_for_update(of=("self",))
    related = ("region__site", "member", "applicant", "renews")
    now = rows.select_related(*related).get(pk=application.pk)
    if now.state not in among or seen not in {None, now.version}:
        raise AlreadyMoved(_already(now))
    return now


def move(now: LicenceApplication, state: str, *, at: datetime, **facts: Any) -> None:
    """Write a new state, and facts that go with it, into a row that `locked` returned."""
    now.state, now.changed_at = state, at
    now.version += 1
    for name, value in facts.items():
        setattr(now, name, value)
    now.save(update_fields=["state", "changed_at", "version", *facts])


def _already(now: LicenceApplication) -> str:
    act = acts_on(now).last()
    who = act.by.get_full_name() or str(act.by) if act and act.by else ""
    words = {"state": now.get_state_display(), "who": who}
    if who:
        return (
            _("Nothing was done: the application is “%(state)s” now. %(who)s was a moment quicker.") % words
        )
    return _("Nothing was done: the application is “%(state)s” now.") % words
