"""Applying for a licence on the desk: nothing typed or uploaded is lost, nobody reads what is not theirs."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from brand.licences.applications.review import return_application
from brand.models import ApplicationPaper, Licence, LicenceApplication
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory, RepresentativeFactory
from tests.factories.licences import NOW, PDF, LicenceApplicationFactory, checked, published, submitted
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
APPLY = "/members/licences/apply/"
State = LicenceApplication.State


@pytest.fixture
def member(client):
    region = county()
    tie = RepresentativeFactory(member=MemberFactory(region=region))
    client.force_login(tie.user)
    return tie.member


@pytest.fixture
def product(member):
    return ProductFactory(member=member, licensed=False)


def pdf(name: str = "营业执照.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("检测报告.png", out.getvalue(), "image/png")


def whole(product, **facts):
    return {
        "brand_name": "潞城大葱", "uses": ["packaging", "signs"], "trademark_classes": ["31", "35"],
        "purpose": "印在五千克一捆的纸箱上，一年六万箱。", f"product_{product.pk}": "on",
        f"quantity_{product.pk}": "60000", "agreed": "on", "act": "send", **facts,
    }  # fmt: skip


def page_of(application) -> str:
    return reverse("desk:licence_application", args=[application.pk])


def test_a_whole_application_is_sent_in_one_go(client, member, product) -> None:
    answer = client.post(APPLY, whole(product, paper_business=pdf(), paper_quality=[photo(), pdf("二.pdf")]))
    application = LicenceApplication.objects.get()
    assert answer.status_code == 302, answer.content.decode()[:4000]
    assert (application.state, application.member, application.wanted.get().quantity) == (
        State.SUBMITTED, member, 60_000,
    )  # fmt: skip
    assert sorted(application.papers.values_list("kind", "name")) == [
        ("business", "营业执照.pdf"), ("quality", "二.pdf"), ("quality", "检测报告.png"),
    ]  # fmt: skip
    page = client.get(page_of(application)).content.decode()
    assert application.number in page and 'aria-current="step"' in page


def test_a_draft_saves_with_nothing_in_it_and_goes_on_later(client, member, product) -> None:
    client.post(APPLY, {"act": "save"})
    application = LicenceApplication.objects.get()
    page = client.get(page_of(application)).content.decode()
    assert 'name="version" value="1"' in page
    client.post(page_of(application), {"act": "save", "version": "1", "purpose": "写到一半"})
    application.refresh_from_db()
    assert (application.state, application.purpose) == (State.DRAFT, "写到一半")


def test_what_is_missing_is_named_and_what_was_typed_and_uploaded_is_kept(client, member, product) -> None:
    answer = client.post(APPLY, whole(product, brand_name="", paper_business=pdf(), agreed=""))
    assert answer.status_code == 400
    application = LicenceApplication.objects.get()
    page = answer.content.decode()
    assert "印在五千克一捆的纸箱上" in page and "营业执照.pdf" in page
    assert (application.state, application.papers.count()) == (State.DRAFT, 1)
    answer = client.post(
        page_of(application), whole(product, version=application.version, paper_quality=photo())
    )
    assert answer.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.papers.count()) == (State.SUBMITTED, 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("报告.pdf", b"no pdf"),
        ("坏.png", b"\x89PNG\r\n"),
        ("断.pdf", b"%PDF-1.7 cut"),
        ("空.pdf", b""),
    ],
)
def test_a_bad_paper_is_named_and_the_good_ones_stay(client, member, product, name, content) -> None:
    bad = SimpleUploadedFile(name, content)
    answer = client.post(APPLY, whole(product, paper_business=pdf(), paper_quality=[photo(), bad]))
    assert answer.status_code == 400 and name in answer.content.decode()
    assert ApplicationPaper.objects.count() == 2
    assert LicenceApplication.objects.get().state == State.DRAFT


@pytest.mark.parametrize("quantity", ["0", "-3", "viel", "99999999999999999999"])
def test_a_quantity_that_cannot_be_is_refused_beside_its_product(client, member, product, quantity) -> None:
    typed = whole(product, act="save", **{f"quantity_{product.pk}": quantity})
    answer = client.post(APPLY, typed)
    assert answer.status_code == 400 and f'value="{quantity}"' in answer.content.decode()
    assert LicenceApplication.objects.get().brand_name == "潞城大葱"


def test_the_second_of_two_windows_sees_both_texts_and_chooses(client, member, product) -> None:
    client.post(APPLY, {"act": "save", "purpose": "原来的话"})
    application = LicenceApplication.objects.get()
    client.post(page_of(application), {"act": "save", "version": "1", "purpose": "另一个窗口写的"})
    lost = client.post(
        page_of(application),
        {"act": "save", "version": "1", "purpose": "这个窗口写的", "paper_origin": pdf("产地.pdf")},
    )
    page = lost.content.decode()
    assert lost.status_code == 409
    assert "另一个窗口写的" in page and "这个窗口写的" in page and 'name="version" value="2"' in page
    application.refresh_from_db()
    assert application.purpose == "另一个窗口写的"
    assert application.papers.count() == 1  # a paper is added, never in the way
    client.post(page_of(application), {"act": "save", "version": "2", "purpose": "这个窗口写的"})
    application.refresh_from_db()
    assert application.purpose == "这个窗口写的"


def test_remarks_stand_beside_their_fields(client, member) -> None:
    application = submitted(member=member, applicant=person("member"))
    return_application(
        application=application,
        remarks={"papers": "报告过期了"},
        note="其余都好",
        by=person("brand_officer"),
        at=NOW,
    )
    page = client.get(page_of(application)).content.decode()
    assert page.index("报告过期了") > page.index('id="papers"')
    assert "其余都好" in page


def test_what_was_sent_is_not_changed_by_a_form_left_open(client, member) -> None:
    application = submitted(member=member)
    answer = client.post(page_of(application), {"act": "save", "version": "1", "purpose": "改"}, follow=True)
    assert answer.status_code == 200
    application.refresh_from_db()
    assert application.purpose.startswith("印在")


def test_a_paper_is_taken_away_without_losing_what_was_typed(client, member, product) -> None:
    client.post(APPLY, {"act": "save", "paper_other": pdf()})
    application = LicenceApplication.objects.get()
    paper = application.papers.get()
    client.post(page_of(application), {"act": f"remove-{paper.pk}", "version": "1", "purpose": "刚写的"})
    application.refresh_from_db()
    assert (application.papers.count(), application.purpose) == (0, "刚写的")


def test_nobody_sees_applications_and_papers_of_another_member(client, member) -> None:
    foreign = LicenceApplicationFactory()
    paper = foreign.papers.first()
    for address in (
        page_of(foreign),
        reverse("desk:licence_paper", args=[foreign.pk, paper.pk]),
    ):
        assert client.get(address).status_code == 404
    assert client.post(page_of(foreign), {"act": "save", "version": "1"}).status_code == 404
    for act in ("licence_withdraw", "licence_discard"):
        assert client.post(reverse(f"desk:{act}", args=[foreign.pk])).status_code == 404
    licence = LicenceFactory()
    assert client.get(reverse("desk:licence_certificate", args=[licence.number])).status_code == 404
    foreign.refresh_from_db()
    assert (foreign.state, foreign.version) == (State.DRAFT, 1)


def test_a_paper_comes_as_a_file_no_browser_guesses_about(client, member, product) -> None:
    client.post(APPLY, {"act": "save", "paper_other": pdf("<b>.pdf")})
    application = LicenceApplication.objects.get()
    answer = client.get(reverse("desk:licence_paper", args=[application.pk, application.papers.get().pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    client.logout()
    assert client.get(APPLY).status_code == 302


def test_taking_back_and_throwing_away_are_posted(client, member, product) -> None:
    application = submitted(member=member)
    address = reverse("desk:licence_withdraw", args=[application.pk])
    assert client.get(address).url == page_of(application)
    client.post(address)
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    client.post(APPLY, {"act": "save"})
    draft = LicenceApplication.objects.get(state=State.DRAFT)
    client.post(reverse("desk:licence_discard", args=[draft.pk]))
    assert not LicenceApplication.objects.filter(pk=draft.pk).exists()


def test_a_renewal_begins_with_what_the_old_licence_says(client, member, product) -> None:
    today = timezone.localdate()
    old = LicenceFactory(
        member=member, products=[product], valid_from=today - timedelta(days=1000),
        valid_to=today + timedelta(days=40), uses=["signs"], trademark_classes=[31], brand_name="卢医山",
    )  # fmt: skip
    address = f"{APPLY}?renews={old.number}"
    assert address in client.get("/members/licences/").content.decode()
    page = client.get(address).content.decode()
    assert "卢医山" in page and page.count(" checked") == 3
    client.post(address, whole(product, act="save"))
    renewal = LicenceApplication.objects.get()
    assert renewal.renews == old
    assert client.get(address).url == page_of(renewal)  # one renewal, wherever it is asked for
    early = LicenceFactory(member=member, valid_from=today, valid_to=today + timedelta(days=900))
    assert client.get(f"{APPLY}?renews={early.number}").status_code == 302
    assert LicenceApplication.objects.count() == 1


def test_certificate_and_plaque_are_printed_while_the_licence_holds(client, member, product) -> None:
    today = timezone.localdate()
    licence = LicenceFactory(member=member, products=[product], valid_to=today + timedelta(days=9))
    addresses = [
        reverse("desk:licence_certificate", args=[licence.number]),
        reverse("desk:licence_plaque", args=[licence.number, "pdf"]),
        reverse("desk:licence_plaque", args=[licence.number, "svg"]),
    ]
    for address, start in zip(addresses, (b"%PDF", b"%PDF", b"<svg"), strict=True):
        answer = client.get(address)
        assert answer.content.startswith(start) and "attachment" in answer["Content-Disposition"]
    Licence.objects.update(state=Licence.State.SUSPENDED)
    assert client.get(addresses[0]).status_code == 302
    assert client.get(reverse("desk:licence_plaque", args=[licence.number, "exe"])).status_code == 404


def test_the_desk_says_what_is_due(client, member, product) -> None:
    today = timezone.localdate()
    ending = LicenceFactory(member=member, valid_to=today + timedelta(days=20))
    LicenceFactory(number="LC-2026-FAR", member=member, valid_to=today + timedelta(days=700))
    sent = submitted(member=member)
    return_application(application=sent, remarks={"uses": "少"}, by=person("brand_officer"), at=NOW)
    page = client.get("/members/").content.decode()
    assert f"renews={ending.number}" in page and "renews=LC-2026-FAR" not in page
    assert page_of(sent) in page


def test_a_suspended_licence_is_the_first_thing_due(client, member, product) -> None:
    licence = LicenceFactory(member=member, products=[product], state=Licence.State.SUSPENDED)
    page = client.get("/members/").content.decode()
    assert f'class="due late" href="/brand/licences/{licence.number}/"' in page


@pytest.mark.parametrize("make", [submitted, checked, published])
def test_every_step_has_its_page(client, member, make) -> None:
    application = make(member=member)
    assert client.get(page_of(application)).status_code == 200


def test_the_list_takes_as_many_queries_for_five_as_for_one(client, member, product) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/members/licences/")
        return len(queries)

    LicenceFactory(member=member, products=[product])
    LicenceApplicationFactory(member=member)
    client.get("/members/licences/")
    first = asked()
    for _ in range(4):
        LicenceFactory(member=member, products=[product])
        LicenceApplicationFactory(member=member)
    assert asked() == first
