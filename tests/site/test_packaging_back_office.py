"""The packaging stock in the back office: every act from its page, refused in words."""

import pytest
from django.test import Client
from django.utils import timezone

from brand.models import (
    PackagingItem,
    PackagingMovement,
    PackagingQuota,
    PackagingRequest,
    PackagingStock,
    StockTake,
)
from brand.packaging.deciding import refuse_request
from brand.packaging.leaving import hand_out
from brand.packaging.returning import announce_return
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, RegionFactory, RepresentativeFactory
from tests.factories.packaging import PackagingItemFactory, asked, stocked

pytestmark = pytest.mark.django_db
CMS = "/cms/brand-packaging"


@pytest.fixture
def officer():
    return person("brand_officer")


@pytest.fixture
def office(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def quota():
    return stocked(500, quantity=400, licence__valid_to="2099-01-01")


def act(client: Client, thing: str, name: str, **facts):
    return client.post(
        f"{CMS}-{thing}/{name}/", {f"{name.rpartition('/')[2]}-{key}": value for key, value in facts.items()}
    )


def stock_of(quota) -> int:
    return PackagingStock.objects.get(item=quota.item).remaining


def test_an_item_is_added_and_its_first_delivery_entered_on_its_page(office) -> None:
    region = RegionFactory()
    facts = {
        "region": region.pk,
        "kind": "box",
        "name": "提箱",
        "unit": "个",
        "low_level": 10,
        "artwork_note": "一版",
    }
    added = office.post(f"{CMS}-items/new/", facts)
    item = PackagingItem.objects.get()
    assert added["Location"] == f"{CMS}-items/{item.pk}/"
    act(office, "items", f"{item.pk}/receive", quantity=300, note="送货单")
    page = office.get(f"{CMS}-items/{item.pk}/").content.decode()
    assert "RK140406" in page
    assert PackagingStock.objects.get(item=item).remaining == 300


def test_every_act_on_an_item_is_done_or_refused_in_words(office, quota) -> None:
    item = quota.item.pk
    done = act(office, "items", f"{item}/hand_out", quota=quota.pk, quantity=100, collector="王秀兰")
    assert done.status_code == 302
    holding = quota.item.holdings.get()
    act(office, "items", f"{item}/take_back", holding=holding.pk, good=10, damaged=1)
    act(office, "items", f"{item}/write_off", quantity=5, reason="受潮")
    assert stock_of(quota) == 405
    refused = act(office, "items", f"{item}/hand_out", quota=quota.pk, quantity=400, collector="王")
    assert refused.status_code == 400
    assert "还剩 310" in refused.content.decode()
    assert act(office, "items", f"{item}/write_off", quantity=406, reason="受潮").status_code == 400
    assert stock_of(quota) == 405


def test_a_request_is_granted_and_handed_out(office, quota) -> None:
    request = asked(quota, 120, at=timezone.now())
    line = request.lines.get()
    page = office.get(f"{CMS}-requests/{request.pk}/").content.decode()
    assert f"approve-line_{line.pk}" in page
    assert act(office, "requests", f"{request.pk}/approve", **{f"line_{line.pk}": 100}).status_code == 400
    act(office, "requests", f"{request.pk}/approve", **{f"line_{line.pk}": 100, "reason": "先一百"})
    act(office, "requests", f"{request.pk}/pick_up", collector="王秀兰")
    request.refresh_from_db()
    assert (request.state, stock_of(quota)) == ("picked_up", 400)
    note = office.get(f"{CMS}-requests/{request.pk}/note.pdf")
    assert note.content.startswith(b"%PDF")


def test_the_second_officer_sees_what_the_first_one_decided(office, quota) -> None:
    request = asked(quota, 120, at=timezone.now())
    refuse_request(
        request=request,
        reason="缺货",
        by=person("brand_officer", last_name="郝", first_name="国平"),
        at=timezone.now(),
    )
    line = request.lines.get()
    late = act(office, "requests", f"{request.pk}/approve", **{f"line_{line.pk}": 120})
    page = late.content.decode()
    assert late.status_code == 400
    assert "郝国平" in page
    assert 'value="120"' in page  # what was typed stays to be read
    assert PackagingQuota.objects.get(pk=quota.pk).promised == 0
    again = office.get(f"{CMS}-requests/{request.pk}/").content.decode()
    assert "approve-line" not in again


def test_nobody_grants_their_own_request(quota) -> None:
    tie = RepresentativeFactory(member=quota.licence.member, user=person("brand_officer"))
    client = Client()
    client.force_login(tie.user)
    request = asked(quota, 1, at=timezone.now())
    line = request.lines.get()
    answer = act(client, "requests", f"{request.pk}/approve", **{f"line_{line.pk}": 1})
    assert answer.status_code == 400
    request.refresh_from_db()
    assert request.state == "submitted"


def test_a_return_is_counted_at_the_store(office, officer, quota) -> None:
    now = timezone.now()
    hand_out(licence=quota.licence, quantities={quota.item: 50}, collector="王", by=officer, at=now)
    back = announce_return(
        member=quota.licence.member, item=quota.item, quantity=20, note="", by=None, at=now
    )
    assert 'value="20"' in office.get(f"{CMS}-returns/{back.pk}/").content.decode()
    assert act(office, "returns", f"{back.pk}/take_back", good=20, damaged=1).status_code == 400
    act(office, "returns", f"{back.pk}/take_back", good=18, damaged=2)
    assert stock_of(quota) == 468


def test_a_stock_take_keeps_what_was_typed_and_closes_explained(office, quota) -> None:
    begun = office.post(f"{CMS}-takes/begin/", {"region": quota.item.region.pk})
    take = StockTake.objects.get()
    assert begun["Location"] == f"{CMS}-takes/{take.pk}/"
    assert office.post(f"{CMS}-takes/begin/", {"region": quota.item.region.pk}).status_code == 400
    count = take.counts.get()
    typed = {f"count-counted_{count.pk}": 493, f"count-reason_{count.pk}": ""}
    unexplained = office.post(f"{CMS}-takes/{take.pk}/close/", typed)
    assert unexplained.status_code == 400
    assert 'value="493"' in unexplained.content.decode()
    typed[f"count-counted_{count.pk}"] = -1
    assert office.post(f"{CMS}-takes/{take.pk}/save/", typed).status_code == 400
    typed |= {f"count-counted_{count.pk}": 493, f"count-reason_{count.pk}": "压坏没登"}
    office.post(f"{CMS}-takes/{take.pk}/close/", typed)
    assert stock_of(quota) == 493
    assert "压坏没登" in office.get(f"{CMS}-takes/{take.pk}/").content.decode()


def test_quotas_are_set_and_never_overwrite_what_was_taken(office, officer, quota) -> None:
    hand_out(
        licence=quota.licence, quantities={quota.item: 50}, collector="王", by=officer, at=timezone.now()
    )
    edit = f"{CMS}-quotas/edit/{quota.pk}/"
    assert "50" in office.post(edit, {"quantity": 49}).content.decode()
    assert office.post(edit, {"quantity": 60}).status_code == 302
    quota.refresh_from_db()
    assert (quota.quantity, quota.taken) == (60, 50)
    licence = LicenceFactory(member=quota.licence.member, valid_to="2099-01-01")
    item = PackagingItemFactory()
    assert office.get(f"{CMS}-quotas/new/?item={item.pk}").status_code == 200
    office.post(f"{CMS}-quotas/new/", {"licence": licence.pk, "item": item.pk, "quantity": 5})
    assert PackagingQuota.objects.get(licence=licence).quantity == 5


def test_every_list_and_the_statement_open(office, quota, django_assert_max_num_queries) -> None:
    for name in ("items", "requests", "returns", "quotas", "holdings", "ledger", "takes"):
        assert office.get(f"{CMS}-{name}/").status_code == 200
    assert office.get(f"{CMS}-items/edit/{quota.item_id}/").status_code == 200
    page = office.get(f"{CMS}-statement/?month=rubbish&region={quota.item.region.slug}").content.decode()
    assert "都对得上" in page
    assert office.get(f"{CMS}-statement/statement.pdf").content.startswith(b"%PDF")
    assert office.get(f"{CMS}-statement/statement.xlsx").content.startswith(b"PK")
    assert office.get(f"{CMS}-statement/?region=nowhere").status_code == 404
    ledger = office.get(f"{CMS}-ledger/?export=xlsx")
    assert ledger.status_code == 200


def test_other_roles_stay_outside_and_nothing_is_deleted(office, quota) -> None:
    request = asked(quota, 1, at=timezone.now())
    client = Client()
    client.force_login(person("editor"))
    pages = (
        f"items/{quota.item_id}/", f"requests/{request.pk}/", f"requests/{request.pk}/note.pdf", "statement/",
        "takes/begin/", "ledger/",
    )  # fmt: skip
    for page in pages:
        assert client.get(f"{CMS}-{page}").status_code in {302, 403}
    receipt = client.post(f"{CMS}-items/{quota.item_id}/receive/", {"receive-quantity": 1})
    assert receipt.status_code in {302, 403}
    for gone in (f"items/delete/{quota.item_id}/", f"quotas/delete/{quota.pk}/"):
        assert office.post(f"{CMS}-{gone}").status_code in {302, 403, 404}
    assert PackagingMovement.objects.count() == 1
    assert PackagingQuota.objects.exists()


def test_a_reload_after_signing_in_leads_to_the_page(office, quota) -> None:
    request = asked(quota, 1, at=timezone.now())
    assert office.get(f"{CMS}-requests/{request.pk}/approve/")["Location"] == f"{CMS}-requests/{request.pk}/"
    assert office.post(f"{CMS}-requests/{request.pk}/nonsense/").status_code == 404
    assert PackagingRequest.objects.get().state == "submitted"
