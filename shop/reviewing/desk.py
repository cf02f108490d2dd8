"""Questions and reviews on the seller's desk: answered where goods are packed, on a phone."""

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from shop.catalogue.reviews.models import ProductReview
from shop.desk.acting import DeskForm, acted, status_of
from shop.desk.gate import SellerRequest, seller_page
from shop.desk.pages import desk_page
from shop.desk.parts import Due, Part, Row
from shop.desk.scope import Scope
from shop.models import Question
from shop.partner.models import Partner
from shop.questions import asking
from shop.reviewing import deciding

SHOWN = 20


class WordsForm(forms.Form):
    """An answer."""

    text = forms.CharField(
        label=pgettext_lazy("shop", "answer"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


def part(scope: Scope, at: datetime) -> Part | None:
    """Return what buyers ask and say that nobody answered. Four queries."""
    asked, said = questions(scope), reviews(scope)
    address = reverse("shop-desk:voices")
    count, waiting = asked.count(), said.count()
    dues = [Due(_("Answer what buyers ask: %(count)d") % {"count": count}, address)] if count else []
    rows = [
        *(Row(one.text, address, note=str(one.article), state=_("question")) for one in asked[:3]),
        *(Row(one.body[:60], address, note=str(one.product), state=f"{one.score}/5") for one in said[:3]),
    ]
    empty = _("Nobody waits for an answer.")
    return Part(_("Questions and reviews"), dues, rows, count + waiting, address, icon="mail", empty=empty)


def questions(scope: Scope) -> QuerySet[Question]:
    """Return the questions about the articles of the sellers looked at that wait, the oldest first."""
    waiting = Question.objects.filter(state=Question.State.WAITING).select_related("article")
    found = waiting.exclude(article__brand_product__member__partner=None).order_by("asked_at", "pk")
    return scope.narrow(found, "article__brand_product__member__partner")


def reviews(scope: Scope) -> QuerySet[ProductReview]:
    """Return the shown reviews of their goods without an answer, those with few stars first."""
    shown = ProductReview.objects.approved().filter(reply="").select_related("product", "line__partner")
    return scope.narrow(shown.exclude(line=None).order_by("score", "-date_created"), "line__partner")


@seller_page
@require_http_methods(["GET", "HEAD", "POST"])
def voices(request: SellerRequest) -> HttpResponse:
    """Show what waits for an answer; a POST answers one."""
    asked, said = list(questions(request.scope)[:SHOWN]), list(reviews(request.scope)[:SHOWN])
    things = {f"q{one.pk}": one for one in asked} | {f"r{one.pk}": one for one in said}
    offered = {
        name: DeskForm(WordsForm, partial(_answered, request, thing)) for name, thing in things.items()
    }
    done, shown = acted(request, offered, refusals=(asking.NotAnswered, deciding.NotDecided))
    if done is not None:
        return done
    context = {
        "questions": [(one, f"q{one.pk}", shown[f"q{one.pk}"]) for one in asked],
        "reviews": [(one, f"r{one.pk}", shown[f"r{one.pk}"]) for one in said],
    }
    title = _("Questions and reviews")
    return desk_page(request, "shop/desk/voices.html", context, title=title, status=status_of(shown))


def _answered(request: SellerRequest, thing: Any, form: forms.Form) -> str:
    """Answer a question or a review in the name of the seller whose article it is."""
    facts = {"text": form.cleaned_data["text"], "at": timezone.now(), "by": request.user}
    if isinstance(thing, ProductReview):
        deciding.answer(review=thing, **facts)
        return _("The answer stands below the review.")
    partner = Partner.objects.get(member=thing.article.brand_product.member_id)
    asking.answer(question=thing, partner=partner, **facts)
    return _("The answer stands on the page of the article.")
