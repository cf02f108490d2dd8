"""Reviews in the back office: those that wait first, decided and answered on a page of their own."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.acts.models import acts_on
from brand.acts.words import said
from brand.back_office.act_desk import Act, ActDesk
from brand.back_office.policies import LookedAtPolicy
from brand.back_office.tables import ListView
from brand.models import Region
from shop.catalogue.reviews.models import ProductReview, ReviewPhoto
from shop.reviewing.deciding import NotDecided, answer, approve, refuse

register_permission_policy(ProductReview, LookedAtPolicy(ProductReview))


class ReasonForm(forms.Form):
    """Why it is not shown."""

    reason = forms.CharField(label=gettext_lazy("reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class AnswerForm(forms.Form):
    """What is answered."""

    text = forms.CharField(
        label=pgettext_lazy("shop", "answer"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class ReviewDesk(ActDesk):
    """Shows or refuses a review, and answers it for the seller."""

    template = "shop/admin/review.html"
    may_look, may_act = "reviews.view_productreview", "reviews.change_productreview"
    refusals = (NotDecided,)
    acts = {
        "approve": Act(
            forms.Form,
            gettext_lazy("Show it"),
            gettext_lazy("Everybody reads it on the page of the article, with its photos."),
            gettext_lazy("Show it"),
        ),
        "refuse": Act(
            ReasonForm,
            gettext_lazy("Do not show it"),
            gettext_lazy("For insults, advertising, other people's data. A bad opinion is no reason."),
            gettext_lazy("Do not show it"),
            serious=True,
        ),
        "answer": Act(
            AnswerForm,
            gettext_lazy("Answer it"),
            gettext_lazy("Stands below the review in the name of the seller."),
            gettext_lazy("Keep the answer"),
        ),
    }

    def find(self, pk: int) -> None:
        """Read the review."""
        related = ("product__brand_product", "line__order", "line__partner")
        self.review = get_object_or_404(ProductReview.objects.select_related(*related), pk=pk)

    @property
    def url(self) -> str:
        """The address of the page."""
        return reverse("shop-reviews-desk:desk", args=[self.review.pk])

    def possible(self) -> list[str]:
        """Return what its status allows."""
        return {
            ProductReview.FOR_MODERATION: ["approve", "refuse"],
            ProductReview.APPROVED: ["answer", "refuse"],
            ProductReview.REJECTED: ["approve"],
        }[self.review.status]

    def first(self) -> str:
        """Return what is likely next."""
        return self.possible()[0]

    def approve(self, form: forms.Form) -> str:
        """Show it."""
        approve(review=self.review, at=self.now, by=self.by)
        return _("The review is shown.")

    def refuse(self, form: forms.Form) -> str:
        """Do not show it."""
        refuse(review=self.review, reason=form.cleaned_data["reason"], at=self.now, by=self.by)
        return _("The review is not shown; the buyer reads why.")

    def answer(self, form: forms.Form) -> str:
        """Answer it."""
        answer(review=self.review, text=form.cleaned_data["text"], at=self.now, by=self.by)
        return _("The answer stands below the review.")

    def context(self) -> dict[str, Any]:
        """Return the review with its photos and its trail."""
        return {
            "review": self.review,
            "photos": self.review.photos.all(),
            "trail": said(acts_on(self.review)),
            "breadcrumbs_items": [
                {"url": reverse("shop-reviews-desk:index"), "label": gettext_lazy("Reviews")},
                {"url": "", "label": str(self.review)},
            ],
            "header_title": gettext_lazy("Review"),
            "page_title": gettext_lazy("Review"),
            "page_subtitle": str(self.review.product or ""),
            "header_icon": "comment",
        }


class ReviewFilters(WagtailFilterSet):
    """What reviews are looked for by."""

    region = ModelChoiceFilter(
        label=gettext_lazy("county"), field_name="product__brand_product__region",
        queryset=Region.objects.order_by("pk"),
    )  # fmt: skip

    class Meta:
        model = ProductReview
        fields = ["status", "score", "pictured"]


class ListReviews(ListView):
    """Lists reviews, those that wait for a look on top."""

    along = ("product", "line__order")

    def order_queryset(self, queryset: QuerySet[ProductReview]) -> QuerySet[ProductReview]:
        """Begin with what waits, the oldest of it first, unless a column was chosen."""
        if "ordering" in self.request.GET:
            return super().order_queryset(queryset)
        waits = Case(When(status=ProductReview.FOR_MODERATION, then=Value(0)), default=Value(1))
        return queryset.order_by(waits, "-date_created", "-pk")

    def get_edit_url(self, instance: ProductReview) -> str:
        """Lead to the page of the review."""
        return reverse("shop-reviews-desk:desk", args=[instance.pk])


class ReviewViewSet(ModelViewSet):
    """What buyers say."""

    model = ProductReview
    name = "shop-reviews-desk"
    icon = "comment"
    menu_label = gettext_lazy("Reviews")
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ListReviews
    exclude_form_fields: list[str] = []
    list_display = [
        "__str__",
        Column("score", label=gettext_lazy("stars")),
        Column("product", label=gettext_lazy("article")),
        BooleanColumn("pictured", label=gettext_lazy("with photos")),
        Column("status", label=gettext_lazy("state"), accessor="get_status_display"),
        Column("date_created", label=pgettext_lazy("review", "written"), sort_key="date_created"),
    ]
    list_export = ["product", "bought", "score", "body", "name", "status", "reply", "date_created"]
    export_headings = {
        "product": gettext_lazy("article"),
        "date_created": pgettext_lazy("review", "written"),
        "status": gettext_lazy("state"),
    }
    export_filename = "reviews"
    filterset_class = ReviewFilters
    search_fields = ["body", "product__title", "line__order__number"]
    search_backend_name = None
    ordering = ["-date_created"]

    def get_urlpatterns(self) -> list[Any]:
        """Add the page of a review and its photos."""
        return [
            *super().get_urlpatterns(),
            path("photos/<int:pk>/", photo, name="photo"),
            path("<int:pk>/", ReviewDesk.as_view(), name="desk"),
            path("<int:pk>/<slug:act>/", ReviewDesk.as_view(), name="act"),
        ]


@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """Show a photo of a review, shown or not, to who looks after reviews."""
    if not request.user.has_perm("reviews.view_productreview"):
        raise PermissionDenied
    response = FileResponse(get_object_or_404(ReviewPhoto, pk=pk).file.open(), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
