"""Representatives, the trail of acts, counters; the products of a licence become rows with a quantity.

The table of the products stays: it is told to Django as a model, then given its columns and constraints.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lib.migrating import Narrowly


class Migration(migrations.Migration):
    dependencies = [
        ("brand", "0002_crops"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Narrowly(
            migrations.CreateModel(
                name="Counter",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=48, unique=True, verbose_name="series")),
                    ("value", models.PositiveBigIntegerField(default=0, verbose_name="last number")),
                ],
                options={"verbose_name": "counter", "verbose_name_plural": "counters"},
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LicenceProduct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "licence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="covers",
                                to="brand.licence",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="covered_by",
                                to="brand.product",
                                verbose_name="product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product under a licence",
                        "verbose_name_plural": "products under a licence",
                        "db_table": "brand_licence_products",
                        "ordering": ["pk"],
                        "unique_together": {("licence", "product")},
                    },
                ),
                migrations.AlterField(
                    model_name="licence",
                    name="products",
                    field=models.ManyToManyField(
                        related_name="licences",
                        through="brand.LicenceProduct",
                        to="brand.product",
                        verbose_name="products",
                    ),
                ),
            ],
        ),
        Narrowly(
            migrations.AddField(
                model_name="licenceproduct",
                name="quantity",
                field=models.PositiveBigIntegerField(
                    blank=True,
                    help_text="In the whole period. Empty: as many as needed.",
                    null=True,
                    verbose_name="packages",
                ),
            ),
            migrations.AddField(
                model_name="licenceproduct",
                name="codes_drawn",
                field=models.PositiveBigIntegerField(default=0, editable=False, verbose_name="codes drawn"),
            ),
            migrations.AlterUniqueTogether(name="licenceproduct", unique_together=set()),
            migrations.AddConstraint(
                model_name="licenceproduct",
                constraint=models.UniqueConstraint(
                    fields=("licence", "product"), name="licence_product_once"
                ),
            ),
            migrations.AddConstraint(
                model_name="licenceproduct",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("quantity", None), ("codes_drawn__lte", models.F("quantity")), _connector="OR"
                    ),
                    name="licence_codes_within_quantity",
                    violation_error_message="More codes were drawn already than this quantity allows.",
                ),
            ),
            migrations.CreateModel(
                name="Representative",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("since", models.DateTimeField(verbose_name="acting since")),
                    (
                        "member",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="representatives",
                            to="brand.member",
                            verbose_name="member",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="represents",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="person",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "representative",
                    "verbose_name_plural": "representatives",
                    "ordering": ["since", "pk"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("member", "user"), name="representative_once_per_member"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Act",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("subject_id", models.PositiveBigIntegerField()),
                    ("verb", models.SlugField(max_length=32, verbose_name="what")),
                    ("note", models.TextField(blank=True, verbose_name="note")),
                    ("detail", models.JSONField(blank=True, default=dict, verbose_name="detail")),
                    ("at", models.DateTimeField(verbose_name="when")),
                    (
                        "by",
                        models.ForeignKey(
                            blank=True,
                            help_text="Empty: the system, or somebody whose account was deleted.",
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    (
                        "subject_type",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="contenttypes.contenttype",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "act",
                    "verbose_name_plural": "acts",
                    "ordering": ["at", "pk"],
                    "indexes": [
                        models.Index(fields=["subject_type", "subject_id", "at"], name="act_of_subject")
                    ],
                },
            ),
        ),
    ]
