"""The applications of the demo could have been typed by somebody: codes, lengths, numbers, states."""

import pytest

from brand.membership.drafts import TYPED
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.trail import _VERBS
from demo.load.content import COUNTIES, read
from lib.credit_code import validate_credit_code
from lib.phone import normalise_phone


@pytest.mark.parametrize("county", COUNTIES)
def test_applications_hold_what_a_form_would_take(county: str) -> None:
    adcode = read(county, "region")["region"]["adcode"]
    members = {member["slug"]: member for member in read(county, "members")["member"]}
    for words in read(county, "membership")["application"]:
        if code := words.get("credit_code"):
            validate_credit_code(code)
            assert code[2:8] == adcode
        normalise_phone(words["contact_phone"])
        for name in set(TYPED) & words.keys() - {"promised"}:
            longest = MembershipApplication._meta.get_field(name).max_length
            assert len(words[name]) <= longest, name
        assert set(words.get("papers", [])) <= set(MembershipPaper.Kind.values)
        assert {step[1] for step in words.get("steps", [])} <= _VERBS.keys()
        assert (words["state"] == "approved") == (words.get("member") in members)


def test_the_first_county_shows_every_state() -> None:
    shown = {words["state"] for words in read(COUNTIES[0], "membership")["application"]}
    assert shown == set(MembershipApplication.State.values)
