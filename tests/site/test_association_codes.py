"""Codes on the member's desk: drawn within the quantity, printed, bound, activated; only one's own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brand.models import Licence, LicenceProduct
from record.codes.runs import make_run
from record.models import Code, Printing, PrintRun
from tests.factories.brand import LicenceFactory, ProductFactory, RepresentativeFactory
from tests.factories.record import BatchFactory, sellable_batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie():
    return RepresentativeFactory()


@pytest.fixture
def product(tie):
    return ProductFactory(member=tie.member, region=tie.member.region)


@pytest.fixture
def member(client: Client, tie) -> Client:
    client.force_login(tie.user)
    return client


def limit(product, quantity: int) -> None:
    LicenceProduct.objects.filter(product=product).update(quantity=quantity)


def asked(product, **facts) -> dict:
    words = {"what": f"product-{product.pk}", "quantity": 5, "pins": 0, "note": "", "request": uuid4()}
    return {**words, **facts}


def run_of(product, **facts) -> PrintRun:
    return make_run(product=product, quantity=4, at=timezone.now(), **facts)


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("page", ["", "draw/", "1/", "1/print/"])
def test_a_stranger_is_asked_to_sign_in(client: Client, page) -> None:
    assert client.get(f"/members/codes/{page}")["Location"].startswith("/accounts/login/")


def test_the_desk_shows_what_is_left(member, product) -> None:
    limit(product, 1000)
    run_of(product)
    seen = text(member.get("/members/codes/"))
    assert "996" in seen and "1,000" in seen
    answer = member.get("/members/codes/")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def test_drawn_codes_are_the_members_and_count(member, product, tie) -> None:
    limit(product, 8)
    answer = member.post("/members/codes/draw/", asked(product))
    run = PrintRun.objects.get()
    assert answer["Location"] == f"/members/codes/{run.pk}/"
    assert (run.made_by, run.quantity, run.licence) == (tie.user, 5, product.licences.get())
    assert Code.objects.count() == 5
    assert LicenceProduct.objects.get(product=product).codes_left == 3


def test_codes_for_a_batch_belong_to_it_at_once(member, product) -> None:
    batch = BatchFactory(product=product)
    member.post("/members/codes/draw/", asked(product, what=f"batch-{batch.pk}"))
    assert batch.codes.count() == 5


def test_more_than_is_left_is_refused_and_keeps_what_was_typed(member, product) -> None:
    limit(product, 4)
    answer = member.post("/members/codes/draw/", asked(product, note="三号卷"))
    assert answer.status_code == 409
    assert "还剩 4 个码" in text(answer) and "三号卷" in text(answer)
    assert not Code.objects.exists()


def test_a_double_click_draws_once(member, product) -> None:
    words = asked(product)
    first, second = (member.post("/members/codes/draw/", words) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Code.objects.count() == 5


@pytest.mark.parametrize(
    "wrong", [{"quantity": 0}, {"quantity": 100_001}, {"what": "product-0"}, {"pins": 7}]
)
def test_what_cannot_be_is_refused_beside_the_field(member, product, wrong) -> None:
    answer = member.post("/members/codes/draw/", asked(product, **wrong))
    assert answer.status_code == 400
    assert not PrintRun.objects.exists()


def test_a_product_or_batch_of_somebody_else_cannot_be_named(member, product) -> None:
    other = sellable_batch()
    for what in (f"product-{other.product_id}", f"batch-{other.pk}"):
        assert member.post("/members/codes/draw/", asked(product, what=what)).status_code == 400
    assert not PrintRun.objects.exists()


def test_a_run_of_somebody_else_is_not_there(member, product) -> None:
    run = run_of(ProductFactory())
    assert member.get(f"/members/codes/{run.pk}/").status_code == 404
    assert member.post(f"/members/codes/{run.pk}/print/", {"kind": "csv"}).status_code == 404
    assert not Printing.objects.exists()


def test_without_a_licence_nothing_is_drawn_and_the_page_says_so(member, product) -> None:
    Licence.objects.update(state=Licence.State.SUSPENDED)
    assert "领不了码" in text(member.get("/members/codes/"))
    member.post("/members/codes/draw/", asked(product))
    assert not Code.objects.exists()


def test_a_form_sent_after_the_suspension_draws_nothing_and_names_the_licence(member, product) -> None:
    licence = product.licences.get()
    Licence.objects.update(state=Licence.State.SUSPENDED)
    for answer in (member.post("/members/codes/draw/", asked(product)), member.get("/members/codes/")):
        assert f'href="/brand/licences/{licence.number}/"' in text(answer)
    assert not PrintRun.objects.exists()


def test_labels_come_as_a_private_file_once_and_then_with_a_reason(member, product) -> None:
    run = run_of(product)
    page = f"/members/codes/{run.pk}/"
    answer = member.post(f"{page}print/", {"kind": "csv", "preset": "a4-24"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    assert len(b"".join(answer.streaming_content).splitlines()) == 5
    again = member.post(f"{page}print/", {"kind": "csv", "preset": "a4-24"})
    assert again.status_code == 400
    assert Printing.objects.count() == 1
    member.post(f"{page}print/", {"kind": "csv", "preset": "a4-24", "reason": "卷纸卡了"})
    assert Printing.objects.count() == 2


def test_a_suspension_stops_labels_and_activation_on_the_desk(member, product) -> None:
    batch = sellable_batch(product=product)
    run = run_of(product, batch=batch)
    Licence.objects.update(state=Licence.State.SUSPENDED)
    page = f"/members/codes/{run.pk}/"
    assert member.post(f"{page}print/", {"kind": "csv", "preset": "a4-24"}).status_code == 409
    assert member.post(f"{page}activate/", {}).status_code == 409
    assert "暂停" in text(member.get(page))
    assert not Printing.objects.exists()
    assert not Code.objects.filter(state=Code.State.ACTIVATED).exists()


def test_codes_made_ahead_are_bound_and_brought_into_use(member, product) -> None:
    run, batch = run_of(product), sellable_batch(product=product)
    page = f"/members/codes/{run.pk}/"
    assert member.post(f"{page}bind/", {"batch": batch.pk})["Location"] == page
    assert member.post(f"{page}activate/", {})["Location"] == page
    assert set(run.codes.values_list("state", "batch")) == {(Code.State.ACTIVATED, batch.pk)}


def test_a_batch_of_somebody_else_is_no_choice(member, product) -> None:
    run = run_of(product)
    answer = member.post(f"/members/codes/{run.pk}/bind/", {"batch": sellable_batch().pk})
    assert answer.status_code == 400
    assert not run.codes.exclude(batch=None).exists()


def test_codes_are_not_activated_before_their_papers_are_there(member, product) -> None:
    run = run_of(product, batch=BatchFactory(product=product))
    answer = member.post(f"/members/codes/{run.pk}/activate/", {})
    assert answer.status_code == 409 and "合格证" in text(answer)


def test_reloading_after_an_act_leads_back_to_the_run(member, product) -> None:
    run = run_of(product)
    assert member.get(f"/members/codes/{run.pk}/print/")["Location"] == f"/members/codes/{run.pk}/"
    assert member.get(f"/members/codes/{run.pk}/nothing/").status_code == 404


def test_batches_are_listed_with_their_codes(member, product) -> None:
    batch = BatchFactory(product=product)
    run_of(product, batch=batch)
    other = BatchFactory()
    seen = text(member.get("/members/batches/"))
    assert batch.lot in seen and "4 个码，在用 0 个" in seen
    assert f"/trace/batches/{other.product.gtin}/{other.lot}" not in seen


def test_the_lists_ask_as_much_for_many_as_for_few(member, product, django_assert_max_num_queries) -> None:
    for _ in range(3):
        run_of(product, batch=BatchFactory(product=product))
    for page in ("/members/codes/", "/members/batches/", "/members/"):
        with django_assert_max_num_queries(45):
            assert member.get(page).status_code == 200
    with django_assert_max_num_queries(16):
        member.get("/members/codes/")


def test_the_desk_says_when_a_quantity_is_nearly_used_up(member, product) -> None:
    limit(product, 1000)
    LicenceProduct.objects.update(codes_drawn=950)
    assert "快用完了" in text(member.get("/members/"))


def test_a_product_under_two_licences_is_shown_once(member, product, tie) -> None:
    until = timezone.localdate() + timedelta(days=20)
    LicenceFactory(member=tie.member, products=[product], valid_to=until)
    assert text(member.get("/members/codes/draw/")).count(f"product-{product.pk}") == 1
