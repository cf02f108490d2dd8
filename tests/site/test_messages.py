"""Every message a person can see has a Chinese translation, and none is marked doubtful."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

from config import ROOT
from lib.catalogues import SOURCE_FOLDERS, catalogues

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def _messages(source: str) -> Iterator[tuple[str | None, str]]:
    """Yield (context, msgid) of Python source."""
    file = io.BytesIO(source.encode())
    for _line, function, found, _comments in extract_python(file, list(KEYWORDS), [], {"encoding": "utf-8"}):
        texts = [text for text in (found if isinstance(found, tuple) else (found,)) if text is not None]
        if not texts:
            continue
        if "pgettext" in (function or ""):
            yield texts[0], texts[1]
        else:
            yield None, texts[0]


def _as_python(templatized: str) -> str:
    """Make what is left of a template readable as Python: without `u` prefixes, without indentation."""
    return re.sub(r"^\s+", "", re.sub(r"\bu(['\"])", r"\1", templatized), flags=re.MULTILINE)


def _sources() -> Iterator[tuple[Path, str]]:
    for folder in SOURCE_FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, file.read_text()
        for file in sorted(
            [*(ROOT / folder).rglob("templates/**/*.html"), *(ROOT / folder).rglob("templates/**/*.txt")]
        ):
            yield file, _as_python(templatize(file.read_text(), origin=str(file)))


def _translations() -> set[tuple[str | None, str]]:
    done: set[tuple[str | None, str]] = set()
    for po in catalogues(ROOT):
        for entry in polib.pofile(str(po)):
            if entry.translated() and not entry.obsolete:
                done.add((entry.msgctxt or None, entry.msgid))
    return done


def test_every_message_is_translated() -> None:
    done = _translations()
    missing = {
        (context, text): file.relative_to(ROOT)
        for file, source in _sources()
        for context, text in _messages(source)
        if text and (context, text) not in done
    }
    listed = "\n".join(
        f"{file}: {text!r}" for (_, text), file in sorted(missing.items(), key=lambda item: str(item[1]))
    )
    assert not missing, f"{len(missing)} messages without translation:\n{listed}"


@pytest.mark.parametrize("po", list(catalogues(ROOT)), ids=lambda po: str(po.relative_to(ROOT)))
def test_no_translation_is_fuzzy_or_empty(po: Path) -> None:
    doubtful = [
        entry.msgid
        for entry in polib.pofile(str(po))
        if entry.fuzzy or not (entry.translated() or entry.obsolete)
    ]
    assert not doubtful


@pytest.mark.parametrize("po", list(catalogues(ROOT)), ids=lambda po: str(po.relative_to(ROOT)))
def test_placeholders_survive_translation(po: Path) -> None:
    placeholder = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
    for entry in polib.pofile(str(po)):
        for translated in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(placeholder.findall(translated)) <= set(
                placeholder.findall(entry.msgid + entry.msgid_plural)
            ), entry.msgid


def test_a_message_has_one_translation_whichever_catalogue_is_loaded_last() -> None:
    found: dict[tuple[str | None, str], set[str]] = {}
    for po in catalogues(ROOT):
        for entry in polib.pofile(str(po)):
            if entry.translated() and not entry.obsolete:
                text = entry.msgstr or entry.msgstr_plural[0]
                found.setdefault((entry.msgctxt or None, entry.msgid), set()).add(text)
    assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}
