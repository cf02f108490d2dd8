"""Duties of stages: who must be named in an event, where an operator has said so."""

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from record.models import Event, StageDuty


def neglected_duties(*, stage: str, responsible: bool, witness: bool) -> dict[str, Promise]:
    """Return, as a sentence by fact, whom an event of `stage` should name and does not. One query."""
    duty = StageDuty.objects.filter(stage=stage).first()
    if duty is None:
        return {}
    label = Event.Stage(stage).label
    found: dict[str, Promise] = {}
    if duty.needs_responsible and not responsible:
        found["responsible"] = format_lazy(
            _("{stage} needs a responsible party. Name who answers for it."), stage=label
        )
    if duty.needs_witness and not witness:
        found["attested_by"] = format_lazy(_("{stage} needs a witness. Name who attests to it."), stage=label)
    return found


def needs() -> dict[str, Exists]:
    """Return annotations for events: whether their stage needs a responsible party, and a witness."""
    of_stage = StageDuty.objects.filter(stage=OuterRef("stage"))
    return {name: Exists(of_stage.filter(**{name: True})) for name in ("needs_responsible", "needs_witness")}
