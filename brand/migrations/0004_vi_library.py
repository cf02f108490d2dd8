"""The VI library: categories (an editable list that begins filled), assets, versions, files."""

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import brand.private
from lib.migrating import Narrowly

# system, slug, name, name in English, place in the list
CATEGORIES = [
    ("basic", "logo", "标志", "Logo", 10),
    ("basic", "wordmark", "标准字", "Wordmark", 20),
    ("basic", "colour", "标准色", "Colours", 30),
    ("basic", "type", "字体", "Type", 40),
    ("basic", "mascot", "吉祥物", "Mascot", 50),
    ("basic", "pattern", "辅助图形", "Pattern", 60),
    ("application", "sign", "门头招牌", "Shop sign", 10),
    ("application", "door-plate", "门牌", "Door plate", 20),
    ("application", "badge", "工牌", "Badge", 30),
    ("application", "uniform", "工作服", "Uniform", 40),
    ("application", "parasol", "遮阳伞", "Parasol", 50),
    ("application", "light-box", "灯箱", "Light box", 60),
    ("application", "bag", "手提袋", "Carrier bag", 70),
    ("application", "box", "包装盒", "Box", 80),
    ("application", "label", "标签", "Label", 90),
    ("application", "banner", "横幅", "Banner", 100),
    ("application", "plaque", "授权牌", "Licence plaque", 110),
    ("application", "vehicle", "车身", "Vehicle", 120),
]


def list_categories(apps, schema_editor):
    """Fill the list of categories; a county edits it in the back office."""
    category = apps.get_model("brand", "VICategory")
    category.objects.bulk_create(
        category(system=system, slug=slug, name=name, name_en=name_en, position=position)
        for system, slug, name, name_en, position in CATEGORIES
    )


class Migration(migrations.Migration):
    dependencies = [
        ("brand", "0003_foundations"),
    ]

    operations = [
        Narrowly(
            migrations.CreateModel(
                name="VICategory",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "system",
                        models.CharField(
                            choices=[("basic", "basic system"), ("application", "application system")],
                            max_length=12,
                            verbose_name="system",
                        ),
                    ),
                    (
                        "slug",
                        models.SlugField(
                            help_text="Part of the address: letters, digits, dashes.",
                            max_length=32,
                            unique=True,
                            verbose_name="slug",
                        ),
                    ),
                    ("name", models.CharField(max_length=32, verbose_name="name")),
                    ("name_en", models.CharField(blank=True, max_length=48, verbose_name="name in English")),
                    (
                        "position",
                        models.PositiveSmallIntegerField(
                            default=100, help_text="Smaller ones come first.", verbose_name="position"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "VI category",
                    "verbose_name_plural": "VI categories",
                    "ordering": ["-system", "position", "name"],
                },
            ),
            migrations.CreateModel(
                name="VIAsset",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "slug",
                        models.SlugField(
                            help_text="Part of the address, once in a county: logo-upright.",
                            max_length=64,
                            verbose_name="slug",
                        ),
                    ),
                    ("title", models.CharField(max_length=80, verbose_name="title")),
                    (
                        "keywords",
                        models.CharField(
                            blank=True,
                            help_text="What people also call it. Not shown.",
                            max_length=200,
                            verbose_name="search words",
                        ),
                    ),
                    ("summary", models.TextField(blank=True, verbose_name="what it is for")),
                    (
                        "access",
                        models.CharField(
                            choices=[
                                ("public", "everybody"),
                                ("members", "members"),
                                ("licensees", "licensees"),
                            ],
                            default="members",
                            max_length=12,
                            verbose_name="who may download",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("published", "published"),
                                ("withdrawn", "withdrawn"),
                            ],
                            default="draft",
                            editable=False,
                            max_length=12,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "position",
                        models.PositiveSmallIntegerField(
                            default=100, help_text="Smaller ones come first.", verbose_name="position"
                        ),
                    ),
                    (
                        "clear_space",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            help_text="On every side, as a share of the height: 0.25 is a quarter.",
                            max_digits=4,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(2),
                            ],
                            verbose_name="clear space",
                        ),
                    ),
                    (
                        "least_mm",
                        models.DecimalField(
                            blank=True,
                            decimal_places=1,
                            max_digits=6,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(1)],
                            verbose_name="least height in print, mm",
                        ),
                    ),
                    (
                        "least_px",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="least height on screens, px"
                        ),
                    ),
                    (
                        "formats",
                        models.CharField(
                            default="|",
                            editable=False,
                            help_text="Formats of the current version between bars, |pdf|svg|: kept by brand.vi.publishing.",
                            max_length=80,
                        ),
                    ),
                    ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                    ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                    (
                        "products",
                        models.ManyToManyField(
                            blank=True,
                            help_text="For licensees only: of these products. None chosen: of any.",
                            related_name="vi_assets",
                            to="brand.product",
                            verbose_name="products",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="vi_assets",
                            to="brand.region",
                            verbose_name="county",
                        ),
                    ),
                    (
                        "category",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="assets",
                            to="brand.vicategory",
                            verbose_name="category",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "VI asset",
                    "verbose_name_plural": "VI assets",
                    "ordering": ["position", "title", "pk"],
                    "indexes": [
                        models.Index(
                            fields=["region", "state", "category", "position"], name="vi_asset_of_category"
                        ),
                        models.Index(
                            fields=["region", "state", "position", "title"], name="vi_asset_in_order"
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("region", "slug"),
                            name="vi_asset_slug_once_per_county",
                            violation_error_message="Another asset of this county has this address.",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="VIColour",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                    ("name", models.CharField(max_length=32, verbose_name="name")),
                    (
                        "hex",
                        models.CharField(
                            help_text="Hexadecimal: #1F6B3A.",
                            max_length=7,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "^#[0-9A-Fa-f]{6}$", "# and six of 0–9, A–F: #1F6B3A."
                                )
                            ],
                            verbose_name="on screens",
                        ),
                    ),
                    (
                        "cmyk",
                        models.CharField(
                            blank=True,
                            help_text="C M Y K in percent: 85 30 95 20.",
                            max_length=16,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "^(100|\\d{1,2})([ /,]+(100|\\d{1,2})){3}$",
                                    "Four numbers from 0 to 100: 85 30 95 20.",
                                )
                            ],
                            verbose_name="four-colour print",
                        ),
                    ),
                    (
                        "pantone",
                        models.CharField(
                            blank=True,
                            help_text="As in the fan: 349 C.",
                            max_length=24,
                            verbose_name="Pantone",
                        ),
                    ),
                    ("words", models.CharField(blank=True, max_length=60, verbose_name="where it is used")),
                    (
                        "asset",
                        modelcluster.fields.ParentalKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="colours",
                            to="brand.viasset",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "colour",
                    "verbose_name_plural": "colours",
                    "ordering": ["sort_order"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="VIExample",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[("do", "do"), ("dont", "don't")],
                            default="do",
                            max_length=4,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "picture",
                        models.ImageField(blank=True, upload_to="vi/examples/", verbose_name="picture"),
                    ),
                    ("words", models.CharField(max_length=80, verbose_name="in words")),
                    (
                        "asset",
                        modelcluster.fields.ParentalKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="examples",
                            to="brand.viasset",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "do or don't",
                    "verbose_name_plural": "do and don't",
                    "ordering": ["sort_order"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="VIVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                    ("notes", models.TextField(blank=True, verbose_name="what changed")),
                    ("current", models.BooleanField(default=False, editable=False, verbose_name="current")),
                    ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                    (
                        "published_at",
                        models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published"),
                    ),
                    (
                        "preview",
                        models.CharField(
                            choices=[
                                ("pending", "being drawn"),
                                ("ready", "drawn"),
                                ("failed", "cannot be drawn"),
                            ],
                            default="pending",
                            max_length=8,
                            verbose_name="picture",
                        ),
                    ),
                    ("preview_note", models.TextField(blank=True, verbose_name="note on the picture")),
                    ("preview_marked", models.BooleanField(default=True, editable=False)),
                    ("preview_small", models.FileField(blank=True, editable=False, upload_to="vi/previews/")),
                    ("preview_large", models.FileField(blank=True, editable=False, upload_to="vi/previews/")),
                    ("preview_width", models.PositiveSmallIntegerField(default=0, editable=False)),
                    ("preview_height", models.PositiveSmallIntegerField(default=0, editable=False)),
                    (
                        "asset",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="versions",
                            to="brand.viasset",
                            verbose_name="asset",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "VI version",
                    "verbose_name_plural": "VI versions",
                    "ordering": ["-number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("asset", "number"), name="vi_version_number_once"),
                        models.UniqueConstraint(
                            condition=models.Q(("current", True)),
                            fields=("asset",),
                            name="vi_version_one_current",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("current", False), ("published_at__isnull", False), _connector="OR"
                            ),
                            name="vi_version_current_is_published",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VIFile",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "format",
                        models.CharField(
                            choices=[
                                ("svg", "SVG"),
                                ("ai", "AI"),
                                ("pdf", "PDF"),
                                ("png", "PNG"),
                                ("jpg", "JPG"),
                                ("tif", "TIFF"),
                                ("zip", "ZIP"),
                            ],
                            max_length=4,
                            verbose_name="format",
                        ),
                    ),
                    ("is_cmyk", models.BooleanField(default=False, verbose_name="in print colours (CMYK)")),
                    ("name", models.CharField(max_length=120, verbose_name="file name")),
                    (
                        "file",
                        models.FileField(
                            max_length=200,
                            storage=brand.private.private_storage,
                            upload_to="",
                            verbose_name="file",
                        ),
                    ),
                    ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                    ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                    ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="width")),
                    ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="height")),
                    ("pages", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="pages")),
                    ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="files",
                            to="brand.viversion",
                            verbose_name="version",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "VI file",
                    "verbose_name_plural": "VI files",
                    "ordering": ["format", "is_cmyk", "name"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("version", "sha256"),
                            name="vi_file_content_once_per_version",
                            violation_error_message="This file is in this version already.",
                        ),
                        models.UniqueConstraint(
                            fields=("version", "name"),
                            name="vi_file_name_once_per_version",
                            violation_error_message="This version has a file of that name.",
                        ),
                    ],
                },
            ),
        ),
        migrations.RunPython(list_categories, migrations.RunPython.noop),
    ]
