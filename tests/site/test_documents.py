"""Documents of the library are judged by their content."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from wagtail.documents.models import Document

from tests.factories.accounts import person
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheet() -> bytes:
    kept = BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def with_macros() -> bytes:
    kept = BytesIO(sheet())
    with zipfile.ZipFile(kept, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"Sub AutoOpen")
    return kept.getvalue()


@pytest.fixture
def editor(client: Client) -> Client:
    county()
    client.force_login(person("editor"))
    return client


def send(editor: Client, name: str, content: bytes):
    facts = {"title": name, "file": SimpleUploadedFile(name, content), "collection": "1", "tags": ""}
    return editor.post("/cms/documents/add/", facts)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.xlsx", sheet()),
        ("名单.csv", "户主,亩数\n王桂花,4\n".encode("gb18030")),
        ("通知.txt", "明早八点开会。".encode()),
        ("通知.doc", OLD + bytes(600)),
    ],
)
def test_what_an_office_sends_around_is_taken(editor: Client, name: str, content: bytes):
    assert send(editor, name, content).status_code == 302
    assert Document.objects.get().title == name


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.xlsx", b"MZ\x90\x00 a program", "文件内容"),
        ("名单.docx", sheet(), "文件内容"),
        ("名单.pdf", b"<html><script>", "文件内容"),
        ("名单.csv", b"\x7fELF\x02\x00\x00", "不是文本"),
        ("名单.xlsx", with_macros(), "宏"),
        ("名单.xls", OLD + bytes(600) + "_VBA_PROJECT_CUR".encode("utf-16-le") + bytes(90), "宏"),
        ("名单.exe", b"MZ", "exe"),
        ("名单.svg", b"<svg onload='x'/>", "svg"),
    ],
)
def test_what_is_something_else_is_refused_in_words(editor: Client, name: str, content: bytes, said: str):
    answer = send(editor, name, content)
    assert answer.status_code == 200 and said in answer.content.decode()
    assert not Document.objects.exists()
