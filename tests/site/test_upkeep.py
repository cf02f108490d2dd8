"""The maintenance record: programs and people add to it, nobody edits it, it can be taken along."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import person
from upkeep.models import UpkeepEntry

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MADE = {
    "kind": "repair",
    "started_at": "2026-11-22 09:00",
    "finished_at": "2026-11-22 11:30",
    "what": "换了 3 号大棚的采集箱电源",
    "outcome": "正常",
}


@pytest.fixture
def operator(client: Client):
    user = person("trace_operator")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def test_an_operator_enters_what_was_done_by_hand(client: Client, operator) -> None:
    answer = client.post(reverse("upkeep:add"), MADE)
    assert answer.status_code == 302
    entry = UpkeepEntry.objects.get()
    assert (entry.kind, entry.state, entry.by, entry.what) == ("repair", "done", operator, MADE["what"])
    page = client.get(reverse("upkeep:index"))
    assert page.status_code == 200 and MADE["what"] in page.content.decode()
    assert client.get(reverse("upkeep:inspect", args=[entry.pk])).status_code == 200


@pytest.mark.parametrize(
    "changes", [{"kind": "backup"}, {"finished_at": ""}, {"finished_at": "2026-11-21 09:00"}, {"what": ""}]
)
def test_what_is_no_entry_is_refused(client: Client, operator, changes: dict[str, str]) -> None:
    client.post(reverse("upkeep:add"), MADE | changes)
    assert not UpkeepEntry.objects.exists()


def test_an_entry_is_neither_edited_nor_deleted(client: Client, operator) -> None:
    entry = UpkeepEntry.objects.create(kind="update", what="升级", started_at=NOW, finished_at=NOW)
    client.post(reverse("upkeep:edit", args=[entry.pk]), MADE)
    client.post(reverse("upkeep:delete", args=[entry.pk]))
    assert UpkeepEntry.objects.get().what == "升级"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_record_can_be_taken_along(client: Client, operator, kind: str) -> None:
    UpkeepEntry.objects.create(kind="update", what="升级", started_at=NOW, finished_at=NOW)
    answer = client.get(reverse("upkeep:index"), {"export": kind})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200 and (kind == "xlsx" or "升级" in content.decode())


def test_others_do_not_see_it(client: Client) -> None:
    client.force_login(person("editor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("upkeep:index")).status_code in {302, 403}
