"""The commands of the record: codes and labels from a terminal."""

import zipfile

import pytest
from django.core.management import CommandError, call_command

from record.models import Code
from tests.factories.brand import ProductFactory
from tests.factories.record import BatchFactory, active_code

pytestmark = pytest.mark.django_db


def name(batch):
    return f"{batch.product.gtin}/{batch.lot}"


def test_codes_for_a_batch_and_for_a_product(capsys):
    batch = BatchFactory()
    call_command("issue_codes", name(batch).lower(), quantity=3)
    call_command("issue_codes", batch.product.gtin[1:], quantity=2)
    assert (batch.codes.count(), Code.objects.filter(batch=None).count()) == (3, 2)
    assert batch.lot in capsys.readouterr().out


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("06971406000015", "check digit"),
        ("06901234567892", "no product"),
        ("12", "8, 12, 13 or 14 digits"),
        ("{gtin}/NOSUCH", "no lot NOSUCH"),
        ("{gtin}/", "<gtin>/<lot>"),
    ],
)
def test_a_wrong_name_is_a_clear_error(which, words):
    product = ProductFactory()
    with pytest.raises(CommandError, match=words):
        call_command("issue_codes", which.format(gtin=product.gtin), quantity=1)
    assert not Code.objects.exists()


def test_a_senseless_quantity_is_a_clear_error():
    with pytest.raises(CommandError, match="1,000,000"):
        call_command("issue_codes", ProductFactory().gtin, quantity=0)


def test_labels_as_table_and_drawings(tmp_path):
    code = active_code()
    for kind in ("csv", "zip"):
        call_command("print_labels", name(code.batch), output=tmp_path / f"labels.{kind}")
    table = (tmp_path / "labels.csv").read_text("utf-8-sig")
    assert f"/01/{code.product.gtin}/21/{code.serial}" in table
    with zipfile.ZipFile(tmp_path / "labels.zip") as archive:
        assert f"codes/001/{code.serial}.svg" in archive.namelist()


def test_nothing_to_print_leaves_no_file(tmp_path):
    with pytest.raises(CommandError, match="no codes"):
        call_command("print_labels", name(BatchFactory()), output=tmp_path / "labels.pdf")
    assert not list(tmp_path.iterdir())


def test_another_kind_of_file_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"\.pdf"):
        call_command("print_labels", name(active_code().batch), output=tmp_path / "labels.doc")


def test_void_codes_are_not_printed(tmp_path):
    code = active_code()
    Code.objects.update(state="voided", voided_at=code.issued_at, void_reason="x")
    call_command("print_labels", name(code.batch), output=tmp_path / "labels.csv")
    assert code.serial not in (tmp_path / "labels.csv").read_text("utf-8-sig")
