"""Papers: kinds of certification, numbers of certificates and tests, laboratory reports, SMS enquiries."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from lib.migrating import Narrowly
from record.papers.numbers import new_number

# name, has an end, place in the list
KINDS = [
    ("绿色食品", True, 10),
    ("有机产品", True, 11),
    ("农产品地理标志", False, 12),
    ("地理标志", False, 13),
    ("国家地理标志", False, 14),
    ("无公害农产品", True, 15),
    ("名特优新农产品", False, 20),
    ("SC 食品生产许可", True, 30),
    ("良好农业规范 GAP", True, 31),
    ("食品接触用玻璃检测", True, 40),
]


def list_kinds(apps, schema_editor):
    """Fill the list of kinds, and let every certification point at its own."""
    kind_model = apps.get_model("record", "CertificationKind")
    for name, expires, place in KINDS:
        kind_model.objects.create(name=name, expires=expires, place=place)
    for paper in apps.get_model("record", "Certification").objects.all():
        paper.kind = kind_model.objects.get_or_create(name=paper.kind_name)[0]
        paper.save(update_fields=["kind"])


def name_kinds(apps, schema_editor):
    """Write the name of the kind back, for the way back."""
    for paper in apps.get_model("record", "Certification").objects.select_related("kind"):
        paper.kind_name = paper.kind.name
        paper.save(update_fields=["kind_name"])


def number_papers(apps, schema_editor):
    """Give what has none a number of its own day; turn reports that were a number into reports."""
    for paper in apps.get_model("record", "ConformityCertificate").objects.all():
        paper.number = new_number("HG", on=paper.issued_on)
        paper.save(update_fields=["number"])
    report_model = apps.get_model("record", "LaboratoryReport")
    for test in apps.get_model("record", "ResidueTest").objects.all():
        day = timezone.localdate(test.tested_at)
        test.number = new_number("JC", on=day)
        test.save(update_fields=["number"])
        if test.laboratory_report:
            report_model.objects.create(
                test=test, number=test.laboratory_report, issued_on=day, result="clean"
            )


def name_reports(apps, schema_editor):
    """Write the number of the report that cleared a test back, for the way back."""
    for report in apps.get_model("record", "LaboratoryReport").objects.filter(result="clean"):
        report.test.laboratory_report = report.number
        report.test.save(update_fields=["laboratory_report"])


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0004_code_runs"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Narrowly(
            migrations.CreateModel(
                name="CertificationKind",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(max_length=40, unique=True, verbose_name="name")),
                    (
                        "expires",
                        models.BooleanField(
                            default=True,
                            help_text="Then the end must be filled in, and operators are reminded before it.",
                            verbose_name="has an end",
                        ),
                    ),
                    ("place", models.PositiveSmallIntegerField(default=50, verbose_name="place in the list")),
                ],
                options={
                    "verbose_name": "kind of certification",
                    "verbose_name_plural": "kinds of certification",
                    "ordering": ["place", "name"],
                },
            ),
            migrations.CreateModel(
                name="LaboratoryReport",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.CharField(max_length=60, verbose_name="report number")),
                    ("laboratory", models.CharField(blank=True, max_length=80, verbose_name="laboratory")),
                    ("issued_on", models.DateField(verbose_name="issued on")),
                    (
                        "result",
                        models.CharField(
                            choices=[("clean", "within the limits"), ("exceeded", "over a limit")],
                            max_length=10,
                            verbose_name="result",
                        ),
                    ),
                    (
                        "test",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="record.residuetest",
                            verbose_name="residue test",
                        ),
                    ),
                    (
                        "document",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="wagtaildocs.document",
                            verbose_name="document",
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="entered by",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "laboratory report",
                    "verbose_name_plural": "laboratory reports",
                    "ordering": ["issued_on", "id"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("test", "number"), name="laboratory_report_once_per_test"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("number", ""), _negated=True),
                            name="laboratory_report_has_a_number",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("result__in", ["clean", "exceeded"])),
                            name="laboratory_result_known",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="SmsEnquiry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("gateway", models.CharField(max_length=16, verbose_name="gateway")),
                    ("message_id", models.CharField(max_length=80, verbose_name="number of the message")),
                    ("sender", models.CharField(max_length=32, verbose_name="sender's mark")),
                    ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
                    ("serial", models.CharField(blank=True, max_length=16, verbose_name="serial")),
                    ("verdict", models.CharField(blank=True, max_length=12, verbose_name="verdict")),
                    ("answer", models.CharField(blank=True, max_length=70, verbose_name="answer")),
                    ("received_at", models.DateTimeField(verbose_name="received at")),
                ],
                options={
                    "verbose_name": "SMS enquiry",
                    "verbose_name_plural": "SMS enquiries",
                    "ordering": ["-received_at", "-id"],
                    "indexes": [
                        models.Index(fields=["sender", "received_at"], name="sms_by_sender_and_time")
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("gateway", "message_id"), name="sms_message_once")
                    ],
                },
            ),
            migrations.AlterModelOptions(
                name="conformitycertificate",
                options={
                    "ordering": ["-issued_on", "-id"],
                    "verbose_name": "conformity certificate",
                    "verbose_name_plural": "conformity certificates",
                },
            ),
            migrations.AlterField(
                model_name="conformitycertificate",
                name="batch",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="conformity_certificates",
                    to="record.batch",
                    verbose_name="batch",
                ),
            ),
            migrations.AlterField(
                model_name="residuetest",
                name="batch",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="residue_tests",
                    to="record.batch",
                    verbose_name="batch",
                ),
            ),
            migrations.AddField(
                model_name="conformitycertificate",
                name="issued_by",
                field=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entered by",
                ),
            ),
            migrations.AddField(
                model_name="conformitycertificate",
                name="number",
                field=models.CharField(default="", editable=False, max_length=20, verbose_name="number"),
            ),
            migrations.AddField(
                model_name="conformitycertificate",
                name="withdrawal_reason",
                field=models.CharField(
                    blank=True, editable=False, max_length=200, verbose_name="why it was withdrawn"
                ),
            ),
            migrations.AddField(
                model_name="conformitycertificate",
                name="withdrawn_at",
                field=models.DateTimeField(
                    blank=True, editable=False, null=True, verbose_name="withdrawn at"
                ),
            ),
            migrations.AddField(
                model_name="residuetest",
                name="entered_by",
                field=models.ForeignKey(
                    blank=True,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="entered by",
                ),
            ),
            migrations.AddField(
                model_name="residuetest",
                name="method",
                field=models.CharField(
                    choices=[
                        ("enzyme", "enzyme inhibition"),
                        ("sensor", "enzyme inhibition, handheld device"),
                        ("other", "another quick method"),
                    ],
                    default="enzyme",
                    max_length=12,
                    verbose_name="method",
                ),
            ),
            migrations.AddField(
                model_name="residuetest",
                name="number",
                field=models.CharField(default="", editable=False, max_length=20, verbose_name="number"),
            ),
            migrations.AddField(
                model_name="residuetest",
                name="photo",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to="wagtailimages.image",
                    verbose_name="photo of the result",
                ),
            ),
            migrations.AddField(
                model_name="residuetest",
                name="sample",
                field=models.CharField(
                    blank=True,
                    help_text="What was taken, how much, where.",
                    max_length=80,
                    verbose_name="sample",
                ),
            ),
            migrations.AlterField(
                model_name="residuetest",
                name="inhibition",
                field=models.DecimalField(
                    decimal_places=2,
                    help_text="From 50 % on it is positive: the batch waits for a laboratory.",
                    max_digits=5,
                    validators=[
                        django.core.validators.MinValueValidator(Decimal("-20")),
                        django.core.validators.MaxValueValidator(Decimal("100")),
                    ],
                    verbose_name="inhibition by organophosphates and carbamates, %",
                ),
            ),
            migrations.RenameField(model_name="certification", old_name="kind", new_name="kind_name"),
            migrations.AlterField(
                model_name="certification",
                name="kind_name",
                field=models.CharField(blank=True, default="", max_length=40),
            ),
            migrations.AddField(
                model_name="certification",
                name="kind",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="certifications",
                    to="record.certificationkind",
                    verbose_name="kind",
                ),
            ),
        ),
        migrations.RunPython(list_kinds, name_kinds),
        migrations.RunPython(number_papers, name_reports),
        Narrowly(
            migrations.RemoveField(model_name="certification", name="kind_name"),
            migrations.AlterField(
                model_name="certification",
                name="kind",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="certifications",
                    to="record.certificationkind",
                    verbose_name="kind",
                ),
            ),
            migrations.RemoveField(model_name="residuetest", name="laboratory_report"),
            migrations.AlterField(
                model_name="conformitycertificate",
                name="number",
                field=models.CharField(editable=False, max_length=20, unique=True, verbose_name="number"),
            ),
            migrations.AlterField(
                model_name="residuetest",
                name="number",
                field=models.CharField(editable=False, max_length=20, unique=True, verbose_name="number"),
            ),
            migrations.AddConstraint(
                model_name="conformitycertificate",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("withdrawn_at__isnull", True)),
                    fields=("batch",),
                    name="one_standing_certificate",
                ),
            ),
            migrations.AddConstraint(
                model_name="conformitycertificate",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True)),
                        models.Q(
                            ("withdrawn_at__isnull", False),
                            models.Q(("withdrawal_reason", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="certificate_withdrawal_has_a_reason",
                ),
            ),
        ),
    ]
