import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.migrating import Narrowly


class Migration(migrations.Migration):
    dependencies = [
        ("basket", "0012_line_code"),
        ("brand", "0011_vi_downloads"),
        ("fengtu_shop", "0007_claims_presales"),
        ("order", "0024_payments"),
        ("voucher", "0010_auto_20210224_0712"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Narrowly(
            migrations.CreateModel(
                name="HeldCoupon",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "phone",
                        models.CharField(
                            blank=True, db_index=True, max_length=20, verbose_name="phone number"
                        ),
                    ),
                    ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="number")),
                    ("occasion", models.CharField(blank=True, max_length=60, verbose_name="given for")),
                    ("claimed_at", models.DateTimeField(verbose_name="claimed at")),
                    ("expires_at", models.DateTimeField(verbose_name="valid until")),
                    ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                    (
                        "basket",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="coupons_held",
                            to="basket.basket",
                            verbose_name="basket",
                        ),
                    ),
                    (
                        "order",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="coupons",
                            to="order.order",
                            verbose_name="order",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="coupons",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="person",
                        ),
                    ),
                    (
                        "voucher",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="held",
                            to="voucher.voucher",
                            verbose_name="coupon",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "claimed coupon",
                    "verbose_name_plural": "claimed coupons",
                    "ordering": ["-claimed_at", "-pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("user", None), _negated=True),
                            fields=("voucher", "user", "turn"),
                            name="coupon_turn_of_a_person",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(models.Q(("basket", None), _negated=True), ("user", None)),
                            fields=("voucher", "basket", "turn"),
                            name="coupon_turn_of_a_basket",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("occasion", ""), _negated=True),
                            fields=("voucher", "occasion"),
                            name="coupon_once_for_an_occasion",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=40, verbose_name="name")),
                    ("summary", models.CharField(blank=True, max_length=120, verbose_name="in one sentence")),
                    ("starts_at", models.DateTimeField(verbose_name="starts")),
                    ("ends_at", models.DateTimeField(verbose_name="ends")),
                    (
                        "budget",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            help_text="In yuan.",
                            max_digits=12,
                            null=True,
                            verbose_name="budget",
                        ),
                    ),
                    ("published", models.BooleanField(default=False, verbose_name="shown and in force")),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="campaigns",
                            to="brand.region",
                            verbose_name="county",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "campaign",
                    "verbose_name_plural": "campaigns",
                    "ordering": ["-starts_at", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                            name="campaign_ends_after_start",
                        ),
                        models.UniqueConstraint(
                            fields=("region", "name", "starts_at"), name="campaign_once_at_a_time"
                        ),
                    ],
                },
            ),
        ),
    ]
