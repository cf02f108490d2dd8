"""Which documents disclosures have named, filled from what they name now and from their versions."""

import json
import re

import django.db.models.deletion
from django.db import migrations, models

from lib.migrating import Narrowly

_LINKS = re.compile(r"<a\b[^>]*>")
_KEY = re.compile(r'\bid=\\*"(\d+)')


def fill(apps, schema_editor):
    """Write the rows without the models: rendering those of all apps takes longer than everything else here."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT document_id FROM openness_disclosurepaper")
        named = {key for (key,) in cursor.fetchall()}
        cursor.execute(
            "SELECT CAST(content AS TEXT) FROM wagtailcore_revision JOIN django_content_type kind"
            " ON kind.id = content_type_id WHERE kind.app_label = %s AND kind.model = %s",
            ["openness", "disclosurepage"],
        )
        for (content,) in cursor.fetchall():
            named |= named_in(json.loads(content))
        cursor.execute("SELECT id FROM wagtaildocs_document")
        there = {key for (key,) in cursor.fetchall()}
        cursor.executemany(
            "INSERT INTO openness_nameddocument (document_id) VALUES (%s)",
            [[key] for key in sorted(named & there)],
        )


def named_in(content):
    """Return the keys of the documents a version names."""
    links = [link for link in _LINKS.findall(content.get("body") or "") if "document" in link]
    papers = {paper["document"] for paper in content.get("papers") or [] if paper.get("document")}
    return papers | {int(key) for link in links for key in _KEY.findall(link)}


class Migration(migrations.Migration):
    dependencies = [
        ("openness", "0001_window"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        Narrowly(
            migrations.CreateModel(
                name="NamedDocument",
                fields=[
                    (
                        "document",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            primary_key=True,
                            related_name="+",
                            serialize=False,
                            to="wagtaildocs.document",
                            verbose_name="document",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "document a disclosure has named",
                    "verbose_name_plural": "documents disclosures have named",
                },
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
