"""Erasing names: the person is gone, the chain is whole, and what was erased cannot be guessed back."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.deletion import delete_account, what_is_kept
from changes.models import Change
from record.erasure import ErasureNeedsGrounds, NothingToErase, erase_name
from record.events.chain import broken_links
from record.events.recording import correct_event
from record.models import Batch, Event, NameErasure
from record.proof.publishing import publish_digest
from tests.factories.accounts import UserFactory, person
from tests.factories.record import NOW, BatchFactory, event

pytestmark = pytest.mark.django_db


def _batch() -> Batch:
    batch = BatchFactory(planted_on=None, harvested_on=None)
    wrong = event(batch, actor="李长根", attested_by="王红梅")
    event(batch, actor="赵玉兰", attested_by="")
    correct_event(event=wrong, reason="记错了", recorded_at=NOW, title="浇水")
    return batch


def _broken(batch: Batch) -> list[object]:
    return list(broken_links(batch.events.order_by("sequence").prefetch_related("photos__image")))


def test_the_name_goes_and_the_chain_is_whole(tmp_path: Path) -> None:
    batch = _batch()
    kept = tmp_path / "digest.json"
    kept.write_bytes(publish_digest(at=NOW).text)
    before = list(batch.events.values_list("hash", flat=True))
    assert erase_name(name=" 李长根 ", reason="本人来信", at=NOW, by=None) == 2
    assert (
        not Event.objects.filter(actor="李长根").exists()
        and not Event.objects.exclude(attested_by="").exists()
    )
    assert Event.objects.filter(actor="赵玉兰").exists()
    assert list(batch.events.values_list("hash", flat=True)) == before
    assert _broken(batch) == []
    call_command("verify_chain", digest=str(kept))


def test_what_is_left_does_not_tell_who_it_was() -> None:
    _batch()
    erase_name(name="李长根", reason="本人来信", at=NOW, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM record_event")
        assert "李长根" not in str(cursor.fetchall())
    assert not Event.objects.exclude(actor="赵玉兰").exclude(salt="").exists()


def test_names_put_back_into_an_erased_event_are_found() -> None:
    batch = _batch()
    erase_name(name="李长根", reason="本人来信", at=NOW, by=None)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_event SET actor = '别人' WHERE sequence = 1")
    assert [link.problem for link in _broken(batch)] == ["people_changed"]
    with pytest.raises(CommandError, match=r"event 1 .* names other people"):
        call_command("verify_chain")


def test_names_taken_out_past_the_act_of_erasing_are_found() -> None:
    batch = _batch()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_event SET actor = '', attested_by = '', salt = '' WHERE sequence = 1")
    with pytest.raises(CommandError, match=f"{batch.lot}: event 1 .* nobody erased them on record"):
        call_command("verify_chain")


def test_caches_hear_of_it_and_it_is_on_record() -> None:
    batch, officer = _batch(), UserFactory()
    version, changes = Batch.objects.get().version, Change.objects.count()
    erase_name(name="赵玉兰", reason="本人来信", at=NOW, by=officer)
    assert Batch.objects.get(pk=batch.pk).version == version + 1 and Change.objects.count() == changes + 1
    erasure = NameErasure.objects.get()
    assert (erasure.event.sequence, erasure.by, erasure.reason) == (2, officer, "本人来信")


@pytest.mark.parametrize(("name", "reason"), [("谁", "本人来信"), ("", "本人来信"), ("李长根", " ")])
def test_what_cannot_be_erased_changes_nothing(name: str, reason: str) -> None:
    _batch()
    with pytest.raises((NothingToErase, ErasureNeedsGrounds)):
        erase_name(name=name, reason=reason, at=NOW, by=None)
    assert Event.objects.filter(actor="李长根").count() == 2 and not NameErasure.objects.exists()


def test_a_second_time_there_is_nothing_left() -> None:
    _batch()
    erase_name(name="李长根", reason="本人来信", at=NOW, by=None)
    with pytest.raises(NothingToErase):
        erase_name(name="李长根", reason="本人来信", at=NOW, by=None)


def test_a_deleted_account_takes_its_name_out_of_its_own_events() -> None:
    user = UserFactory(last_name="李", first_name="长根")
    batch = BatchFactory(planted_on=None, harvested_on=None)
    event(batch, actor="李长根", recorded_by=user)
    event(batch, actor="李长根")  # recorded by somebody else: another person of that name, for all we know
    assert any("1" in sentence for sentence in what_is_kept(user))
    delete_account(user=user, at=NOW)
    assert list(batch.events.order_by("sequence").values_list("actor", flat=True)) == ["", "李长根"]
    assert _broken(batch) == []


def test_an_operator_erases_with_two_clicks(client: Client) -> None:
    batch = _batch()
    client.force_login(
        person("trace_operator"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    url = reverse("record-erasures:erase")
    asked = {"name": "李长根", "reason": "本人来信"}
    page = client.post(url, asked)
    assert page.status_code == 200 and batch.lot in page.content.decode()
    assert not NameErasure.objects.exists()
    told = client.post(url, {**asked, "confirm": "yes"}, follow=True)
    assert NameErasure.objects.count() == 2 and "本人来信" in told.content.decode()
    for wrong in (
        {**asked, "reason": "李长根来信"},
        {**asked, "name": "谁"},
        {"name": "赵玉兰", "reason": ""},
    ):
        assert client.post(url, {**wrong, "confirm": "yes"}).status_code == 400
    assert NameErasure.objects.count() == 2


def test_a_clerk_erases_nothing(client: Client) -> None:
    _batch()
    client.force_login(person("clerk"), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("record-erasures:erase"), {"name": "李长根", "reason": "x", "confirm": "yes"})
    assert not NameErasure.objects.exists()


@pytest.mark.parametrize("name", ["record-digests", "record-captures", "record-erasures"])
def test_lists_of_proof_open_for_operators(client: Client, name: str) -> None:
    _batch()
    publish_digest(at=NOW)
    erase_name(name="李长根", reason="本人来信", at=NOW, by=None)
    client.force_login(
        person("trace_operator"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(reverse(f"{name}:index")).status_code == 200
    assert client.get(reverse(f"{name}:add")).status_code in {302, 403}
