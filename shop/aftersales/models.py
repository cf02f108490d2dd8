"""Claims of buyers with their photos, and which goods may be sent back without a reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage
from shop.catalogue.models import Product
from shop.order.models import Line


class ReturnTerms(models.Model):
    """Whether a kind of goods, or one article, may be sent back within seven days without a reason.

    消费者权益保护法 art. 25: yes, unless the goods are perishable, made to order, or were shown on the page
    as not fit for it. Rows are dated, so that an order keeps what its buyer was told.
    """

    class Terms(models.TextChoices):
        SEVEN_DAYS = "seven_days", _("seven days without a reason")
        PERISHABLE = "perishable", _("no return without a reason: fresh and perishable")
        MADE_TO_ORDER = "made_to_order", _("no return without a reason: made to order")

    product_class = models.ForeignKey(
        "catalogue.ProductClass",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="return_terms",
        verbose_name=_("kind of goods"),
    )
    product = models.ForeignKey(
        Product,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="return_terms",
        verbose_name=_("article"),
        help_text=_("Goes before the kind of goods."),
    )
    terms = models.CharField(_("sending back"), max_length=16, choices=Terms.choices)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("rule for sending back")
        verbose_name_plural = _("rules for sending back")
        ordering = ["-since", "-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.CheckConstraint(
                condition=Q(product_class=None) ^ Q(product=None), name="return_terms_of_kind_or_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product or self.product_class}: {self.get_terms_display()}"


class Claim(models.Model):
    """What a buyer asks for one line of an order. Its state moves by `shop.aftersales.states` alone.

    `due_at` is until when the side whose turn it is has time; what happens then stands in
    `shop.aftersales.deadlines`. `amount` is what goes back to the buyer: asked first, then granted.
    """

    class Kind(models.TextChoices):
        REFUND = "refund", _("money back, goods stay")
        RETURN = "return", _("send back, money back")
        EXCHANGE = "exchange", _("send back, get another")
        SPOILAGE = "spoilage", _("arrived spoiled")

    class Reason(models.TextChoices):
        NO_REASON = "no_reason", _("no reason (seven days)")
        SPOILED = "spoiled", _("spoiled or rotten")
        DAMAGED = "damaged", _("broken on the way")
        WRONG = "wrong", _("not what I ordered")
        SHORT = "short", _("too little in it")
        NOT_AS_SHOWN = "not_as_shown", _("not as the page says")
        NOT_ARRIVED = "not_arrived", _("did not arrive")

    class State(models.TextChoices):
        OPEN = "open", _("waiting for the seller")
        RETURNING = "returning", _("waiting for the buyer to send it back")
        BACK = "back", _("on its way back")
        RESENDING = "resending", _("the seller sends another")
        REFUNDING = "refunding", _("money is on its way back")
        REFUSED = "refused", _("refused by the seller")
        OFFICE = "office", _("with the office")
        SETTLED = "settled", _("settled")
        REJECTED = "rejected", pgettext_lazy("claim", "rejected")
        WITHDRAWN = "withdrawn", pgettext_lazy("claim", "withdrawn")

    number = models.CharField(_("number"), max_length=24, unique=True)
    line = models.ForeignKey(Line, models.PROTECT, related_name="claims", verbose_name=_("article"))
    kind = models.CharField(_("asks for"), max_length=12, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    quantity = models.PositiveIntegerField(_("quantity"))
    words = models.TextField(_("what is wrong"), max_length=500, blank=True)
    code = models.ForeignKey(
        "record.Code",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("code on the package"),
    )
    amount = models.DecimalField(_("money back"), max_digits=12, decimal_places=2, default=0)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.OPEN, db_index=True
    )
    made_at = models.DateTimeField(_("made at"))
    due_at = models.DateTimeField(_("answer until"), null=True, blank=True, db_index=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    return_to = models.CharField(_("send back to"), max_length=200, blank=True)
    carrier = models.CharField(_("carrier"), max_length=40, blank=True)
    waybill = models.CharField(_("waybill number"), max_length=40, blank=True)
    came_back_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    replacement = models.OneToOneField(
        "fengtu_shop.Consignment",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("replacement"),
    )
    refund = models.OneToOneField(
        "fengtu_shop.Refund",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claim",
        verbose_name=_("refund"),
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-made_at", "-pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=~Q(state__in=["settled", "rejected", "withdrawn"]),
                name="one_open_claim_per_line",
                violation_error_message=_("A claim on this article is open already."),
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="claim_of_something"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="claim_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return self.number


class ClaimGift(models.Model):
    """A gift whose condition goes with the article: it comes back too, or its value is `deducted`."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="gifts", verbose_name=_("claim"))
    line = models.ForeignKey(Line, models.PROTECT, related_name="+", verbose_name=_("gift"))
    quantity = models.PositiveIntegerField(_("quantity"))
    deducted = models.DecimalField(_("taken off for it"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("gift of a claim")
        verbose_name_plural = _("gifts of a claim")
        ordering = ["claim", "pk"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["claim", "line"], name="gift_of_a_claim_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(deducted__gte=0), name="gift_of_a_claim_counts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim.number}: {self.line.title}"


def _photo_path(photo: "ClaimPhoto", name: str) -> str:
    return f"claims/{photo.claim.number}/{name}"


class ClaimPhoto(models.Model):
    """A photo to a claim: for the buyer, the seller and the office, nobody else."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="photos", verbose_name=_("claim"))
    file = models.ImageField(_("photo"), upload_to=_photo_path, storage=private_storage)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("photo of a claim")
        verbose_name_plural = _("photos of a claim")
        ordering = ["claim", "pk"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return f"{self.claim.number} {self.pk}"
