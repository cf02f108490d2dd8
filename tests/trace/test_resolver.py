"""The resolver: what a scanned link answers, and which requests are scans."""

import json
import re

import pytest

from record.codes.activation import activate_codes
from record.codes.issuing import issue_codes
from record.models import Code, Scan
from record.scans.devices import COOKIE
from tests.factories.brand import ProductFactory, RegionFactory
from tests.factories.record import NOW, active_code, sellable_batch

pytestmark = pytest.mark.django_db
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"}


@pytest.fixture
def code():
    return active_code(sellable_batch(lot="LC1"))


def link(code, *, lot=""):
    return f"/01/{code.product.gtin}{lot}/21/{code.serial}"


def test_a_scanned_link_leads_to_the_record_and_is_a_scan(client, code):
    answer = client.get(link(code), **PHONE)
    assert (answer.status_code, answer["Location"]) == (307, f"/trace/{code.serial}/")
    assert answer["Cache-Control"] == "no-store"
    assert Scan.objects.count() == 1
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)
    assert cookie.value not in str(Scan.objects.values_list())


@pytest.mark.parametrize("shape", ["{path}", "{lower}", "/t/{serial}", "/T/{serial}", "/t/{lower_serial}/"])
def test_links_are_read_in_any_case(client, code, shape):
    path = link(code)
    names = {"path": path, "lower": path.lower(), "serial": code.serial, "lower_serial": code.serial.lower()}
    answer = client.get(shape.format(**names))
    assert (answer.status_code, answer["Location"]) == (307, f"/trace/{code.serial}/")
    assert Scan.objects.count() == 1


def test_marks_of_one_phone_for_two_codes_cannot_be_joined(client):
    for code in (active_code(), active_code()):
        client.get(link(code))
    first, second = Scan.objects.values_list("device", flat=True)
    assert first != second


NOT_SCANS = [
    {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
    {"HTTP_PURPOSE": "prefetch"},
    {"HTTP_X_MOZ": "prefetch"},
    {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
    {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    {"HTTP_USER_AGENT": "WhatsApp/2.23"},
]


@pytest.mark.parametrize("headers", NOT_SCANS, ids=str)
def test_programs_are_redirected_and_not_counted(client, code, headers):
    assert client.get(link(code), **headers).status_code == 307
    assert not Scan.objects.exists()


def test_head_options_and_linksets_are_not_counted(client, code):
    assert client.head(link(code)).status_code == 307
    assert client.options(link(code)).status_code == 204
    assert client.get(link(code), HTTP_ACCEPT="application/linkset+json").status_code == 200
    assert client.get(link(code) + "?linkType=gs1:pip").status_code == 307
    assert not Scan.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("gs1:pip", "/trace/products/{gtin}/"),
        ("https://ref.gs1.org/voc/pip", "/trace/products/{gtin}/"),
        ("gs1:traceability", "/trace/{serial}/"),
        ("gs1:certificationInfo", "/trace/{serial}/#certs"),
        ("gs1:defaultLink", "/trace/{serial}/"),
    ],
)
def test_link_types_lead_to_their_pages(client, code, wanted, target):
    answer = client.get(link(code), {"linkType": wanted})
    expected = target.format(gtin=code.product.gtin, serial=code.serial)
    assert (answer.status_code, answer["Location"]) == (307, expected)


def test_an_unknown_link_type_is_not_found(client, code):
    assert client.get(link(code), {"linkType": "gs1:recipeInfo"}).status_code == 404
    assert not Scan.objects.exists()


def test_query_strings_pass_on(client, code):
    assert client.get(link(code) + "?17=270101&from=wechat")["Location"].endswith("/?17=270101&from=wechat")
    assert client.get(link(code) + "?linkType=gs1:certificationInfo&a=1")["Location"].endswith("/?a=1#certs")


def test_lots_and_products_have_pages_and_an_unknown_lot_walks_up(client, code):
    gtin = code.product.gtin
    assert client.get(f"/01/{gtin}/10/lc1")["Location"] == f"/trace/batches/{gtin}/LC1/"
    assert client.get(f"/01/{gtin}/10/NOSUCH")["Location"] == f"/trace/products/{gtin}/"
    assert client.get(f"/01/{gtin}")["Location"] == f"/trace/products/{gtin}/"
    assert client.get(f"/01/{gtin[1:]}")["Location"] == f"/trace/products/{gtin}/"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/01/06971406000015", 400),
        ("/01/123", 400),
        ("/01/", 400),
        ("/01/06971406000014/99/X", 400),
        ("/01/06901234567892", 404),
        ("/t/7KQXM3RTW9HV4CND", 404),
        ("/t/nonsense", 404),
    ],
)
def test_what_cannot_be_read_gets_a_page_for_people(client, path, status):
    RegionFactory()
    answer = client.get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert 'name="code"' in answer.content.decode()


def test_the_refusal_speaks_the_language_of_the_visitor(client):
    RegionFactory()
    assert 'lang="en"' in client.get("/01/123", HTTP_ACCEPT_LANGUAGE="de-DE,de").content.decode()
    assert 'lang="zh-Hans"' in client.get("/01/123", HTTP_ACCEPT_LANGUAGE="zh-CN,en").content.decode()
    assert 'lang="zh-Hans"' in client.get("/01/123").content.decode()


def test_a_serial_of_another_product_is_no_code_of_ours(client, code):
    RegionFactory()
    answer = client.get(f"/01/{ProductFactory().gtin}/21/{code.serial}")
    assert answer.status_code == 404
    assert not Scan.objects.exists()


def test_the_linkset_fits_the_gs1_schema(client, code):
    answer = client.get(link(code), HTTP_ACCEPT="application/linkset+json")
    assert answer["Content-Type"] == "application/linkset+json"
    (context,) = json.loads(answer.content)["linkset"]
    assert context.pop("anchor").endswith(link(code))
    assert context.pop("description") == "潞城大葱"
    assert set(context) >= {
        f"https://ref.gs1.org/voc/{name}" for name in ("defaultLink", "pip", "traceability")
    }
    for relation, links in context.items():
        assert re.fullmatch(r"https://[a-zA-Z0-9./]+", relation)
        for entry in links:
            assert re.match(r"https?://[a-zA-Z0-9./]+", entry["href"])
            assert all(re.fullmatch(r"\w{2}", language) for language in entry.get("hreflang", []))
    languages = [entry["hreflang"] for entry in context["https://ref.gs1.org/voc/pip"]]
    assert languages == [["zh"], ["en"]]
    assert client.get(link(code) + "?linkType=linkset").json() == answer.json()


def test_redirects_name_the_linkset_and_other_origins_may_read(client, code):
    answer = client.get(link(code))
    assert 'rel="linkset"; type="application/linkset+json"' in answer["Link"]
    assert "https://ref.gs1.org/voc/pip" in answer["Link"]
    for reply in (answer, client.options(link(code)), client.get("/01/123")):
        assert reply["Access-Control-Allow-Origin"] == "*"
        assert reply["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.post(link(code)).status_code == 405


def test_the_resolver_describes_itself(client):
    described = client.get("/.well-known/gs1resolver").json()
    assert described["supportedPrimaryKeys"] == ["01"]
    assert described["resolverRoot"].startswith("http")


def test_a_product_without_gtin_uses_short_links(client):
    batch = sellable_batch(product=ProductFactory(gtin=None))
    serial = issue_codes(product=batch.product, batch=batch, quantity=1, at=NOW)[0]
    activate_codes(batch=batch, at=NOW)
    assert client.get(f"/T/{serial}")["Location"] == f"/trace/{serial}/"
    assert Code.objects.get().scan_count == 1


def test_few_queries(client, code, django_assert_num_queries):
    client.get(link(code))
    with django_assert_num_queries(1):
        client.head(link(code))


def test_no_address_is_kept(client, code):
    client.get(link(code), REMOTE_ADDR="203.0.113.77")
    kept = str(Scan.objects.values()) + str(Code.objects.values())
    assert "203.0.113.77" not in kept
