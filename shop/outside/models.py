"""Halls on other platforms, and their sales by day as the platform's own report states them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OutsideHall(models.Model):
    """A county's shop on another platform. Shown on the hall's page while `shown`."""

    class Platform(models.TextChoices):
        """Where it is."""

        JD = "jd", _("JD")
        TMALL = "tmall", _("Tmall")
        TAOBAO = "taobao", _("Taobao")
        PDD = "pdd", _("Pinduoduo")
        DOUYIN = "douyin", _("Douyin")
        KUAISHOU = "kuaishou", _("Kuaishou")
        WECHAT = "wechat", _("WeChat shop")
        PROGRAMME_832 = "832", _("platform 832")
        OFFLINE = "offline", _("shop in a street")
        OTHER = "other", _("elsewhere")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="outside_halls", verbose_name=_("county")
    )
    platform = models.CharField(_("platform"), max_length=12, choices=Platform)
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address on the web"), max_length=300, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    shown = models.BooleanField(_("shown in the hall"), default=True)

    class Meta:
        verbose_name = _("outside hall")
        verbose_name_plural = _("outside halls")
        ordering = ["region", "platform", "name"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["region", "platform", "name"], name="outside_hall_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} {self.name}"


class OutsideSale(models.Model):
    """What one outside hall sold on one day. A figure that is entered again replaces the earlier one."""

    hall = models.ForeignKey(
        OutsideHall, models.PROTECT, related_name="sales", verbose_name=_("outside hall")
    )
    day = models.DateField(_("day"))
    orders = models.PositiveIntegerField(_("orders"), default=0)
    amount = models.DecimalField(pgettext_lazy("money", "amount"), max_digits=12, decimal_places=2)
    refunded = models.DecimalField(_("refunded"), max_digits=12, decimal_places=2, default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sales of an outside hall")
        verbose_name_plural = _("sales of outside halls")
        ordering = ["-day", "hall"]
        app_label = "fengtu_shop"
        constraints = [
            models.UniqueConstraint(fields=["hall", "day"], name="outside_sale_once_a_day"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, refunded__gte=0), name="outside_sale_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hall} {self.day:%Y-%m-%d}"


class OutsideOrder(models.Model):
    """An order that was taken and paid elsewhere and is sent from here, under its number there."""

    order = models.OneToOneField(
        "order.Order", models.CASCADE, related_name="outside", verbose_name=pgettext_lazy("purchase", "order")
    )
    hall = models.ForeignKey(
        OutsideHall, models.PROTECT, related_name="orders_sent", verbose_name=_("outside hall")
    )
    number = models.CharField(_("number there"), max_length=40)

    class Meta:
        verbose_name = _("order from outside")
        verbose_name_plural = _("orders from outside")
        app_label = "fengtu_shop"
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="outside_order_once")]

    def __str__(self) -> str:
        return self.number
