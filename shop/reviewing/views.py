"""Reviews in public: the list of an article, and the pages on which a buyer writes one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shop.catalogue.models import Product
from shop.catalogue.reviews.models import ProductReview
from shop.order.models import Order
from shop.promotions.rewarding import reward_of
from shop.reviewing.forms import ReviewForm
from shop.reviewing.voices import summary_of, told, voices_of, with_photos
from shop.reviewing.writing import NotReviewed, reviewable, why_not, write_review
from shop.search.views import hall_place

ON_A_PAGE = 20
KINDS = ("photos", "good", "fair", "bad")
_SCORES = {"good": (4, 5), "fair": (3,), "bad": (1, 2)}


class _Counted(Paginator):
    """Pages of reviews whose number is known from the article's sum: nothing is counted for a page."""

    def __init__(self, *args: Any, known: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = known

    @cached_property
    def count(self) -> int:
        """The number of reviews."""
        return self._known


@require_safe
def reviews_of(request: HttpRequest, product_slug: str, product_pk: int) -> HttpResponse:
    """List the approved reviews of an article, those with photos or of some stars only if asked."""
    article = get_object_or_404(Product.objects.select_related("brand_product__region"), pk=product_pk)
    here = reverse("catalogue:reviews-list", kwargs={"product_slug": article.slug, "product_pk": article.pk})
    if article.slug != product_slug or not article.is_public:
        return redirect(here if article.is_public else "catalogue:index", permanent=article.is_public)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    voices = voices_of(article)
    counts = _counts(voices)
    found = with_photos(_of_kind(article, kind))
    page = _Counted(found, ON_A_PAGE, known=counts[kind]).get_page(request.GET.get("page"))
    context = {
        "product": article,
        "region": article.brand_product.region if article.brand_product else None,
        "trail": [hall_place(), (article.get_title(), article.get_absolute_url()), (_("Reviews"), here)],
        "summary": summary_of(voices),
        "kinds": [(name, counts[name]) for name in ("", *KINDS)],
        "kind": kind,
        "page_obj": page,
        "reviews": [told(review) for review in page],
        "query": f"kind={kind}" if kind else "",
    }
    return render(request, "shop/reviewing/list.html", context)


def to_the_list(request: HttpRequest, product_slug: str, product_pk: int, **more: Any) -> HttpResponse:
    """Lead what Oscar had pages for to the list: reviews are written from the order."""
    key = {"product_slug": product_slug, "product_pk": product_pk}
    return HttpResponseRedirect(reverse("catalogue:reviews-list", kwargs=key))


@never_cache
@require_safe
def of_order(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was bought with one order: what is reviewed, what can be."""
    order = get_object_or_404(Order.objects.select_related("region"), token=token)
    context = {"order": order, "rows": list(reviewable(order, at=timezone.now())), "region": order.region}
    return render(request, "shop/reviewing/order.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, token: str, line: int) -> HttpResponse:
    """Take a review of one line of an order. Who has the order's address may write it."""
    order = get_object_or_404(Order.objects.select_related("region", "shipping_address", "user"), token=token)
    bought = get_object_or_404(order.lines.select_related("product__parent"), pk=line)
    bought.order = order
    form = ReviewForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"photos": [one.content for one in form.cleaned_data["photos"]]}
        try:
            write_review(line=bought, at=timezone.now(), **facts)
        except NotReviewed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Thank you. It is shown once somebody has looked at it."))
            return HttpResponseRedirect(reverse("shop-reviews:order", args=[token]))
    closed = "" if request.method == "POST" else why_not(bought, at=timezone.now())
    reward = reward_of(order.region, at=timezone.now()) if order.region else None
    context = {
        "order": order, "line": bought, "form": form, "closed": closed, "reward": reward,
        "region": order.region,
    }  # fmt: skip
    return render(request, "shop/reviewing/write.html", context, status=400 if form.errors else 200)


def _of_kind(article: Product, kind: str) -> Any:
    found = ProductReview.objects.approved().filter(product=article).order_by("-date_created", "-pk")
    if kind == "photos":
        return found.filter(pictured=True)
    return found.filter(score__in=_SCORES[kind]) if kind else found


def _counts(voices: Any) -> dict[str, int]:
    counts = {kind: sum(voices.stars[stars - 1] for stars in scores) for kind, scores in _SCORES.items()}
    return counts | {"": voices.reviews, "photos": voices.pictured}
