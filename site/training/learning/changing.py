"""Correcting who somebody is as a trainee: by themselves, and by an officer with a certificate."""

from training.learning.trainees import Trainee


def change_trainee(
    *, trainee: Trainee, name: str, group: str | None = None, place: str | None = None
) -> None:
    """Write down another name, group or place; None leaves it.

    What was issued keeps the name it was issued to: a wrong one is put right by an officer
    (`certificates.issuing.correct_name`).
    """
    trainee.name = name.strip()
    trainee.group = trainee.group if group is None else group
    trainee.place = trainee.place if place is None else place.strip()
    # only these: whoever switches reminders at the same moment keeps their choice
    trainee.save(update_fields=["name", "group", "place"])
