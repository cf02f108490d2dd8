"""The forms of articles and sizes: what was typed becomes one saved article, or is refused in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import Image
from wagtail.images.widgets import AdminImageChooser

from brand.back_office.slugs import TitledForm
from lib.films import NotAFilm, look_into
from shop.catalogue.models import Category, Product, ProductClass
from shop.catalogue.saving import NotToBeSold, Price, check_article, kind_of_goods, save_article
from shop.gallery.keeping import keep_film
from shop.gallery.models import ArticleFilm
from shop.partner.models import StockRecord

PICTURES = 6
PICTURE_FIELDS = [f"picture_{number}" for number in range(1, PICTURES + 1)]


class PricedForm(TitledForm):
    """What articles and sizes have in common: the price at the maker's stock."""

    price = forms.DecimalField(
        label=_("price in yuan"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    was_price = forms.DecimalField(
        label=_("struck price"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    was_basis = forms.CharField(
        label=_("basis of the struck price"),
        max_length=100,
        required=False,
        help_text=_("Shown with it: 11 月 1 日前 30 天在本馆的成交价"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if stock := self._stock():
            for name in ("price", "was_price", "was_basis"):
                self.fields[name].initial = getattr(stock, name)

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be sold like this, in the words of the rule."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._post_clean_structure(cleaned)
        if not self.errors:
            try:
                check_article(self._as_meant(cleaned), self.told_price(cleaned))
            except NotToBeSold as error:
                self.add_error(None, str(error))
        return cleaned

    def told_price(self, cleaned: dict[str, Any]) -> Price:
        """Return the price that was typed."""
        return Price(cleaned.get("price"), cleaned.get("was_price"), cleaned.get("was_basis", ""))

    def _stock(self) -> StockRecord | None:
        return self.instance.stockrecords.order_by("pk").first() if self.instance.pk else None

    def _as_meant(self, cleaned: dict[str, Any]) -> Product:
        """Return the article with what decides whether it may be sold."""
        return Product(
            structure=self.instance.structure,
            brand_product=cleaned.get("brand_product"),
            parent=cleaned.get("parent"),
        )

    def _post_clean_structure(self, cleaned: dict[str, Any]) -> None:
        """Let a form decide what the article is."""


def _picture_fields() -> dict[str, forms.Field]:
    return {
        name: forms.ModelChoiceField(
            label=_("picture"), queryset=Image.objects.all(), required=False, widget=AdminImageChooser
        )
        for name in PICTURE_FIELDS
    }


PicturedForm: Any = type("PicturedForm", (PricedForm,), {**_picture_fields(), "__doc__": "With pictures."})


class ArticleForm(PicturedForm):
    """An article."""

    several = forms.BooleanField(
        label=_("sold in several sizes"),
        required=False,
        help_text=_("Each size then has its own price; they are added below Sizes. Decided once."),
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("categories"),
        queryset=Category.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    film_video = forms.FileField(
        label=_("film"), required=False, help_text=_("MP4 with H.264, at most three minutes and 20 MB.")
    )
    film_words = forms.CharField(
        label=_("what is said and seen"), max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["product_class"].empty_label = _("speciality, as most")
        shown = list(self.instance.pictures.all()) if self.instance.pk else []
        for number, name in enumerate(PICTURE_FIELDS):
            self.fields[name].initial = shown[number].image_id if number < len(shown) else None
        if self.instance.pk:
            self.fields["several"].initial = self.instance.is_parent
            self.fields["several"].disabled = True
            self.fields["categories"].initial = self.instance.categories.all()
            film = getattr(self.instance, "film", None)
            self.fields["film_words"].initial = film.words if film else ""

    def clean_product_class(self) -> ProductClass:
        """Take what most goods are where nothing was chosen."""
        chosen: ProductClass | None = self.cleaned_data.get("product_class")
        return chosen or self.instance.product_class or kind_of_goods()

    def clean_film_video(self) -> Any:
        """Look into the film before anything is kept."""
        video = self.cleaned_data.get("film_video")
        if video:
            try:
                look_into(video)
            except NotAFilm as error:
                raise forms.ValidationError(str(error.reason)) from error
        return video

    def clean(self) -> dict[str, Any]:
        """A new film needs its words."""
        cleaned = super().clean()
        if cleaned.get("film_video") and not cleaned.get("film_words", "").strip():
            self.add_error(
                "film_words", _("Say what is said and seen, for people who cannot hear or see it.")
            )
        return cleaned

    def save(self, commit: bool = True) -> Product:
        """Save the article with its price, categories, pictures and film."""
        article: Product = self.instance
        chosen = [self.cleaned_data.get(name) for name in PICTURE_FIELDS]
        save_article(
            article=article,
            price=self.told_price(self.cleaned_data),
            categories=self.cleaned_data["categories"],
            pictures=list(dict.fromkeys(image for image in chosen if image)),
        )
        if self.cleaned_data.get("film_video") or self.cleaned_data.get("film_words", "").strip():
            self._keep_film(article)
        return article

    def _keep_film(self, article: Product) -> None:
        film = ArticleFilm.objects.filter(article=article).first() or ArticleFilm(article=article)
        film.words = self.cleaned_data["film_words"]
        video = self.cleaned_data.get("film_video") or None
        if video or film.pk:
            keep_film(film=film, video=video)

    def _post_clean_structure(self, cleaned: dict[str, Any]) -> None:
        if not self.instance.pk:
            self.instance.structure = Product.PARENT if cleaned.get("several") else Product.STANDALONE


class SizeForm(PricedForm):
    """One size of an article."""

    parent = forms.ModelChoiceField(
        label=_("article"), queryset=Product.objects.filter(structure=Product.PARENT)
    )

    def save(self, commit: bool = True) -> Product:
        """Save the size with its price."""
        self.instance.structure = Product.CHILD
        return save_article(article=self.instance, price=self.told_price(self.cleaned_data))

    def _post_clean_structure(self, cleaned: dict[str, Any]) -> None:
        self.instance.structure = Product.CHILD
