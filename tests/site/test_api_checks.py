"""Codes and licences answer to their exact number, and not to guessing."""

import pytest

from api.endpoints import codes
from association.licences import guessing
from record.models import Batch, Code
from record.scans.recording import record_scan
from tests.factories.brand import LicenceFactory, ProductFactory
from tests.factories.record import NOW, active_code

pytestmark = pytest.mark.django_db
UNKNOWN = "2345678923456789"


def ask(client, serial: str):
    return client.get(f"/api/v1/codes/{serial}")


def test_a_code_is_checked_and_asking_is_no_scan(client, django_assert_max_num_queries):
    code = active_code()
    with django_assert_max_num_queries(2):
        answer = ask(client, code.serial)
    found = answer.json()
    assert (found["verdict"], found["genuine"], found["scan_count"]) == ("first", True, 0)
    assert found["lot"] == code.batch.lot
    assert found["url"].endswith(f"/trace/{code.serial}/")
    assert answer["Cache-Control"] == "no-store"
    code.refresh_from_db()
    assert (code.scan_count, code.scans.count()) == (0, 0)


def test_a_code_is_read_in_any_case_and_grouping(client):
    serial = active_code().serial
    assert ask(client, f"{serial[:4].lower()}-{serial[4:]}").json()["serial"] == serial


def test_what_was_decided_of_a_code_is_told(client):
    code = active_code()
    record_scan(serial=code.serial, device="a" * 32, place=None, at=NOW)
    assert ask(client, code.serial).json()["verdict"] == "again"
    Batch.objects.filter(pk=code.batch_id).update(recalled_at=NOW, recall_reason="农残超标")
    found = ask(client, code.serial).json()
    assert (found["verdict"], found["genuine"]) == ("recalled", False)
    assert found["recall"]["reason"] == "农残超标"
    Code.objects.filter(pk=code.pk).update(state="voided", voided_at=NOW, void_reason="标签丢失")
    assert ask(client, code.serial).json()["verdict"] == "voided"


def test_an_unknown_code_reveals_nothing(client):
    answer = ask(client, UNKNOWN)
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_code")
    assert ask(client, "短").status_code == 404


def test_guessing_codes_and_licences_is_stopped_together(client):
    licence = LicenceFactory()
    for _turn in range(guessing.MISSES_ALLOWED):
        assert ask(client, UNKNOWN).status_code == 404
    answer = ask(client, UNKNOWN)
    assert (answer.status_code, answer["Retry-After"]) == (429, str(guessing.WINDOW))
    assert client.get(f"/api/v1/licences/{licence.number}").status_code == 429
    assert client.get(f"/brand/licences/{licence.number}/").status_code == 429


def test_so_many_checks_a_minute(client):
    code = active_code()
    for _turn in range(codes.CHECKS_A_MINUTE):
        assert ask(client, code.serial).status_code == 200
    assert ask(client, code.serial).status_code == 429


def test_a_licence_is_checked(client):
    product = ProductFactory()
    licence = LicenceFactory(member=product.member, products=[product])
    found = client.get(f"/api/v1/licences/{licence.number.lower()}").json()
    assert (found["number"], found["products"]) == (licence.number, [str(product)])
    assert found["valid"] is (found["verdict"] == "valid")
    assert found["url"].endswith(f"/brand/licences/{licence.number}/")


def test_a_revoked_licence_is_not_valid(client):
    licence = LicenceFactory(state="revoked")
    found = client.get(f"/api/v1/licences/{licence.number}").json()
    assert (found["verdict"], found["valid"]) == ("revoked", False)


def test_an_unknown_licence_reveals_nothing(client):
    answer = client.get("/api/v1/licences/LC-0000-0000")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_licence")
