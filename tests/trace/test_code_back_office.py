"""Codes in the back office as a trace operator works with them: runs, cartons, voiding, PINs, finding."""

import re

import pytest
from django.urls import reverse

from accounts.groups import sync_roles
from accounts.roles import give_role
from record.codes.packing import pack_in_order
from record.codes.runs import make_run
from record.codes.selections import listed, of_run
from record.models import Carton, Code, CodeAct, CompanyPrefix, PrintRun, ScratchPin
from tests.factories.accounts import UserFactory
from tests.factories.brand import ProductFactory
from tests.factories.record import NOW, BatchFactory, sellable_batch

pytestmark = pytest.mark.django_db
State = Code.State


def signed_in(client, role):
    sync_roles()
    user = UserFactory()
    give_role(user, role)
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def operator(client):
    return signed_in(client, "trace_operator")


@pytest.fixture
def run():
    batch = sellable_batch()
    return make_run(product=batch.product, batch=batch, quantity=6, at=NOW)


def act(client, thing, name, **data):
    view = "record-cartons:act" if isinstance(thing, Carton) else "record-runs:act"
    return client.post(
        reverse(view, args=[thing.pk, name]), {f"{name}-{key}": value for key, value in data.items()}
    )


def serials(run):
    return list(run.codes.order_by("pk").values_list("serial", flat=True))


def states(run):
    return set(run.codes.values_list("state", flat=True))


def test_an_operator_goes_from_a_new_run_to_a_full_carton(operator):
    CompanyPrefix.objects.create(prefix="69012345")
    batch = sellable_batch()
    data = {"batch": batch.pk, "product": "", "quantity": 40, "pins": 8, "note": "第一卷"}
    answer = operator.post(reverse("record-runs:add"), data)
    run = PrintRun.objects.get()
    assert answer.url == reverse("record-runs:desk", args=[run.pk])
    assert (run.made_by, run.codes.count()) == (operator.user, 40)
    page = operator.get(answer.url)
    assert "下一步：印标签" in page.content.decode()

    file = act(operator, run, "print_first", kind="csv", preset="a4-24")
    assert b"".join(file.streaming_content).startswith("\ufeff".encode())
    assert file["Content-Disposition"].endswith(f'"{run.number}-1.csv"')
    assert ScratchPin.objects.count() == 40
    page = operator.get(answer.url).content.decode()
    assert "下一步：能卖了就激活" in page
    assert run.printings.get().sha256[:16] in page

    assert act(operator, run, "activate", first="", last="", serials="").status_code == 302
    assert states(run) == {State.ACTIVATED}
    filled = act(operator, run, "fill_cartons", batch=batch.pk, capacity=20, first="", last="", serials="")
    assert filled.status_code == 302
    assert Carton.objects.count() == 2
    page = operator.get(answer.url).content.decode()
    assert "都办完了" in page
    assert operator.user.get_full_name() in page or str(operator.user) in page
    label = operator.get(reverse("record-cartons:labels"), {"batch": batch.pk})
    assert b"".join(label.streaming_content).startswith(b"%PDF")


def test_codes_made_ahead_are_bound_from_the_page_of_their_run(operator):
    product = ProductFactory()
    operator.post(
        reverse("record-runs:add"), {"batch": "", "product": product.pk, "quantity": 4, "pins": 0, "note": ""}
    )
    run, batch = PrintRun.objects.get(), sellable_batch(product=product)
    some = serials(run)
    answer = act(
        operator, run, "bind", batch=batch.pk, first=some[1], last=f"https://x.cn/t/{some[2]}", serials=""
    )
    assert answer.status_code == 302
    assert list(run.codes.order_by("pk").values_list("batch", flat=True)) == [None, batch.pk, batch.pk, None]


@pytest.mark.parametrize(
    "data", [{"batch": "", "product": ""}, {"quantity": 0}, {"quantity": 1_000_001}, {"pins": 7}]
)
def test_a_senseless_run_is_refused_in_words(operator, data):
    batch = sellable_batch()
    facts = {"batch": batch.pk, "product": "", "quantity": 5, "pins": 0, "note": "", **data}
    answer = operator.post(reverse("record-runs:add"), facts)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not PrintRun.objects.exists()


def test_activation_without_a_certificate_names_the_batch_and_changes_nothing(operator):
    batch = BatchFactory()
    run = make_run(product=batch.product, batch=batch, quantity=2, at=NOW)
    answer = act(operator, run, "activate", first="", last="", serials="")
    assert answer.status_code == 400
    assert f"{batch.lot}: 这一批" in answer.content.decode() or "合格证" in answer.content.decode()
    assert states(run) == {State.BOUND}
    assert not CodeAct.objects.filter(kind="activate").exists()


def test_a_second_print_needs_a_reason(operator, run):
    act(operator, run, "print_first", kind="csv", preset="a4-48")
    assert act(operator, run, "print_first", kind="csv", preset="a4-48").status_code == 400
    some = {"first": "", "last": "", "serials": serials(run)[0]}
    assert act(operator, run, "print_again", kind="csv", preset="a4-48", reason="", **some).status_code == 400
    assert run.printings.count() == 1
    assert (
        act(operator, run, "print_again", kind="csv", preset="a4-48", reason="卡纸", **some).status_code
        == 200
    )
    assert list(run.printings.values_list("reason", "quantity")) == [("", 6), ("卡纸", 1)]


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ({"first": "", "last": "", "serials": "7KQX M3RT W9HV 4CND"}, "我们没发过"),
        ({"first": "", "last": "", "serials": "7KQX"}, "还差 12"),
        ({"first": "", "last": "7KQXM3RTW9HV4CND", "serials": ""}, "头一张和末一张"),
    ],
)
def test_what_is_wrong_with_a_choice_is_said(operator, run, which, says):
    answer = act(operator, run, "void", reason="印糊了", **which)
    assert answer.status_code == 400
    assert states(run) == {State.BOUND}
    if "还差" not in says:
        assert says in answer.content.decode()


def test_some_of_a_run_are_voided_with_a_reason(operator, run):
    some = serials(run)
    listed_ = "\n".join(some[:2])
    assert act(operator, run, "void", reason="", serials=listed_, first="", last="").status_code == 400
    assert states(run) == {State.BOUND}
    assert act(operator, run, "void", reason="印糊了", serials=listed_, first="", last="").status_code == 302
    assert Code.objects.filter(state=State.VOIDED).count() == 2
    made = CodeAct.objects.get(kind="void")
    assert (made.by, made.reason, made.serials) == (operator.user, "印糊了", some[:2])


def test_a_carton_is_packed_unpacked_and_voided_by_scanning(operator, run):
    CompanyPrefix.objects.create(prefix="69012345")
    new = {"batch": run.batch_id, "capacity": 4, "count": 1}
    assert operator.post(reverse("record-cartons:add"), new).status_code == 302
    carton, some = Carton.objects.get(), serials(run)
    scanned = "\r\n".join(f"HTTPS://FENGTU.EXAMPLE/01/{run.product.gtin}/21/{one}" for one in some[:3])
    assert act(operator, carton, "pack", serials=scanned).status_code == 302
    assert act(operator, carton, "replace", old=some[0], new=some[5], reason="破了").status_code == 302
    assert act(operator, carton, "unpack", serials=some[1], reason="").status_code == 302
    assert set(carton.codes.values_list("serial", flat=True)) == {some[2], some[5]}
    refused = act(operator, carton, "unpack", serials=some[1], reason="")
    assert refused.status_code == 400
    assert "不在这一箱里" in refused.content.decode()
    assert act(operator, carton, "activate").status_code == 302
    assert carton.codes.filter(state=State.ACTIVATED).count() == 2
    assert act(operator, carton, "void", reason="泡了水").status_code == 302
    assert set(carton.codes.values_list("state", flat=True)) == {State.VOIDED}
    assert operator.get(reverse("record-cartons:desk", args=[carton.pk])).status_code == 200


def test_cartons_without_a_company_prefix_say_what_to_do(operator, run):
    answer = operator.post(reverse("record-cartons:add"), {"batch": run.batch_id, "capacity": 4, "count": 1})
    assert answer.status_code == 400
    assert "厂商识别代码" in answer.content.decode()
    assert not Carton.objects.exists()


def test_codes_are_found_by_serial_lot_run_and_carton(operator, run):
    CompanyPrefix.objects.create(prefix="69012345")
    other = make_run(product=run.product, batch=sellable_batch(product=run.product), quantity=1, at=NOW)
    carton = pack_in_order(batch=run.batch, codes=listed(serials(run)[:2]), capacity=4, at=NOW)[0]
    found = {
        serials(run)[0]: 1,
        run.batch.lot.lower(): 6,
        run.number: 6,
        f"(00){carton.sscc}": 2,
        other.batch.lot: 1,
        "NOSUCHLOT": 0,
    }
    for text, count in found.items():
        rows = operator.get(reverse("record-codes:index"), {"q": text}).context["object_list"]
        assert len(rows) == count, text


def test_runs_and_cartons_are_listed_and_found(operator, run, django_assert_max_num_queries):
    CompanyPrefix.objects.create(prefix="69012345")
    pack_in_order(batch=run.batch, codes=of_run(run), capacity=2, at=NOW)
    for text in ("", run.number, run.batch.lot):
        page = operator.get(reverse("record-runs:index"), {"q": text}).content.decode()
        assert run.number in page
        assert reverse("record-runs:desk", args=[run.pk]) in page
    with django_assert_max_num_queries(30):
        page = operator.get(reverse("record-cartons:index"), {"q": run.batch.lot}).content.decode()
    assert len(set(re.findall(r"/record-cartons/(\d+)/", page))) == 3


@pytest.mark.parametrize("role", ["editor", "clerk"])
def test_who_may_not_is_kept_out_and_changes_nothing(client, run, role):
    signed_in(client, role)
    for name, data in {
        "print_first": {"kind": "csv", "preset": "a4-48"},
        "activate": {"first": "", "last": "", "serials": ""},
        "void": {"reason": "x", "first": "", "last": "", "serials": ""},
    }.items():
        assert act(client, run, name, **data).status_code in {302, 403}
    client.post(reverse("record-runs:add"), {"batch": run.batch_id, "product": "", "quantity": 5, "pins": 0})
    assert states(run) == {State.BOUND}
    assert PrintRun.objects.count() == 1
    assert not run.printings.exists()


def test_a_clerk_packs_cartons_but_does_not_void_them(client, run):
    CompanyPrefix.objects.create(prefix="69012345")
    signed_in(client, "clerk")
    client.post(reverse("record-cartons:add"), {"batch": run.batch_id, "capacity": 4, "count": 1})
    carton = Carton.objects.get()
    assert act(client, carton, "pack", serials=serials(run)[0]).status_code == 302
    assert act(client, carton, "void", reason="x").status_code in {302, 403}
    assert set(carton.codes.values_list("state", flat=True)) == {State.BOUND}


def test_a_locked_pin_is_opened_with_a_reason(operator, run):
    code = run.codes.first()
    ScratchPin.objects.create(
        code=code, length=8, digest="x" * 64, failures_in_all=20, failures=1, locked=True
    )
    page = operator.get(reverse("record-codes:inspect", args=[code.pk])).content.decode()
    assert reverse("record-codes:unlock", args=[code.pk]) in page
    url = reverse("record-codes:unlock", args=[code.pk])
    assert operator.post(url, {"reason": ""}).status_code == 400
    assert ScratchPin.objects.get().locked
    assert operator.post(url, {"reason": "买家看错了"}).status_code == 302
    assert not ScratchPin.objects.get().locked


def test_a_carton_shows_the_public_its_batch_and_an_operator_what_is_in_it(client, run):
    CompanyPrefix.objects.create(prefix="69012345")
    carton = pack_in_order(batch=run.batch, codes=of_run(run), capacity=6, at=NOW)[0]
    scanned = client.get(f"/00/{carton.sscc}")
    assert scanned.status_code == 307
    public = client.get(scanned.url).content.decode()
    assert run.batch.lot in public
    assert run.codes.first().serial[:4] not in public
    assert client.get("/trace/", {"code": f"(00){carton.sscc}"}).url == scanned.url
    signed_in(client, "trace_operator")
    shown = client.get(scanned.url).content.decode()
    assert all(f"/trace/{serial}/" in shown for serial in serials(run))


@pytest.mark.parametrize(
    ("sscc", "status"), [("069012345000000172", 404), ("069012345000000173", 400), ("x", 400)]
)
def test_a_carton_nobody_made_is_unknown(client, sscc, status):
    answer = client.get(f"/trace/cartons/{sscc}/")
    assert answer.status_code == status
    assert "没有这个箱号" in answer.content.decode()


def test_who_reloads_the_page_of_a_refused_act_sees_the_page(client, operator):
    run = make_run(product=sellable_batch().product, quantity=1, at=NOW)
    answer = client.get(reverse("record-runs:act", args=[run.pk, "void"]))
    assert answer.status_code == 302 and answer.url == reverse("record-runs:desk", args=[run.pk])
    assert client.post(reverse("record-runs:desk", args=[run.pk])).status_code == 404
