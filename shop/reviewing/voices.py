"""The voices about an article, summed up anew when a review or answer changes, and read for its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.timezone import localtime

from changes.kept import kept
from changes.outbox import record
from shop.catalogue.models import Product
from shop.catalogue.reviews.models import MOST, ProductReview
from shop.questions.models import Question
from shop.reviewing.models import Voices
from shop.reviewing.photos import copies

SHOWN: Final = 3  # of each on the page of the article; the rest has a page of its own


@dataclass(frozen=True, slots=True)
class Summary:
    """What buyers think on the whole: `bars` are stars, how many gave them, and per cent of all."""

    reviews: int
    pictured: int
    average: Decimal
    bars: list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Said:
    """The part of a product page about reviews."""

    summary: Summary
    newest: list[dict[str, Any]]
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The part of a product page about questions."""

    questions: int
    newest: list[dict[str, Any]]
    url: str


def renew(article: Product) -> Voices:
    """Sum the voices up anew and tell the outbox. Call it in the transaction that changed one.

    The row is taken first: of two changes at once the second counts with the first's.
    """
    Voices.objects.get_or_create(article=article)
    voices = Voices.objects.select_for_update().get(article=article)
    approved = ProductReview.objects.approved().filter(product=article)
    counted = dict(approved.order_by().values_list("score").annotate(Count("pk")))
    answered = Question.objects.filter(article=article, state=Question.State.ANSWERED)
    voices.stars = [counted.get(stars, 0) for stars in range(1, MOST + 1)]
    voices.reviews, voices.pictured = sum(voices.stars), approved.filter(pictured=True).count()
    voices.newest = [told(review) for review in with_photos(_best(approved))]
    voices.questions = answered.count()
    voices.asked = [
        told_question(question) for question in answered.prefetch_related("answers__partner")[:SHOWN]
    ]
    voices.save()
    # Oscar's lists sort by it; the row alone, not the whole article as it was when read
    average = float(summary_of(voices).average) if voices.reviews else None
    Product.objects.filter(pk=article.pk).update(rating=average)
    record(article, region=article.brand_product.region.slug if article.brand_product else "")
    return voices


def voices_of(article: Product) -> Voices:
    """Return the voices about an article, read once for each version of what the public sees. One query."""

    def read() -> Voices:
        return Voices.objects.filter(article_id=article.pk).first() or Voices(
            article_id=article.pk, stars=[0] * MOST
        )

    return kept.get(("voices", article.pk), read)


def summary_of(voices: Voices) -> Summary:
    """Return the sum in numbers; without a review the average is 0."""
    points = sum(stars * count for stars, count in enumerate(voices.stars, 1))
    average = Decimal(points) / voices.reviews if voices.reviews else Decimal(0)
    bars = [
        (stars, count, round(100 * count / voices.reviews) if voices.reviews else 0)
        for stars, count in reversed(list(enumerate(voices.stars, 1)))
    ]
    rounded = average.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Summary(voices.reviews, voices.pictured, rounded, bars)


def with_photos(reviews: Any) -> Iterable[ProductReview]:
    """Return the reviews with their photos. One query more."""
    found: Iterable[ProductReview] = reviews.prefetch_related("photos")
    return found


def told(review: ProductReview) -> dict[str, Any]:
    """Return a review as pages show it: plain values."""
    return {
        "pk": review.pk,
        "name": review.name,
        "score": review.score,
        "body": review.body,
        "bought": review.bought,
        "on": _day(review.date_created),
        "photos": [copies(photo) for photo in review.photos.all() if photo.public],
        "reply": review.reply,
    }


def told_question(question: Question) -> dict[str, Any]:
    """Return a question with its answers as pages show it; `by` is empty where the hall answered."""
    return {
        "text": question.text,
        "name": question.name,
        "on": _day(question.asked_at),
        "answers": [
            {"text": answer.text, "by": answer.partner.name if answer.partner else "", "on": _day(answer.at)}
            for answer in question.answers.all()
        ],
    }


def _best(approved: Any) -> Any:
    """Return those to show first: with photos before those without, then the newest."""
    return approved.order_by("-pictured", "-date_created", "-pk")[:SHOWN]


def _day(at: Any) -> str:
    return date_format(localtime(at), "Y-m-d")
