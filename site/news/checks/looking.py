"""What is looked at before a post goes for review: one function a check, all of them in `CHECKS`."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from news.checks.findings import Finding, Place, Weight
from news.checks.links import broken_links
from news.checks.models import SensitiveWord
from news.checks.reading import pictures, texts
from news.checks.words import hits
from news.models import NewsPage

LONGEST_TITLE = 32  # characters of the title of an article at WeChat
_REPOST = ("转载", "转自", "摘自", "来源：", "来源:")
_CAMERA_NAMES = ("img", "dsc", "dcim", "mmexport", "wx_camera", "微信图片", "screenshot", "屏幕截图")

Check = Callable[[NewsPage, datetime], Iterable[Finding]]


def look(post: Page, *, at: datetime) -> list[Finding]:
    """Return what was found in a post as it is in memory, the heaviest first. Asks no other site."""
    if not isinstance(post, NewsPage):
        return []
    return sorted((found for check in CHECKS for found in check(post, at)), key=lambda one: one.weight)


def stopping(post: Page) -> list[Finding]:
    """Return what keeps a post from going live."""
    return [found for found in look(post, at=timezone.now()) if found.weight is Weight.STOPS]


def incomplete(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find fields that are empty or wrong: a draft may be kept with them."""
    try:
        post.full_clean(exclude=["path", "depth", "url_path"])
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            yield Finding(Weight.STOPS, Place(_words_for(post, name)), " ".join(reasons))
    if not post.body:
        yield Finding(Weight.STOPS, Place(_words_for(post, "body")), _("Nothing is written yet."))


def without_cover(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find that a post shows nothing in lists and when it is shared."""
    if post.image is None:
        hint = _("Lists show the drawing of the county instead, and WeChat takes no article without one.")
        yield Finding(Weight.ASKS, Place(_words_for(post, "image")), _("There is no cover picture."), hint)


def long_title(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find a title that WeChat cuts."""
    if len(post.title) > LONGEST_TITLE:
        says = _("The title has %(count)d characters; WeChat takes %(most)d.") % {
            "count": len(post.title),
            "most": LONGEST_TITLE,
        }
        yield Finding(Weight.ASKS, Place(_words_for(post, "title")), says)


def pictures_without_words(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find pictures that say nothing to who cannot see them."""
    for place, image, alt in pictures(post):
        if not (alt.strip() or image.description.strip()) and _is_no_title(image.title):
            says = _("The picture “%(name)s” does not say what is on it.") % {"name": image.title}
            yield Finding(Weight.ASKS, place, says, _("Write it for readers who cannot see it."))


def sensitive_words(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find the words of the list. 1 query."""
    words = list(SensitiveWord.objects.all())
    for place, text in texts(post):
        for hit in hits(text, words):
            stops = hit.word.kind == SensitiveWord.Kind.BLOCK
            says = _("“%(word)s” in: %(around)s") % {"word": hit.word.word, "around": hit.around}
            yield Finding(Weight.STOPS if stops else Weight.ASKS, place, says, _why(hit.word))


def repost_without_source(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find text that was taken over from somewhere, and does not say from where."""
    if post.source.strip():
        return
    for place, text in texts(post):
        for sign in _REPOST:
            if sign in text:
                says = _("It says %(sign)s, but the source is empty.") % {"sign": sign.rstrip("：:")}
                hint = _("Name who published it first, and ask before taking over a whole text.")
                yield Finding(Weight.ASKS, place, says, hint)
                return


def odd_times(post: NewsPage, at: datetime) -> Iterator[Finding]:
    """Find a moment that has passed, and a date that is not the day of going live."""
    goes_live = post.go_live_at
    if goes_live is None or post.live:
        return
    place = Place(_words_for(post, "go_live_at"))
    if goes_live <= at:
        says = _("The time it was to go live has passed: it goes live as soon as it is approved.")
        yield Finding(Weight.ASKS, place, says)
    elif timezone.localdate(goes_live) != post.published_on:
        says = _("It goes live on %(day)s and shows the date %(shown)s.") % {
            "day": timezone.localdate(goes_live),
            "shown": post.published_on,
        }
        yield Finding(Weight.ASKS, place, says)


CHECKS: tuple[Check, ...] = (
    incomplete,
    sensitive_words,
    broken_links,
    pictures_without_words,
    without_cover,
    long_title,
    repost_without_source,
    odd_times,
)


def _words_for(post: NewsPage, name: str) -> str:
    fields = {field.name: field for field in post._meta.get_fields()}
    return capfirst(str(getattr(fields.get(name), "verbose_name", "")))


def _is_no_title(title: str) -> bool:
    """Tell whether the title of a picture is what a camera or WeChat called the file."""
    plain = title.strip().casefold()
    return plain.startswith(_CAMERA_NAMES) or not any(letter.isalpha() for letter in plain)


def _why(word: SensitiveWord) -> str:
    instead = _("Say instead: %(words)s.") % {"words": word.suggestion} if word.suggestion else ""
    return f"{word.reason.rstrip('。')}。{instead}"
