"""What the page of an article shows of its voices."""

from datetime import datetime

from django.urls import reverse

from shop.catalogue.models import Product
from shop.reviewing.voices import Asked, Said, summary_of, voices_of


def reviews(article: Product, *, at: datetime) -> Said:
    """Return the sum of the reviews with the newest of them. One query, shared with the questions."""
    voices = voices_of(article)
    key = {"product_slug": article.slug, "product_pk": article.pk}
    return Said(summary_of(voices), voices.newest, reverse("catalogue:reviews-list", kwargs=key))


def questions(article: Product, *, at: datetime) -> Asked:
    """Return the newest answered questions. One query, shared with the reviews."""
    voices = voices_of(article)
    return Asked(voices.questions, voices.asked, reverse("shop-questions:list", args=[article.pk]))
