"""Forms of promotions: what an operator says, read into what `shop.promotions.setting` writes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from shop.catalogue.models import Product
from shop.divisions.areas import UnknownArea, codes_of, names_of
from shop.offer.models import ConditionalOffer
from shop.promotions.coupons import Handed, check_coupon
from shop.promotions.models import Campaign
from shop.promotions.setting import BadPromotion, Wanted, check_offer
from shop.voucher.models import Voucher


class NamedArticles(forms.CharField):
    """Articles by their titles or numbers, one on a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": 3}))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> list[Product]:
        """Return the articles that were named.

        Raises:
            ValidationError: no article, or several, have that title.
        """
        return [self._find(line) for line in super().clean(value).splitlines() if line.strip()]

    def _find(self, written: str) -> Product:
        written = written.strip()
        found = list(Product.objects.filter(title=written)[:2])
        if not found and written.isdecimal():
            found = list(Product.objects.filter(pk=int(written)))
        if len(found) != 1:
            raise ValidationError(
                _("“%(name)s”: no article has this title, or several have. Write its number.")
                % {"name": written}
            )
        return found[0]


def as_lines(articles: Any) -> str:
    """Return articles as `NamedArticles` reads them."""
    return "\n".join(article.title or str(article.pk) for article in articles)


class _Terms(WagtailAdminModelForm):
    """What promotions and coupons have in common."""

    threshold = forms.DecimalField(
        label=gettext_lazy("from, in yuan or pieces"), min_value=0, initial=0, decimal_places=2, max_digits=9
    )
    value = forms.DecimalField(
        label=gettext_lazy("takes off, or costs together"),
        min_value=0,
        initial=0,
        decimal_places=2,
        max_digits=9,
        help_text=gettext_lazy("In yuan; in per cent off for several at a lower price; of a set its price."),
    )
    articles = NamedArticles(
        label=gettext_lazy("articles"),
        help_text=gettext_lazy("Title or number, one on a line. Empty: everything of the county."),
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.select_related("region"),
        label=gettext_lazy("campaign"),
        required=False,
        help_text=gettext_lazy("It then begins and ends with the campaign."),
    )
    starts_at = forms.DateTimeField(label=gettext_lazy("starts"), required=False, widget=AdminDateTimeInput)
    ends_at = forms.DateTimeField(label=gettext_lazy("ends"), required=False, widget=AdminDateTimeInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if offer := self.offer():
            self.initial |= {
                "threshold": offer.condition.value,
                "value": offer.benefit.value or Decimal(0),
                "articles": as_lines(offer.condition.range.included_products.all()),
                "starts_at": offer.start_datetime,
                "ends_at": offer.end_datetime,
                "gift": as_lines([offer.benefit.gift] if offer.benefit.gift else []),
                "gift_quantity": offer.benefit.gift_quantity,
                "by_count": offer.condition.type == offer.condition.COUNT,
            }

    def offer(self) -> ConditionalOffer | None:
        """Return the promotion that is changed."""
        return self.instance if self.instance.pk else None

    def wanted(self) -> Wanted:
        """Return what was said."""
        said = self.cleaned_data
        names = ("kind", "seller", "by_count", "priority", "gift_quantity", "times", "limit")
        facts = {name: said[name] for name in names if said.get(name) is not None or name == "times" in said}
        return Wanted(
            region=said["region"],
            name=said["name"],
            threshold=said["threshold"],
            value=said["value"],
            articles=said["articles"] or None,
            campaign=said.get("campaign"),
            starts_at=said.get("starts_at"),
            ends_at=said.get("ends_at"),
            provinces=said.get("provinces") or (),
            gift=next(iter(said.get("gift") or []), None),
            **facts,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what makes no sense, and a campaign of another county."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        campaign = said.get("campaign")
        if campaign and campaign.region != said.get("region"):
            self.add_error("campaign", _("That is a campaign of another county."))
        if not self.errors:
            try:
                self.check()
            except BadPromotion as refused:
                self.add_error(NON_FIELD_ERRORS, str(refused))
        return said

    def check(self) -> None:
        """Ask the domain whether it can be so."""
        raise NotImplementedError


class OfferForm(_Terms):
    """A promotion."""

    by_count = forms.BooleanField(
        label=gettext_lazy("judged by the number of pieces"), required=False, initial=False
    )
    times = forms.IntegerField(
        label=gettext_lazy("how often in one order"),
        min_value=1,
        required=False,
        initial=1,
        help_text=gettext_lazy("Empty: each time it fits."),
    )
    limit = forms.IntegerField(
        label=gettext_lazy("how often altogether"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )
    gift = NamedArticles(
        label=gettext_lazy("gift"), help_text=gettext_lazy("Title or number of the article.")
    )
    gift_quantity = forms.IntegerField(label=gettext_lazy("number of gifts"), min_value=1, initial=1)
    provinces = forms.CharField(
        label=gettext_lazy("free delivery to"),
        required=False,
        help_text=gettext_lazy("Provinces with commas between them. Empty: everywhere."),
    )

    class Meta:
        model = ConditionalOffer
        fields = ("region", "name", "kind", "seller", "campaign", "priority", "provinces")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].required = True
        if self.instance.pk:
            areas = [area for area in self.instance.provinces.split(",") if area]
            self.initial |= {
                "times": self.instance.max_basket_applications,
                "limit": self.instance.max_global_applications,
                "provinces": names_of(areas),
            }

    def check(self) -> None:
        """Ask `set_offer`'s own question."""
        check_offer(self.wanted(), self.offer())

    def clean_provinces(self) -> list[str]:
        """Return the areas that were named."""
        try:
            return codes_of(self.cleaned_data["provinces"])
        except UnknownArea as refused:
            raise ValidationError(
                _("%(name)s: no such place, or several have this name. Write its code instead.")
                % {"name": refused.name}
            ) from refused

    def _post_clean(self) -> None:
        """Leave the instance alone: `set_offer` writes it."""


class CouponForm(_Terms):
    """A coupon."""

    kind = forms.ChoiceField(
        label=gettext_lazy("kind"),
        choices=[("spend_save", gettext_lazy("an amount off")), ("rate", gettext_lazy("per cent off"))],
    )

    class Meta:
        model = Voucher
        fields = ("region", "name", "audience", "quantity", "per_person", "valid_days", "code", "campaign")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].required = True
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Empty: one is drawn.")
        if offer := self.offer():
            self.initial["kind"] = offer.kind

    def offer(self) -> ConditionalOffer | None:
        """Return what the coupon is worth."""
        return self.instance.offers.first() if self.instance.pk else None

    def check(self) -> None:
        """Ask `set_coupon`'s own question."""
        check_coupon(self.wanted(), self.handed(), self.instance if self.instance.pk else None)

    def handed(self) -> Handed:
        """Return how it is given out."""
        said = self.cleaned_data
        return Handed(
            audience=said["audience"],
            quantity=said["quantity"],
            per_person=said["per_person"],
            valid_days=said["valid_days"],
            code=said["code"].strip().upper(),
        )

    def _post_clean(self) -> None:
        """Leave the instance alone: `set_coupon` writes it."""
