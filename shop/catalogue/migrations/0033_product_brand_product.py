import django.db.models.deletion
from django.db import migrations, models

from lib.migrating import Narrowly


class Migration(migrations.Migration):
    dependencies = [
        ("brand", "0001_initial"),
        ("catalogue", "0032_category_exclude_from_menu_category_long_description"),
    ]

    operations = [
        Narrowly(
            migrations.AddField(
                model_name="product",
                name="brand_product",
                field=models.ForeignKey(
                    blank=True,
                    help_text="Decides in which county's hall it is sold and which trace record it shows.",
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="articles",
                    to="brand.product",
                    verbose_name="licensed product",
                ),
            ),
        ),
    ]
