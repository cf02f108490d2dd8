"""The kiosk: every verdict large, one scan per look, no way out of the screen."""

import re
from html.parser import HTMLParser

import pytest

from record.codes.issuing import issue_codes
from record.codes.voiding import void_code
from record.recall.act import recall_batch
from tests.factories.record import NOW, active_code, sellable_batch

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """Gathers where a page can lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "a":
            self.found.add(facts["href"])
        if tag == "form":
            self.found.add(facts["action"])


def seen(client, url, status=200):
    answer = client.get(url, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_code_leads_to_its_verdict_and_counts_once(client):
    code = active_code()
    answer = client.get("/trace/kiosk/", {"code": code.serial.lower()})
    assert answer["Location"] == f"/trace/kiosk/{code.serial}/"
    for _ in range(3):
        page = seen(client, answer["Location"])
    assert "你是第一个查它的人" in page
    code.refresh_from_db()
    assert code.scan_count == 1


def test_what_the_scanner_types_is_read(client):
    code = active_code()
    link = f"HTTPS://X.CN/01/{code.product.gtin}/21/{code.serial}"
    assert client.get("/trace/kiosk/", {"code": link})["Location"] == f"/trace/kiosk/{code.serial}/"


def test_every_verdict_has_its_screen(client):
    batch = sellable_batch()
    code, voided = active_code(batch), active_code(batch)
    inactive = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    void_code(serial=voided.serial, reason="包装印坏了", at=NOW)
    assert 'class="verdict wait"' in seen(client, f"/trace/kiosk/{inactive}/")
    assert "包装印坏了" in seen(client, f"/trace/kiosk/{voided.serial}/")
    recall_batch(batch=batch, reason="复检一项没达标", at=NOW)
    assert "复检一项没达标" in seen(client, f"/trace/kiosk/{code.serial}/")
    assert "没有这个码" in seen(client, "/trace/kiosk/7KQXM3RTW9HV4CND/", status=404)


@pytest.mark.parametrize("where", ["", "?code=123", "?code=7KQXM3RTW9HV4CND", "{serial}/"])
def test_no_screen_leads_out(client, where):
    url = "/trace/kiosk/" + where.format(serial=active_code().serial)
    page = client.get(url, follow=True).content.decode()
    ways = Links(page).found - {"#main"}
    assert ways <= {"/trace/kiosk/"}


def test_a_misread_code_says_what_is_wrong_and_counts_nothing(client):
    code = active_code()
    page = seen(client, f"/trace/kiosk/?code={code.serial[:-1]}", status=400)
    assert "少" in page
    code.refresh_from_db()
    assert code.scan_count == 0


@pytest.mark.parametrize("what", ["06971406000014", "106971406000000015", "HG261028-7K4MQX"])
def test_a_barcode_a_carton_and_a_paper_ask_for_the_qr_code_of_a_package(client, what):
    assert "包装上的二维码" in seen(client, f"/trace/kiosk/?code={what}", status=400)


def test_the_screen_has_the_31_letters_of_a_code(client):
    keys = re.findall(r'data-key="(.)"', seen(client, "/trace/kiosk/"))
    assert "".join(keys) == "23456789ABCDEFGHJKLMNPQRSTVWXYZ"


def test_without_scripts_a_verdict_leaves_by_itself_and_the_beginning_stays(client):
    assert 'http-equiv="refresh"' in seen(client, f"/trace/kiosk/{active_code().serial}/")
    assert "http-equiv" not in seen(client, "/trace/kiosk/")


def test_a_verdict_takes_few_queries(client, django_assert_max_num_queries):
    url = f"/trace/kiosk/{active_code().serial}/"
    client.get("/trace/")
    with django_assert_max_num_queries(5):
        client.get(url)


def test_nothing_of_it_is_kept(client):
    answer = client.get(f"/trace/kiosk/{active_code().serial}/")
    assert "no-store" in answer["Cache-Control"]
