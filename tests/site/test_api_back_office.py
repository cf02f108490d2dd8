"""Tokens in the back office: made for a member, shown once, revoked; by those whose work it is."""

import re

import pytest
from django.test import Client

from api.models import ApiToken
from api.tokens import verify
from tests.factories.accounts import person
from tests.factories.api import token
from tests.factories.brand import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client) -> Client:
    client.force_login(person("trace_operator"))
    return client


def make(client: Client, **changes):
    form = {"member": MemberFactory().pk, "name": "包装车间 ERP", "scopes": ["events", "codes"], **changes}
    return client.post("/cms/api-tokens/new/", form)


def test_a_token_is_made_and_shown_once(operator):
    answer = make(operator)
    text = re.search(r"fengtu_[\w-]{43}", answer.content.decode())[0]
    assert "no-store" in answer["Cache-Control"]
    made = ApiToken.objects.get()
    assert verify(text) == made
    assert made.scopes == ["events", "codes"]
    assert made.created_by.groups.filter(role__slug="trace_operator").exists()
    for path in ("", f"inspect/{made.pk}/"):
        page = operator.get(f"/cms/api-tokens/{path}").content.decode()
        assert made.hint in page
        assert text not in page
        assert "记录和更正事件" in page


def test_a_token_for_nothing_is_not_made(operator):
    assert make(operator, scopes=[]).status_code == 200
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_for_good(operator):
    made, text = token()
    page = operator.get(f"/cms/api-tokens/inspect/{made.pk}/").content.decode()
    assert f"/cms/api-tokens/revoke/{made.pk}/" in page
    assert operator.get(f"/cms/api-tokens/revoke/{made.pk}/").status_code == 200
    assert verify(text), "asking changes nothing"
    operator.post(f"/cms/api-tokens/revoke/{made.pk}/")
    assert verify(text) is None
    revoked_at = ApiToken.objects.get().revoked_at
    operator.post(f"/cms/api-tokens/revoke/{made.pk}/")
    assert ApiToken.objects.get().revoked_at == revoked_at


def test_a_token_is_neither_edited_nor_deleted(operator):
    made, _text = token()
    for act in ("edit", "delete"):
        assert operator.post(f"/cms/api-tokens/{act}/{made.pk}/", {"name": "x"}).status_code in {
            302,
            403,
            404,
        }
    assert ApiToken.objects.get().name == "包装车间 ERP"


@pytest.mark.parametrize("role", ["editor", "clerk", "brand_officer"])
def test_others_see_and_make_none(client, role):
    made, text = token()
    client.force_login(person(role))
    for path in ("", "new/", f"inspect/{made.pk}/", f"revoke/{made.pk}/"):
        assert client.get(f"/cms/api-tokens/{path}").status_code in {302, 403}
    client.post(f"/cms/api-tokens/revoke/{made.pk}/")
    make(client)
    assert ApiToken.objects.count() == 1
    assert verify(text)
