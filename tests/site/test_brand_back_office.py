"""Every page of the brand's back office: open to the officer, closed to a clerk, as cheap with many rows."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.permissions import policy_registry

from accounts.models import User
from brand.licences.publicity.models import Objection
from brand.models import (
    Crop,
    Licence,
    LicenceApplication,
    LicenceRules,
    Member,
    MembershipApplication,
    MembershipTerms,
    PackagingHolding,
    PackagingMovement,
    Region,
    Rule,
    RuleEdition,
    Standard,
    StandardEdition,
    StockTake,
    VIAcceptance,
    VIDownload,
)
from brand.packaging.leaving import hand_out
from brand.packaging.returning import announce_return
from lib.credit_code import check_character
from tests.factories.accounts import UserFactory, person
from tests.factories.activities import ActivityFactory
from tests.factories.brand import RegionFactory, RepresentativeFactory
from tests.factories.licences import published, submitted
from tests.factories.membership import sent
from tests.factories.packaging import stocked
from tests.factories.supervision import FindingFactory, InspectionPointFactory
from tests.factories.trademarks import FilingFactory
from tests.factories.vi_files import vi_agreement, vi_file

pytestmark = pytest.mark.django_db

LIMIT = 45  # queries of a list
FILES = {"paper", "photo", "proof", "file", "remove_file"}  # by keys of their own
ACTIONS = {"index": "view", "add": "add", "edit": "change", "delete": "delete"}
SIDE = {"index_results", "history", "history_results", "usage"}  # Wagtail's own, below the others
BACK = {"return", "approve", "refuse", "note"}  # acts: a reload leads back to the page they are done on


TABLES = [  # what acceptance files ask for
    "brand-members", "brand-products", "brand-applications", "brand-licence-applications", "brand-licences",
    "brand-inspections", "brand-findings", "brand-filings", "brand-packaging-items",
    "brand-packaging-requests", "brand-packaging-quotas", "brand-packaging-holdings",
    "brand-packaging-ledger", "brand-vi-downloads", "brand-vi-acceptances",
]  # fmt: skip


def _wants_to_join(region: Region, number: int) -> MembershipApplication:
    body = f"93140406MAXXXX{number:03d}"
    return sent(
        region=region,
        name=f"合作社 {number}",
        applicant=UserFactory(),
        credit_code=body + check_character(body),
    )


def _rule(region: Region, number: int) -> Rule:
    rule = Rule.objects.create(region=region, title="管理办法", slug=f"rule-{number}")
    RuleEdition.objects.create(rule=rule, label="2026", in_force_from="2026-01-01")
    return rule


def _standard(region: Region, number: int) -> Standard:
    facts = {"title": "种植", "slug": f"standard-{number}", "number": f"T/LCDC {number:03d}"}
    standard = Standard.objects.create(region=region, stage="planting", **facts)
    facts = {"label": "2026", "in_force_from": "2026-01-01", "link": "https://example.org/standard"}
    StandardEdition.objects.create(standard=standard, **facts)
    return standard


def _row(region: Region, number: int) -> dict[str, Model]:
    """Add one of everything, for a member of its own; return it by the name of its list."""
    now = timezone.now()
    officer = person("brand_officer")
    application = published(officer=officer, region=region, tie=RepresentativeFactory(member__region=region))
    member, product = application.member, application.member.products.get()
    quota = stocked(500, licence__member=member, licence__valid_to="2099-01-01", item__region=region)
    request = hand_out(
        licence=quota.licence, quantities={quota.item: 50}, collector="王秀兰", by=officer, at=now
    )
    facts = {"member": member, "item": quota.item}
    Licence.objects.filter(pk=quota.licence.pk).update(uses=["packaging"], trademark_classes=[30, 31])
    quota.licence.products.add(product)
    finding = FindingFactory(inspection__licence=quota.licence)
    filing = FilingFactory(trademark__region=region)
    file = vi_file(region=region)
    terms = vi_agreement(region, number=number, published=number > 1)  # one draft a county
    log = {"region": region, "user": officer, "member": member, "licence": quota.licence, "agreement": terms}
    return {
        "brand-products": product,
        "brand-members": member,
        "brand-crops": Crop.objects.create(name=f"作物 {number}"),
        "brand-applications": _wants_to_join(region, number),
        "brand-representatives": RepresentativeFactory(member=member),
        "brand-activities": ActivityFactory(region=region),
        "brand-rules": _rule(region, number),
        "brand-standards": _standard(region, number),
        "brand-trademarks": filing.trademark,
        "brand-filings": filing,
        "brand-licence-applications": application,
        "brand-objections": Objection.objects.create(
            application=application, receipt=f"YY-{number}", words="不是本地种的。", received_at=now
        ),
        "brand-licences": quota.licence,
        "brand-licence-life": quota.licence,
        "brand-inspections": finding.inspection,
        "brand-findings": finding,
        "brand-inspection-points": InspectionPointFactory(region=region),
        "brand-packaging-items": quota.item,
        "brand-packaging-requests": request,
        "brand-packaging-returns": announce_return(quantity=5, note="", by=officer, at=now, **facts),
        "brand-packaging-takes": StockTake.objects.create(
            region=region, number=f"PD-{number}", opened_at=now, opened_by=officer, closed_at=now
        ),
        "brand-packaging-ledger": PackagingMovement.objects.filter(item=quota.item).latest("pk"),
        "brand-packaging-holdings": PackagingHolding.objects.get(**facts),
        "brand-packaging-quotas": quota,
        "brand-vi": file.version.asset,
        "brand-vi-categories": file.version.asset.category,
        "brand-vi-terms": terms,
        "brand-vi-acceptances": VIAcceptance.objects.create(
            agreement=terms, member=member, user=officer, at=now
        ),
        "brand-vi-downloads": VIDownload.objects.create(
            label="标志", link=f"link-{number}", size=6, begun_at=now, **log
        ),
    }


def _world(region: Region) -> dict[str, Model]:
    """Add one of everything, with what a county has once."""
    return {
        **_row(region, 1),
        "brand-regions": region,
        "brand-membership-terms": MembershipTerms.objects.create(region=region),
        "brand-licence-rules": LicenceRules.objects.create(region=region),
    }


def _pages(patterns=None, space: str = "") -> Iterator[tuple[str, str, set[str]]]:
    """Return namespace, name and arguments of every page of the brand in the back office."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _pages(pattern.url_patterns, pattern.namespace or space)
        elif space.startswith("brand-") and pattern.name:
            yield space, pattern.name, set(pattern.pattern.converters)


def _addresses(world: dict[str, Model]) -> Iterator[tuple[str, str, str]]:
    """Return each page with its address; acts and files are tested beside what they do."""
    for space, name, needs in _pages():
        if name in SIDE:
            continue
        if not needs:
            yield space, name, reverse(f"{space}:{name}")
        elif needs == {"pk"} and space in world and name not in FILES:
            yield space, name, reverse(f"{space}:{name}", args=[world[space].pk])


@pytest.fixture
def region() -> Region:
    return RegionFactory()


def _as(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person(role))
    return client


def _offered(officer: User, space: str, name: str, world: dict[str, Model]) -> bool:
    if name not in ACTIONS or space not in world:
        return name not in BACK
    policy = policy_registry.get_by_type(type(world[space]))
    return policy.user_has_permission(officer, ACTIONS[name])


def test_every_page_answers_the_officer_and_no_other_role(region) -> None:
    world = _world(region)
    client, clerk = _as("brand_officer"), _as("clerk")
    officer = User.objects.get(pk=client.session["_auth_user_id"])
    wrong = []
    for space, name, address in _addresses(world):
        answer = client.get(address).status_code
        if answer != 200 and (answer != 302 or _offered(officer, space, name, world)):
            wrong.append(f"{answer} {address}")
        if clerk.get(address).status_code == 200:
            wrong.append(f"open to a clerk: {address}")
    assert not wrong


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("editor", set()),
        ("reviewer", set()),
        ("member", set()),
        ("trace_operator", {"brand-products", "brand-members", "brand-crops"}),
    ],
)
def test_lists_of_the_brand_are_closed_to_other_work(role, seen) -> None:
    client = _as(role)
    lists = {space for space, name, needs in _pages() if name == "index"} - {"brand-films"}
    answered = {space for space in lists if client.get(reverse(f"{space}:index")).status_code == 200}
    assert answered == seen


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as done:
        answer = client.get(address)
        assert answer.status_code == 200
        if answer.streaming:
            list(answer.streaming_content)
    return len(done)


def test_a_list_asks_no_more_for_many_rows_than_for_one(region) -> None:
    world, client = _world(region), _as("brand_officer")
    addresses = [reverse(f"{space}:index") for space in sorted(world)]
    for address in addresses:
        client.get(address)  # what is kept after the first time
    before = {address: _queries(client, address) for address in addresses}
    for number in (2, 3, 4):
        _row(region, number)
    after = {address: _queries(client, address) for address in addresses}
    assert {a: (before[a], after[a]) for a in addresses if after[a] > before[a] or after[a] > LIMIT} == {}


def _table(client: Client, space: str) -> list[list[str]]:
    answer = client.get(reverse(f"{space}:index"), {"export": "xlsx"})
    book = load_workbook(BytesIO(answer.getvalue()))
    return [["" if cell is None else str(cell) for cell in row] for row in book.active.values]


def test_tables_say_everything_in_words_and_in_local_time(region) -> None:
    _world(region)
    client = _as("brand_officer")
    ledger = "\n".join(map(str, _table(client, "brand-packaging-ledger")))
    assert "领用" in ledger and "issue" not in ledger
    assert "2026-11-23 10:00" in ledger, "the delivery of 02:00 UTC"
    licences = "\n".join(map(str, _table(client, "brand-licences")))
    assert "印在包装上" in licences and "30、31" in licences and "潞城大葱" in licences
    for space in TABLES:
        headings, *rows = _table(client, space)
        assert rows, space
        assert not [text for text in headings if text.isascii() and text != "GTIN"], (space, headings)


def test_a_table_asks_no_more_for_many_rows_than_for_one(region) -> None:
    _world(region)
    client = _as("brand_officer")
    addresses = [f"{reverse(f'{space}:index')}?export=csv" for space in TABLES]
    for address in addresses:
        client.get(address)
    before = {address: _queries(client, address) for address in addresses}
    _row(region, 2)
    _row(region, 3)
    after = {address: _queries(client, address) for address in addresses}
    assert {a: (before[a], after[a]) for a in addresses if after[a] > before[a]} == {}


def test_an_address_left_empty_is_made_from_the_name_and_never_taken(region) -> None:
    client = _as("brand_officer")
    facts = {"region": region.pk, "kind": "cooperative", "name": "店上大葱专业合作社"}
    for _ in range(2):
        client.post(reverse("brand-members:add"), facts)
    assert set(Member.objects.values_list("slug", flat=True)) == {"dianshangdacong", "dianshangdacong-2"}
    member = Member.objects.get(slug="dianshangdacong")
    client.post(reverse("brand-members:edit", args=[member.pk]), facts | {"name": "店上大葱合作社"})
    member.refresh_from_db()
    assert (member.name, member.slug) == ("店上大葱合作社", "dianshangdacong"), "a printed address stays"


def test_what_waits_for_the_office_stands_above_what_was_decided(region) -> None:
    old, new = (submitted(region=region, tie=RepresentativeFactory(member__region=region)) for _ in range(2))
    state = LicenceApplication.State.REFUSED
    LicenceApplication.objects.filter(pk=old.pk).update(
        state=state, due_on="2026-01-01", decided_at=timezone.now(), reason="产地不符"
    )
    page = _as("brand_officer").get(reverse("brand-licence-applications:index")).content.decode()
    assert page.index(new.number) < page.index(old.number)


def test_the_board_says_how_much_waits_and_leads_there(region) -> None:
    _world(region)
    submitted(region=region, tie=RepresentativeFactory(member__region=region))
    client = _as("brand_officer")
    page = client.get(reverse("brand-licence-life:index")).content.decode()
    for space, state in (
        ("brand-applications", "submitted"),
        ("brand-licence-applications", "submitted"),
        ("brand-objections", "open"),
        ("brand-packaging-returns", "announced"),
    ):
        address = f"{reverse(f'{space}:index')}?state={state}"
        assert f'<a href="{address}">1</a>' in page, address
        assert client.get(address).status_code == 200
