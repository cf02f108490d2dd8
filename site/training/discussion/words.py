"""Words somebody typed, as they are kept."""

from django.utils.translation import gettext as _

from training.discussion.refusals import NotSaid


def words_of(text: str, *, most: int) -> str:
    """Return `text` without the space around it, each new line one character as the browser counts it.

    Forms send a new line as two (HTML Living Standard, 4.10.21.4): counted so, what fits the field would not
    fit here.

    Raises:
        NotSaid: nothing is left, or more than `most` characters.
    """
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words or len(words) > most:
        raise NotSaid(_("Write something, at most %(most)s characters.") % {"most": most})
    return words
