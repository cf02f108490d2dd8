"""The back office of the record: a whole journey by hand, and refusals that change nothing."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from accounts.models import User
from changes.models import Change
from record.models import Batch, Certification, Code, Event
from record.recall.act import recall_batch
from tests.factories.brand import ProductFactory
from tests.factories.record import (
    NOW,
    BaseFactory,
    BatchFactory,
    CertificationFactory,
    CertificationKindFactory,
    active_code,
    event,
    sellable_batch,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(User.objects.create_superuser(email="admin@example.cn", password="x"))
    return client


@pytest.fixture
def clerk(client):
    user = User.objects.create_user(email="clerk@example.cn", password="x")
    names = ["access_admin", "view_event", "add_event", "view_batch", "view_code"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def picture(name):
    return SimpleUploadedFile(name, get_test_image_file().file.getvalue(), "image/png")


def formset(name, *rows, initial=0):
    data = {
        f"{name}-TOTAL_FORMS": len(rows),
        f"{name}-INITIAL_FORMS": initial,
        f"{name}-MIN_NUM_FORMS": 0,
        f"{name}-MAX_NUM_FORMS": 1000,
    }
    for place, row in enumerate(rows):
        data |= {f"{name}-{place}-{field}": value for field, value in row.items()}
    return data


def batch_data(product, base, *, sources=(), **facts):
    return {
        "product": product.pk,
        "base": base.pk,
        "plot": "",
        "lot": "lc1",
        "planted_on": "2026-06-12",
        "harvested_on": "2026-10-27",
        "quantity": "2860",
        "unit": "千克",
        **facts,
        **formset("sources", *sources),
    }


CERTIFICATE = {
    "promises": "不使用禁用农药",
    "basis": "self_test",
    "product_name": "大葱",
    "quantity": "2,640 千克",
    "origin": "潞城区张家河村",
    "issued_on": "2026-10-28",
    "promised_by": "张家河大葱专业合作社",
    "contact": "0355-000 0000",
}
TEST = {
    "inhibition": "6.2",
    "standard": "GB/T 5009.199",
    "tested_at": "2026-10-28 10:30",
    "tested_by": "张家河检测点",
    "sample": "3 号地，抽 6 棵",
    "method": "enzyme",
}


def event_data(batch, **facts):
    return {
        "batch": batch.pk,
        "stage": "production",
        "title": "采收",
        "at": "2026-10-27 06:00",
        "place": "3 号地",
        "actor": "李长根",
        "inputs": "",
        "outputs": "大葱 2860 千克",
        **facts,
    }


def test_from_a_batch_to_a_recall_by_hand(office, client):
    product, base = ProductFactory(), BaseFactory()
    made = office.post(
        reverse("record-batches:add"),
        batch_data(product, base),
    )
    assert made.status_code == 302, made.context["form"].errors
    batch = Batch.objects.get(lot="LC1")
    for act, data in (("add_test", TEST), ("issue_certificate", CERTIFICATE)):
        done = office.post(reverse(f"record-batches:{act}", args=[batch.pk]), data)
        assert done.status_code == 302, act
    photo = picture("harvest.png")
    recorded = office.post(reverse("record-events:add"), event_data(batch, photos=[photo], caption="起葱"))
    assert recorded.status_code == 302, recorded.context["form"].errors
    harvest = Event.objects.get()
    assert harvest.photos.get().caption == "起葱"
    assert harvest.recorded_by.email == "admin@example.cn"

    assert office.post(reverse("record-batches:issue", args=[batch.pk]), {"quantity": 20}).status_code == 302
    assert (
        office.post(reverse("record-batches:activate", args=[batch.pk]), {"serials": ""}).status_code == 302
    )
    code = Code.objects.filter(state=Code.State.ACTIVATED).first()
    assert batch.codes.filter(state=Code.State.ACTIVATED).count() == 20
    assert "你是第一个查它的人" in client.get(f"/t/{code.serial}", follow=True).content.decode()

    correct = reverse("record-events:correct", args=[harvest.pk])
    form = office.get(correct).context["form"]
    assert form.initial["outputs"] == "大葱 2,860 千克"
    changed = office.post(correct, event_data(batch, outputs="大葱 2800 千克", reason="抄错了一行"))
    assert changed.status_code == 302, changed.context["form"].errors
    page = client.get(f"/trace/{code.serial}/").content.decode()
    assert "2,860 千克</del>" in page
    assert "2,800 千克</ins>" in page

    recalled = office.post(
        reverse("record-batches:recall", args=[batch.pk]), {"reason": "复检一项没达标", "advice": "收好包装"}
    )
    assert recalled.status_code == 302
    page = client.get(f"/trace/{code.serial}/").content.decode()
    assert "这一批正在召回，<wbr>请不要吃" in page
    assert "复检一项没达标" in page


@pytest.mark.parametrize(("kind", "start"), [("csv", "\ufeff".encode()), ("zip", b"PK"), ("pdf", b"%PDF")])
def test_labels_are_downloaded(office, kind, start):
    batch = active_code().batch
    answer = office.get(reverse("record-batches:labels", args=[batch.pk, kind]))
    if answer.status_code == 302:
        pytest.skip("fonts are not installed")
    assert b"".join(answer.streaming_content).startswith(start)
    assert batch.lot in answer["Content-Disposition"]


def test_labels_without_codes_say_so(office):
    answer = office.get(reverse("record-batches:labels", args=[BatchFactory().pk, "pdf"]), follow=True)
    assert "还没有码" in answer.content.decode()


def test_activation_without_a_certificate_says_why_and_changes_nothing(office):
    batch = BatchFactory()
    office.post(reverse("record-batches:issue", args=[batch.pk]), {"quantity": 2})
    answer = office.post(reverse("record-batches:activate", args=[batch.pk]), {"serials": ""})
    assert answer.status_code == 400
    assert "合格证" in answer.content.decode()
    assert set(batch.codes.values_list("state", flat=True)) == {Code.State.BOUND}


@pytest.mark.parametrize("quantity", ["0", "1000001", "many", ""])
def test_a_senseless_quantity_is_refused(office, quantity):
    batch = BatchFactory()
    answer = office.post(reverse("record-batches:issue", args=[batch.pk]), {"quantity": quantity})
    assert answer.status_code == 400
    assert not Code.objects.exists()


def test_an_impossible_event_is_refused_beside_its_date(office):
    batch = BatchFactory()
    answer = office.post(
        reverse("record-events:add"),
        event_data(batch, at="2026-06-01 06:00", photos=[picture("x.png")]),
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["at"]
    assert "2026-06-12" in str(answer.context["form"].errors["at"])
    assert not Event.objects.exists()


def test_events_have_no_form_to_edit_or_delete(office):
    recorded = event(BatchFactory())
    for act in ("edit", "delete"):
        url = reverse(f"record-events:{act}", args=[recorded.pk])
        assert office.get(url).status_code == 302
        assert office.post(url, event_data(recorded.batch, title="别的事")).status_code == 302
    assert Event.objects.get().title == "采收"
    assert office.get(reverse("record-events:inspect", args=[recorded.pk])).status_code == 200
    assert office.get(reverse("record-events:index")).status_code == 200


def test_what_labels_say_is_not_changed(office):
    batch = active_code().batch
    data = batch_data(batch.product, batch.base, lot="OTHER", sources=[])
    answer = office.post(reverse("record-batches:edit", args=[batch.pk]), data)
    assert answer.status_code == 200
    assert "lot" in answer.context["form"].errors
    batch.refresh_from_db()
    assert batch.lot != "OTHER"


def test_dates_of_a_batch_must_fit_its_events(office):
    batch = BatchFactory(lot="LC1")
    event(batch, day="2026-10-01")
    data = batch_data(batch.product, batch.base, planted_on="2026-10-02")
    answer = office.post(reverse("record-batches:edit", args=[batch.pk]), data)
    assert answer.status_code == 200
    assert "2026-10-01" in str(answer.context["form"].errors)
    batch.refresh_from_db()
    assert batch.planted_on == date(2026, 6, 12)


def test_saving_a_form_opened_before_a_recall_keeps_the_recall(office, monkeypatch):
    from record.back_office import batch_form

    batch = BatchFactory(lot="LC1")

    def recalled_meanwhile(**_dates):
        recall_batch(batch=batch, reason="复检一项没达标", at=NOW)
        return []

    monkeypatch.setattr(batch_form, "date_conflicts", recalled_meanwhile)
    data = batch_data(batch.product, batch.base, quantity="10")
    assert office.post(reverse("record-batches:edit", args=[batch.pk]), data).status_code == 302
    batch.refresh_from_db()
    assert (batch.is_recalled, batch.quantity, batch.version) == (True, 10, 3)


def test_saving_a_batch_tells_every_cache(office):
    batch = BatchFactory(lot="LC1")
    office.post(reverse("record-batches:edit", args=[batch.pk]), batch_data(batch.product, batch.base))
    assert Change.objects.filter(thing=f"record.batch:{batch.pk}").exists()
    assert Batch.objects.get().version == 2


def test_codes_are_found_by_serial_and_voided_with_a_reason(office):
    code = active_code()
    found = office.get(reverse("record-codes:index"), {"q": code.serial.lower()})
    assert code.serial in found.content.decode()
    void = reverse("record-codes:void", args=[code.pk])
    assert office.get(reverse("record-codes:inspect", args=[code.pk])).status_code == 200
    assert office.post(void, {"reason": ""}).status_code == 400
    assert office.post(void, {"reason": "包装印坏了"}).status_code == 302
    code.refresh_from_db()
    assert code.void_reason == "包装印坏了"
    assert office.post(void, {"reason": "又一次"}).status_code == 400


def test_certifications_tell_every_cache(office):
    product = ProductFactory()
    data = {
        "product": product.pk,
        "kind": CertificationKindFactory().pk,
        "number": "",
        "issuer": "",
        "valid_from": "",
        "valid_to": "",
    }
    assert office.post(reverse("record-certifications:add"), data).status_code == 302
    made = Certification.objects.get()
    assert Change.objects.filter(thing=f"record.certification:{made.pk}", region="lucheng").exists()
    office.post(reverse("record-certifications:delete", args=[made.pk]))
    assert Change.objects.filter(thing=f"record.certification:{made.pk}", kind="deleted").exists()


def test_a_clerk_records_events_and_does_nothing_else(clerk):
    batch = sellable_batch()
    CertificationFactory(product=batch.product)
    assert clerk.post(reverse("record-events:add"), event_data(batch)).status_code == 302
    assert clerk.get(reverse("record-batches:desk", args=[batch.pk])).status_code == 200
    for act, data in [("issue", {"quantity": 1}), ("activate", {}), ("recall", {"reason": "x"})]:
        assert clerk.post(reverse(f"record-batches:{act}", args=[batch.pk]), data).status_code in {302, 403}
    batch.refresh_from_db()
    assert not batch.is_recalled
    assert not Code.objects.exists()
    assert Event.objects.count() == 1


def test_nobody_deletes_a_batch(office):
    batch = BatchFactory()
    office.post(reverse("record-batches:delete", args=[batch.pk]))
    assert Batch.objects.filter(pk=batch.pk).exists()


@pytest.mark.parametrize(
    "name",
    [
        "record-batches",
        "record-codes",
        "record-certifications",
        "record-certification-kinds",
        "record-conformity",
        "record-residues",
        "record-sms",
    ],
)
def test_lists_open(office, name):
    CertificationFactory(product=active_code().product)
    assert office.get(reverse(f"{name}:index")).status_code == 200


def test_forms_open(office):
    batch = sellable_batch()
    for url in (
        reverse("record-batches:add"),
        reverse("record-batches:edit", args=[batch.pk]),
        reverse("record-batches:desk", args=[batch.pk]),
        reverse("record-batches:papers", args=[batch.pk]),
        reverse("record-events:add") + f"?batch={batch.pk}",
        reverse("record-certifications:add"),
    ):
        assert office.get(url).status_code == 200
