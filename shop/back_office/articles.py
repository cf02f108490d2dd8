"""Articles and their sizes in the back office: words, season, price, pictures and film."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from brand.back_office.policies import NeverDeletedPolicy
from brand.back_office.tables import ListView
from brand.back_office.views import Changes, Creates
from shop.back_office.article_forms import PICTURE_FIELDS, ArticleForm, PricedForm, SizeForm
from shop.catalogue.models import Product

# an article that was ever sold stays: it is taken off the shelves by its tick
register_permission_policy(Product, NeverDeletedPolicy(Product))


class ArticleList(ListView):
    """Lists articles, not their sizes."""

    along = ("brand_product__region", "brand_product__member")

    def get_base_queryset(self) -> QuerySet[Product]:
        """Leave the sizes to their own list."""
        rows: QuerySet[Product] = super().get_base_queryset()
        return rows.filter(parent=None).order_by("-date_created", "-pk")


class SizeList(ListView):
    """Lists sizes."""

    along = ("parent__brand_product__region", "brand_product")

    def get_base_queryset(self) -> QuerySet[Product]:
        """Show only sizes."""
        rows: QuerySet[Product] = super().get_base_queryset()
        return rows.exclude(parent=None).order_by("parent", "pk")


class _Articles(ModelViewSet):
    model = Product
    add_view_class, edit_view_class = Creates, Changes
    icon = "pick"
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    form_class_of: ClassVar[type[PricedForm]]

    def get_edit_handler(self) -> Any:
        """Use our form below Wagtail's panels."""
        return ObjectList(self.panels, base_form_class=self.form_class_of).bind_to_model(self.model)


class ArticleViewSet(_Articles):
    """Articles of the hall."""

    name = "shop-articles"
    menu_label = _("Articles")
    index_view_class = ArticleList
    form_class_of = ArticleForm
    list_display = (
        "title",
        Column("brand_product", label=_("licensed product")),
        Column("brand_product.region", label=_("county")),
        BooleanColumn("is_public", label=_("shown")),
    )
    list_export = ["title", "brand_product", "brand_product.member", "brand_product.region", "is_public"]
    export_filename = "articles"
    list_filter = ["is_public", "structure"]
    search_fields = ["title", "slug", "brand_product__name", "brand_product__member__name"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("brand_product"),
                FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]),
                FieldRowPanel([FieldPanel("is_public"), FieldPanel("several")]),
                FieldRowPanel([FieldPanel("product_class"), FieldPanel("categories")]),
            ],
            heading=_("Article"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("price"), FieldPanel("was_price")]),
                FieldPanel("was_basis"),
                FieldRowPanel([FieldPanel("net_grams"), FieldPanel("gross_grams")]),
            ],
            heading=_("Price and weight"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("selling_points"),
                FieldPanel("specs"),
                FieldPanel("description"),
                FieldRowPanel([FieldPanel("season_from"), FieldPanel("season_to")]),
            ],
            heading=_("In words"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in PICTURE_FIELDS], heading=_("In pictures")),
        MultiFieldPanel([FieldPanel("film_video"), FieldPanel("film_words")], heading=_("Film")),
    ]


class SizeViewSet(_Articles):
    """Sizes of articles that are sold in several."""

    name = "shop-sizes"
    menu_label = _("Sizes")
    index_view_class = SizeList
    form_class_of = SizeForm
    list_display = (
        Column("parent", label=_("article")),
        Column("title", label=_("size")),
        BooleanColumn("is_public", label=_("shown")),
    )
    list_export = ["parent", "title", "is_public"]
    export_filename = "sizes"
    search_fields = ["title", "parent__title"]
    panels = [
        FieldPanel("parent"),
        FieldRowPanel([FieldPanel("title"), FieldPanel("slug")]),
        FieldPanel("brand_product", help_text=_("Only where it has a GTIN of its own.")),
        FieldRowPanel([FieldPanel("price"), FieldPanel("was_price")]),
        FieldPanel("was_basis"),
        FieldRowPanel([FieldPanel("net_grams"), FieldPanel("gross_grams")]),
        FieldPanel("is_public"),
    ]
