"""Which edition of a rule or standard is in force follows from the dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from brand.editions.standing import Standing, history
from brand.models import Rule, RuleEdition, Standard, StandardEdition
from tests.factories.brand import RegionFactory

DAY = date(2026, 11, 23)
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def edition(days: int, *, withdrawn: int | None = None, label: str = "") -> RuleEdition:
    begun = DAY - timedelta(days=days)
    over = None if withdrawn is None else DAY - timedelta(days=withdrawn)
    return RuleEdition(label=label or str(days), in_force_from=begun, withdrawn_on=over)


def standings(*editions: RuleEdition) -> dict[str, str]:
    return {dated.edition.label: dated.standing.value for dated in history(editions, on=DAY).editions}


def test_the_newest_that_has_begun_is_in_force_and_ends_the_day_before_the_next() -> None:
    found = history([edition(-10), edition(400), edition(100)], on=DAY)
    assert [dated.standing for dated in found.editions] == [
        Standing.COMING, Standing.IN_FORCE, Standing.REPLACED,
    ]  # fmt: skip
    assert found.current and found.current.until == DAY + timedelta(days=9)
    assert found.editions[2].until == DAY - timedelta(days=101)


def test_an_edition_is_in_force_from_its_first_day_on() -> None:
    assert standings(edition(0), edition(1)) == {"0": "in_force", "1": "replaced"}


def test_withdrawn_without_a_successor_nothing_is_in_force_and_the_older_one_does_not_come_back() -> None:
    assert standings(edition(100, withdrawn=3), edition(400)) == {"100": "withdrawn", "400": "replaced"}
    assert history([edition(100, withdrawn=3)], on=DAY).current is None


def test_withdrawn_from_tomorrow_on_it_holds_today() -> None:
    found = history([edition(100, withdrawn=-1)], on=DAY)
    assert found.current and found.current.until == DAY


def test_a_withdrawal_after_the_successor_began_says_replaced() -> None:
    assert standings(edition(10), edition(100, withdrawn=5))["100"] == "replaced"


def test_what_is_shown_first() -> None:
    both = history([edition(-30), edition(-10)], on=DAY)
    assert both.first_to_show and both.first_to_show.edition.label == "-10"
    assert history([], on=DAY).first_to_show is None
    over = history([edition(50, withdrawn=1), edition(90)], on=DAY)
    assert over.first_to_show and over.first_to_show.edition.label == "50"


@settings(max_examples=50, deadline=None)
@given(st.sets(st.integers(-400, 400), min_size=1, max_size=6))
def test_at_most_one_is_in_force_and_no_day_is_covered_twice(days: set[int]) -> None:
    found = history([edition(one) for one in days], on=DAY).editions
    assert sum(dated.is_in_force for dated in found) == int(max(days) >= 0)
    for newer, older in pairwise(found):
        assert older.until == newer.edition.in_force_from - timedelta(days=1)


def a_rule() -> Rule:
    return Rule.objects.create(region=RegionFactory(), title="管理办法", slug="rules")


@pytest.mark.django_db
def test_a_pdf_is_kept_with_its_size_under_a_name_of_its_rule() -> None:
    one = RuleEdition(
        rule=a_rule(), label="第一版", in_force_from=DAY, file=SimpleUploadedFile("办法.pdf", PDF)
    )
    one.full_clean()
    one.save()
    assert one.size == len(PDF)
    assert one.file.name.startswith("editions/rules-")
    assert one.file.read() == PDF


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 broken off", b""])
def test_what_is_no_whole_pdf_is_refused_whatever_its_name(content: bytes) -> None:
    one = RuleEdition(
        rule=a_rule(), label="一", in_force_from=DAY, file=SimpleUploadedFile("办法.pdf", content)
    )
    with pytest.raises(ValidationError) as refused:
        one.full_clean()
    assert "file" in refused.value.message_dict
    assert not RuleEdition.objects.exists()


@pytest.mark.django_db
def test_two_editions_of_one_rule_do_not_begin_on_one_day() -> None:
    rule = a_rule()
    RuleEdition.objects.create(rule=rule, label="一", in_force_from=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleEdition.objects.create(rule=rule, label="二", in_force_from=DAY)


@pytest.mark.django_db
def test_it_is_not_withdrawn_before_it_began() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleEdition.objects.create(rule=a_rule(), label="一", in_force_from=DAY, withdrawn_on=DAY)


@pytest.mark.django_db
def test_a_standard_has_a_file_or_a_place_where_it_can_be_read() -> None:
    standard = Standard.objects.create(
        region=RegionFactory(), number="T/X 1", title="种植", slug="x", stage="planting"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardEdition.objects.create(standard=standard, label="2024", in_force_from=DAY)
    StandardEdition.objects.create(
        standard=standard, label="2024", in_force_from=DAY, link="https://openstd.samr.gov.cn/"
    )
