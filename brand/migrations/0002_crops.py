"""Crops, and what crop a product is."""

import django.db.models.deletion
from django.db import migrations, models

from lib.migrating import Narrowly


class Migration(migrations.Migration):
    dependencies = [("brand", "0001_initial")]

    operations = [
        Narrowly(
            migrations.CreateModel(
                name="Crop",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=32, unique=True, verbose_name="name")),
                    ("name_en", models.CharField(blank=True, max_length=32, verbose_name="English name")),
                    (
                        "base_temperature",
                        models.DecimalField(
                            blank=True,
                            decimal_places=1,
                            help_text=(
                                "Below it the crop does not grow."
                                " The record of a batch adds up how far each day's mean was above."
                            ),
                            max_digits=4,
                            null=True,
                            verbose_name="base temperature in ℃",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "crop",
                    "verbose_name_plural": "crops",
                    "ordering": ["name"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("base_temperature", None),
                                ("base_temperature__range", (-10, 30)),
                                _connector="OR",
                            ),
                            name="crop_base_temperature_plausible",
                            violation_error_message="A base temperature lies between -10 and 30 ℃.",
                        )
                    ],
                },
            ),
            migrations.AddField(
                model_name="product",
                name="crop",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="products",
                    to="brand.crop",
                    verbose_name="crop",
                ),
            ),
        ),
    ]
