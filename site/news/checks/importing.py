"""The list of sensitive words from a spreadsheet: all of it, or nothing and what is wrong in which line."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lib.sheets import NotASheet, rows_of
from news.checks.models import SensitiveWord

# columns in the order in which they are written out; a sheet may name them in either language
COLUMNS = ("word", "kind", "reason", "suggestion", "allowed_in")
_SHOWN = 20  # wrong lines that are told


@dataclass
class Imported:
    """What a sheet did, or why it did nothing."""

    added: int = 0
    changed: int = 0
    wrong: list[str] = field(default_factory=list)


class NotImported(ValueError):
    """Nothing was taken over; `wrong` says why, a sentence a line."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__(" ".join(wrong))
        self.wrong = wrong


def import_words(*, content: bytes) -> Imported:
    """Add the words of a sheet; a word that is there already takes over what the sheet says of it.

    Raises:
        NotImported: it is no sheet of words, or a line cannot be read.
    """
    try:
        head, *lines = list(rows_of(content)) or [[]]
    except NotASheet as error:
        raise NotImported([str(error.reason)]) from error
    columns = _columns(head)
    if "word" not in columns:
        raise NotImported(
            [_("The first line names the columns; one of them is “%(word)s”.") % {"word": _("word")}]
        )
    done, known = Imported(), {row.word: row for row in SensitiveWord.objects.all()}
    with transaction.atomic():
        for number, cells in enumerate(lines, 2):
            facts = {name: cells[at] for name, at in columns.items() if at < len(cells)}
            if any(facts.values()):
                _take(facts, known, done, number)
        if done.wrong:
            transaction.set_rollback(True)
    if done.wrong:
        raise NotImported(done.wrong[:_SHOWN])
    return done


def _take(facts: dict[str, str], known: dict[str, SensitiveWord], done: Imported, number: int) -> None:
    row = known.get(facts["word"]) or SensitiveWord(word=facts["word"])
    for name, value in facts.items():
        setattr(row, name, _kind(value) if name == "kind" else value)
    try:
        row.full_clean()
    except ValidationError as error:
        done.wrong.append(_("Line %(number)d: %(why)s") % {"number": number, "why": " ".join(error.messages)})
        return
    if row.pk:
        done.changed += 1
    else:
        done.added += 1
    row.save()
    known[row.word] = row


def _columns(head: list[str]) -> dict[str, int]:
    """Return the place of each column that is known by its name."""
    fields: dict[str, Any] = {field.name: field for field in SensitiveWord._meta.fields}
    names = {name: {name, str(fields[name].verbose_name).casefold()} for name in COLUMNS}
    return {
        name: at for at, cell in enumerate(head) for name, known in names.items() if cell.casefold() in known
    }


def _kind(value: str) -> str:
    """Return the kind a cell means; an empty one asks, a strange one is told."""
    words = {str(label): kind for kind, label in SensitiveWord.Kind.choices}
    return words.get(value, value) or SensitiveWord.Kind.WARN
