"""Licensing in the back office: one page from papers to decision, refused acts change nothing."""

import threading
import time
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from brand.acts.models import acts_on
from brand.back_office.licensing import licence_views
from brand.licences.applications.review import accept_application
from brand.licences.drawing import draw_codes
from brand.licences.publicity.objections import object_to
from brand.licences.site_checks.models import POINTS
from brand.members.representatives import Representative
from brand.models import Licence, LicenceApplication, Objection
from tests.factories.accounts import person
from tests.factories.brand import LicenceFactory, MemberFactory, ProductFactory
from tests.factories.licences import NOW, accepted, checked, published, submitted
from tests.factories.pages import county

pytestmark = pytest.mark.django_db
State = LicenceApplication.State


@pytest.fixture
def officer(client):
    county()
    user = person("brand_officer", last_name="郝", first_name="国平")
    client.force_login(user)
    return user


def desk(application, act: str = "") -> str:
    if act:
        return reverse("brand-licence-applications:act", args=[application.pk, act])
    return reverse("brand-licence-applications:desk", args=[application.pk])


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return SimpleUploadedFile("field.png", out.getvalue(), "image/png")


def visit_form(**facts):
    points = {f"visit-point_{key}": "good" for key in POINTS}
    said = {
        "checked_on": "2026-11-20",
        "place": "张家河",
        "checked_by": "郝国平",
        "passed": "yes",
        "words": "",
    }
    return {**points, **{f"visit-{key}": value for key, value in said.items()}, **facts}


def test_the_list_shows_what_was_sent_and_leads_to_its_page(client, officer) -> None:
    application = submitted()
    page = client.get(reverse("brand-licence-applications:index")).content.decode()
    assert application.number in page and desk(application) in page
    assert client.get(desk(application)).status_code == 200
    assert client.get(reverse("brand-objections:index")).status_code == 200
    assert client.get(reverse("brand-licence-rules:index")).status_code == 200


def test_an_application_goes_all_the_way_on_one_page(client, officer) -> None:
    application = submitted()
    client.post(desk(application, "accept"), {"accept-note": "齐"})
    answer = client.post(desk(application, "visit"), {**visit_form(), "visit-photos": [picture(), picture()]})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    assert application.site_checks.get().photos.count() == 2
    client.post(desk(application, "publish"))
    application.refresh_from_db()
    assert application.state == State.PUBLICITY
    today = client.post(desk(application, "give"), {"give-sure": "on"})
    assert today.status_code == 400 and not Licence.objects.filter(application=application).exists()


def test_the_decision_is_made_after_publicity_by_another_officer(client, officer) -> None:
    application = published()
    unsure = client.post(desk(application, "give"), {})
    assert unsure.status_code == 400
    answer = client.post(desk(application, "give"), {"give-sure": "on"}, follow=True)
    licence = Licence.objects.get(application=application)
    assert licence.number in answer.content.decode()


def test_the_second_of_two_officers_keeps_what_was_typed(client, officer) -> None:
    application = submitted()
    typed = {"refuse-reason": "地址对不上，先别给。", "refuse-seen": application.version}
    accept_application(application=application, by=person("brand_officer"), at=NOW)
    late = client.post(desk(application, "refuse"), typed)
    assert late.status_code == 400
    assert "地址对不上，先别给。" in late.content.decode()
    application.refresh_from_db()
    assert list(acts_on(application).values_list("verb", flat=True)) == ["submitted", "accepted"]


def test_the_members_own_people_are_offered_nothing(client, officer) -> None:
    application = submitted()
    Representative.objects.create(member=application.member, user=officer, since=NOW)
    assert "/accept/" not in client.get(desk(application)).content.decode()
    assert client.post(desk(application, "accept")).status_code == 400
    application.refresh_from_db()
    assert application.state == State.SUBMITTED


def test_remarks_reach_the_member_beside_the_fields(client, officer) -> None:
    application = submitted()
    empty = client.post(desk(application, "send_back"), {})
    assert empty.status_code == 400
    client.post(desk(application, "send_back"), {"send_back-papers": "报告过期了"})
    application.refresh_from_db()
    assert application.remarks == {"papers": "报告过期了"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"visit-checked_on": "2099-01-01"},
        {"visit-point_place": "bad"},
        {"visit-passed": "no"},
        {"visit-point_place": ""},
        {"visit-photos": [SimpleUploadedFile("a.jpg", b"no picture")]},
    ],
)
def test_a_record_that_cannot_be_is_refused_and_the_typed_stays(client, officer, wrong) -> None:
    application = accepted()
    answer = client.post(desk(application, "visit"), {**visit_form(), **wrong})
    assert answer.status_code == 400 and "郝国平" in answer.content.decode()
    assert not application.site_checks.exists()


def test_an_objection_is_answered_once(client, officer) -> None:
    application = published(at=timezone.now())
    objection = object_to(
        application=application,
        words="葱是外地的",
        at=timezone.now(),
        files=[ContentFile(b"%PDF", name="p.pdf")],
    )
    page = client.get(reverse("brand-objections:desk", args=[objection.pk])).content.decode()
    assert "葱是外地的" in page
    held = client.get(reverse("brand-objections:file", args=[objection.files.get().pk]))
    assert held["X-Content-Type-Options"] == "nosniff" and "no-store" in held["Cache-Control"]
    address = reverse("brand-objections:act", args=[objection.pk, "answer"])
    said = {"answer-upheld": "no", "answer-answer": "台账对得上。"}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said).status_code == 400
    objection.refresh_from_db()
    assert objection.state == Objection.State.DISMISSED


def test_private_files_are_for_officers_only(client, officer) -> None:
    application = checked()
    paper = application.papers.first()
    client.force_login(person("editor"))
    for address in (
        desk(application),
        reverse("brand-licence-applications:paper", args=[paper.pk]),
        reverse("brand-licence-applications:index"),
    ):
        assert client.get(address).status_code in {302, 403}
    client.logout()
    assert client.get(reverse("brand-licence-applications:paper", args=[paper.pk])).status_code == 302


def test_the_state_of_a_licence_is_no_field_and_no_licence_is_deleted(client, officer) -> None:
    licence = LicenceFactory(region=MemberFactory().region)
    page = client.get(reverse("brand-licences:edit", args=[licence.pk])).content.decode()
    assert 'name="state"' not in page
    assert reverse("brand-licence-life:desk", args=[licence.pk]) in page
    assert client.get(reverse("brand-licences:delete", args=[licence.pk])).status_code in {302, 403}
    assert Licence.objects.filter(pk=licence.pk).exists()


def test_a_correction_by_hand_is_told_and_freezes_the_words_anew(client, officer) -> None:
    member = MemberFactory()
    product = ProductFactory(member=member, licensed=False)
    licence = LicenceFactory(member=member, products=[product])
    form = {
        "region": member.region_id, "member": member.pk, "number": licence.number, "brand_name": "卢医山",
        "valid_from": "2026-01-01", "valid_to": "2028-03-31", "issued_on": "", "uses": ["signs"],
        "trademark_classes": ["31"], "state": "revoked",
    }  # fmt: skip
    assert client.post(reverse("brand-licences:edit", args=[licence.pk]), form).status_code == 302
    licence.refresh_from_db()
    assert (licence.state, licence.brand_name, licence.uses) == ("valid", "卢医山", ["signs"])
    assert licence.printed["brand"] == "卢医山"
    foreign = {**form, "member": MemberFactory(region__slug="daning", region__adcode="141030").pk}
    assert client.post(reverse("brand-licences:edit", args=[licence.pk]), foreign).status_code == 200
    licence.refresh_from_db()
    assert licence.member == member


def test_nobody_enters_or_corrects_a_licence_of_their_own_company(client, officer) -> None:
    member = MemberFactory()
    product = ProductFactory(member=member, licensed=False)
    licence = LicenceFactory(member=member, products=[product])
    Representative.objects.create(member=member, user=officer, since=NOW)
    form = {
        "region": member.region_id, "member": member.pk, "number": "SELF-1", "brand_name": "卢医山",
        "valid_from": "2026-01-01", "valid_to": "2099-03-31", "uses": ["signs"], "trademark_classes": ["31"],
    }  # fmt: skip
    edit = reverse("brand-licences:edit", args=[licence.pk])
    other = MemberFactory(region=member.region)
    for address, sent in (
        (reverse("brand-licences:add"), form),
        (edit, form),
        (edit, {**form, "member": other.pk}),  # given away
    ):
        assert "您自己的单位" in client.post(address, sent).content.decode()
    address = reverse("brand-licences:covers", args=[licence.pk])
    assert "您自己的单位" in client.post(address, covers_form(licence), follow=True).content.decode()
    before = licence.number, licence.valid_to
    licence.refresh_from_db()
    assert (licence.number, licence.valid_to) == before and licence.member == member
    assert Licence.objects.count() == 1 and licence.covers.get().quantity != 500


def test_a_correction_never_undoes_a_suspension_that_came_meanwhile(client, officer, monkeypatch) -> None:
    member = MemberFactory()
    licence = LicenceFactory(member=member, products=[ProductFactory(member=member, licensed=False)])
    form = {
        "region": member.region_id, "member": member.pk, "number": licence.number, "brand_name": "卢医山",
        "valid_from": "2026-01-01", "valid_to": "2028-03-31", "uses": ["signs"], "trademark_classes": ["31"],
    }  # fmt: skip
    read = licence_views.LicenceForm.clean

    def suspended_meanwhile(form):
        Licence.objects.filter(pk=licence.pk).update(state=Licence.State.SUSPENDED)
        return read(form)

    monkeypatch.setattr(licence_views.LicenceForm, "clean", suspended_meanwhile)
    assert client.post(reverse("brand-licences:edit", args=[licence.pk]), form).status_code == 302
    licence.refresh_from_db()
    assert (licence.brand_name, licence.state) == ("卢医山", Licence.State.SUSPENDED)


def covers_form(licence, **facts):
    row = licence.covers.get()
    return {
        "covers-TOTAL_FORMS": "1", "covers-INITIAL_FORMS": "1", "covers-0-id": row.pk,
        "covers-0-licence": licence.pk, "covers-0-product": row.product_id, "covers-0-quantity": "500",
        **facts,
    }  # fmt: skip


def test_quantities_are_corrected_but_never_below_what_was_drawn(client, officer) -> None:
    member = MemberFactory()
    licence = LicenceFactory(member=member, products=[ProductFactory(member=member, licensed=False)])
    address = reverse("brand-licences:covers", args=[licence.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, covers_form(licence)).status_code == 302
    assert licence.covers.get().quantity == 500
    licence.covers.update(codes_drawn=400)
    refused = client.post(address, covers_form(licence, **{"covers-0-quantity": "399"}))
    assert refused.status_code == 400
    foreign = ProductFactory(licensed=False)
    assert client.post(address, covers_form(licence, **{"covers-0-product": foreign.pk})).status_code == 400
    assert licence.covers.get().quantity == 500


@pytest.mark.django_db(transaction=True)
def test_codes_drawn_while_quantities_are_corrected_stay_counted(client, officer) -> None:
    member = MemberFactory()
    licence = LicenceFactory(member=member, products=[ProductFactory(member=member, licensed=False)])
    drawing = threading.Event()

    def draw() -> None:
        try:
            with transaction.atomic():
                draw_codes(licence.covers.get(), 300)
                drawing.set()
                time.sleep(0.5)  # a run of codes takes its time
        finally:
            connection.close()

    member_draws = threading.Thread(target=draw)
    member_draws.start()
    drawing.wait()
    answer = client.post(reverse("brand-licences:covers", args=[licence.pk]), covers_form(licence))
    member_draws.join()
    assert answer.status_code == 302
    cover = licence.covers.get()
    assert (cover.quantity, cover.codes_drawn) == (500, 300)


def test_papers_of_a_licence_are_printed_in_the_office(client, officer) -> None:
    licence = LicenceFactory(member=MemberFactory(), state=Licence.State.REVOKED)
    for name in ("certificate", "plaque"):
        answer = client.get(reverse(f"brand-licences:{name}", args=[licence.pk]))
        assert answer.content.startswith(b"%PDF") and answer["X-Content-Type-Options"] == "nosniff"


def test_reloading_an_act_leads_back_to_the_page(client, officer) -> None:
    application = submitted()
    assert client.get(desk(application, "accept")).url == desk(application)
