"""Enquiries by SMS: read, answered in 70 characters, once per message, signed, on time."""

import hashlib
import hmac
import json
import time
from io import StringIO
from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from record.codes.issuing import issue_codes
from record.codes.serials import ALPHABET, grouped
from record.codes.voiding import void_code
from record.models import Code, Scan, SmsEnquiry
from record.recall.act import recall_batch
from record.sms.answers import LONGEST, fitted
from record.sms.enquiries import MOST_A_DAY, answer_enquiry
from record.sms.reading import NoSerial, read_serial
from tests.factories.record import NOW, BatchFactory, active_code, sellable_batch

SECRET = "relay-secret-for-tests"
PHONE = "13800000001"


def ask(text: str, *, message_id: str = "1", sender: str = PHONE) -> SmsEnquiry:
    return answer_enquiry(gateway="test", message_id=message_id, sender=sender, text=text, at=NOW)


# --- reading ------------------------------------------------------------------------------------


@given(
    serial=st.text(ALPHABET, min_size=16, max_size=16),
    before=st.sampled_from(["", "查 ", "请问这个是真的吗：", "code "]),
    after=st.sampled_from(["", "。", " 谢谢", "\n"]),
    shape=st.sampled_from([str, grouped, str.lower, lambda serial: "-".join(grouped(serial).split())]),
)
def test_a_serial_is_found_alone_and_in_a_sentence(serial, before, after, shape):
    assert read_serial(f"{before}{shape(serial)}{after}") == serial


@pytest.mark.parametrize(
    "link",
    [
        "HTTPS://X.CN/01/06971401234561/21/7KQXM3RTW9HV4CND",
        "https://x.cn/t/7kqxm3rtw9hv4cnd",
        "http://x.cn/trace/7KQXM3RTW9HV4CND/ 真的吗",
    ],
)
def test_the_link_of_a_qr_code_is_read(link):
    assert read_serial(link) == "7KQXM3RTW9HV4CND"


@pytest.mark.parametrize(
    "text", ["", "你好", "7KQX M3RT W9HV 4CN", "7KQX M3RT W9HV 4CNDX", "13800000001", "0" * 16]
)
def test_what_holds_no_serial_is_none(text):
    with pytest.raises(NoSerial):
        read_serial(text)


@given(words=st.text(max_size=60).filter(lambda text: not set(text) & set("{}")), name=st.text(max_size=200))
def test_an_answer_is_never_longer_than_a_message(words, name):
    assert len(fitted(words + "{name}", {"name": name.replace("{", "").replace("}", "")})) <= LONGEST


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_to_ask_is_told_so_and_counts_as_a_scan():
    code = active_code()
    enquiry = ask(f"查 {grouped(code.serial)}")
    assert enquiry.answer.startswith("是真的，你是第一个查它的人。潞城大葱")
    assert enquiry.verdict == "first"
    code.refresh_from_db()
    assert code.scan_count == 1
    assert PHONE not in str(vars(enquiry)) + str(Scan.objects.values_list("device"))


@pytest.mark.django_db
def test_every_verdict_fits_one_message_however_long_the_names():
    batch = sellable_batch(product__name="名" * 60, product__member__name="社" * 80)
    answers = {}
    first = active_code(batch)
    answers["first"] = ask(first.serial, message_id="a").answer
    answers["again"] = ask(first.serial, message_id="b", sender="13800000002").answer
    inactive = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    answers["inactive"] = ask(inactive, message_id="c").answer
    Code.objects.filter(pk=first.pk).update(suspected_at=NOW)
    answers["suspicious"] = ask(first.serial, message_id="d").answer
    voided = active_code(batch)
    void_code(serial=voided.serial, reason="因" * 120, at=NOW)
    answers["voided"] = ask(voided.serial, message_id="e").answer
    recall_batch(batch=batch, reason="故" * 200, at=NOW)
    answers["recalled"] = ask(first.serial, message_id="f").answer
    answers["unknown"] = ask("7KQX M3RT W9HV 4CND", message_id="g").answer
    answers["unreadable"] = ask("你好", message_id="h").answer
    assert all(0 < len(answer) <= LONGEST for answer in answers.values()), answers
    assert len(set(answers.values())) == len(answers)
    assert "召回" in answers["recalled"]
    assert "作废" in answers["voided"]
    verdicts = set(SmsEnquiry.objects.values_list("verdict", flat=True)) - {""}
    assert verdicts == {"first", "again", "inactive", "suspicious", "voided", "recalled", "unknown"}


@pytest.mark.django_db
def test_a_message_told_twice_is_answered_once():
    code = active_code()
    first = ask(code.serial)
    again = ask(code.serial)
    assert again.answer == first.answer
    code.refresh_from_db()
    assert (code.scan_count, SmsEnquiry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_are_one_scan():
    code = active_code()
    start, answers = Barrier(4), []

    def deliver():
        start.wait()
        answers.append(ask(code.serial).answer)
        connection.close()

    threads = [Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    code.refresh_from_db()
    assert (code.scan_count, SmsEnquiry.objects.count(), len(set(answers))) == (1, 1, 1)


@pytest.mark.django_db
def test_a_phone_that_asks_all_day_is_asked_to_stop_and_scans_no_more():
    code = active_code()
    for number in range(MOST_A_DAY):
        ask("你好", message_id=str(number))
    enquiry = ask(code.serial, message_id="one more")
    assert "太多" in enquiry.answer
    code.refresh_from_db()
    assert code.scan_count == 0
    assert ask(code.serial, message_id="x", sender="13800000002").verdict == "first"


@pytest.mark.django_db
def test_the_console_answers_too():
    code = active_code()
    out = StringIO()
    call_command("sms_enquiry", code.serial, stdout=out)
    assert "是真的" in out.getvalue()


# --- the relay ----------------------------------------------------------------------------------


@pytest.fixture
def relay(client, settings):
    settings.SMS_INBOUND_SECRET = SECRET

    def post(message, *, secret=SECRET, stamp=None, ago=0, body=None):
        body = json.dumps(message).encode() if body is None else body
        stamp = str(int(time.time()) - ago if stamp is None else stamp)
        signature = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        return client.post(
            "/trace/sms/",
            body,
            content_type="application/json",
            headers={"X-Timestamp": stamp, "X-Signature": signature},
        )

    return post


def message(text: str, number: str = "m-1") -> dict[str, str]:
    return {"id": number, "from": PHONE, "text": text}


@pytest.mark.django_db
def test_the_relay_gets_the_answer_to_send_back(relay):
    code = active_code()
    answer = relay(message(code.serial))
    assert answer.status_code == 200
    assert answer.json()["to"] == PHONE
    assert answer.json()["text"].startswith("是真的")


@pytest.mark.django_db
def test_a_replayed_request_changes_nothing(relay):
    code = active_code()
    stamp = int(time.time())
    first, again = (relay(message(code.serial), stamp=stamp) for _ in range(2))
    assert first.json() == again.json()
    code.refresh_from_db()
    assert code.scan_count == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "how",
    [{"secret": "another"}, {"ago": 400}, {"ago": -400}, {"stamp": "x"}],
    ids=["another secret", "too old", "ahead of time", "no time"],
)
def test_what_is_not_signed_now_by_the_relay_is_refused(relay, how):
    code = active_code()
    assert relay(message(code.serial), **how).status_code == 401
    code.refresh_from_db()
    assert code.scan_count == 0
    assert not SmsEnquiry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"id": 1}', b'{"id": "", "from": "1", "text": ""}', b"\xff"]
)
def test_what_is_no_message_is_refused(relay, body):
    assert relay(None, body=body).status_code == 400
    assert not SmsEnquiry.objects.exists()


@pytest.mark.django_db
def test_a_flood_in_one_body_is_refused(relay):
    assert relay(message("x" * 9000)).status_code == 413


@pytest.mark.django_db
def test_without_a_secret_there_is_no_such_page(client, settings):
    settings.SMS_INBOUND_SECRET = ""
    assert client.post("/trace/sms/", b"{}", content_type="application/json").status_code == 404


@pytest.mark.django_db
def test_a_batch_without_names_is_no_trouble():
    batch = BatchFactory(product__needs_certificate=False)
    assert ask(active_code(batch).serial).verdict == "first"


@pytest.mark.django_db
def test_a_signature_of_other_letters_is_a_wrong_signature(client, settings):
    settings.SMS_INBOUND_SECRET = SECRET
    headers = {"X-Timestamp": str(int(time.time())), "X-Signature": "sïgné"}
    answer = client.post("/trace/sms/", b"{}", content_type="application/json", headers=headers)
    assert answer.status_code == 401
