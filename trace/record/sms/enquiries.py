"""The one way an SMS enquiry is answered, whichever gateway brings it.

The message is written down first: told twice (gateways repeat, and somebody may replay one) it is answered
once and counts as one scan. The number of the phone is not kept, only a keyed hash.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from record.models import Code, SmsEnquiry
from record.scans.devices import device_mark
from record.scans.recording import UnknownCode, record_scan
from record.scans.verdicts import UNKNOWN
from record.sms import answers
from record.sms.reading import NoSerial, read_serial

MOST_A_DAY = 30  # per phone
_DAY = timedelta(days=1)
_TEXT = 200


def answer_enquiry(*, gateway: str, message_id: str, sender: str, text: str, at: datetime) -> SmsEnquiry:
    """Answer the text message of the phone number `sender`, and record it as a scan of that phone.

    The same message again returns the answer it got and changes nothing.
    """
    phone = f"sms:{sender}"
    enquiry = SmsEnquiry(
        gateway=gateway,
        message_id=message_id,
        sender=device_mark(token=phone, serial=gateway),
        text=text[:_TEXT],
        received_at=at,
    )
    try:
        # one transaction: of two deliveries at once the second waits for the first and then finds its row
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
            enquiry.save(force_insert=True)
            _answer(enquiry, phone=phone, at=at)
            enquiry.save()
    except IntegrityError:
        return SmsEnquiry.objects.get(gateway=gateway, message_id=message_id)
    return enquiry


def _answer(enquiry: SmsEnquiry, *, phone: str, at: datetime) -> None:
    """Fill in serial, verdict and answer."""
    if _asked(enquiry.sender, since=at - _DAY) > MOST_A_DAY:
        enquiry.answer = answers.plain(answers.TOO_OFTEN)
        return
    try:
        enquiry.serial = read_serial(enquiry.text)
    except NoSerial:
        enquiry.answer = answers.plain(answers.UNREADABLE)
        return
    mark = device_mark(token=phone, serial=enquiry.serial)
    try:
        verdict = record_scan(serial=enquiry.serial, device=mark, place=None, at=at)
    except UnknownCode:
        verdict = UNKNOWN
    codes = Code.objects.select_related("product__member", "product__region", "batch")
    enquiry.verdict = verdict.kind.value
    enquiry.answer = answers.answer(verdict, codes.filter(serial=enquiry.serial).first())


def _asked(sender: str, *, since: datetime) -> int:
    return SmsEnquiry.objects.filter(sender=sender, received_at__gt=since).count()
