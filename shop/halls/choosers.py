"""The chooser of an article, for modules that show chosen ones."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class _OnlyWholeArticles:
    """Variants are chosen on the page of their article."""

    def get_object_list(self) -> QuerySet[Any]:
        """Return the articles that can be shown, newest first."""
        from shop.catalogue.models import Product

        shown = Product.objects.browsable().exclude(brand_product=None)
        return shown.select_related("brand_product__region").order_by("-pk")


class _Choose(_OnlyWholeArticles, ChooseView):
    pass


class _Results(_OnlyWholeArticles, ChooseResultsView):
    pass


class ArticleChooserViewSet(ChooserViewSet):
    """Chooses an article of the hall."""

    model = "catalogue.Product"
    icon = "pick"
    choose_one_text = _("Choose an article")
    choose_another_text = _("Choose another article")
    choose_view_class = _Choose
    choose_results_view_class = _Results
    register_widget = False


article_chooser = ArticleChooserViewSet("shop_article_chooser")
ArticleChooserBlock = article_chooser.get_block_class("ArticleChooserBlock", "shop.halls.choosers")
