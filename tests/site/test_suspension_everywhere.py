"""A suspension is in force wherever the licence gave a right, on the very next request."""

import pytest
from django.utils import timezone

from brand.licences.acts import reinstate_licence, suspend_licence
from record.codes.issuing import issue_codes
from record.codes.refusals import CodesRefused
from tests.factories.accounts import person
from tests.factories.record import active_code
from tests.factories.shop import ArticleFactory

pytestmark = pytest.mark.django_db


def test_every_place_that_shows_or_uses_a_licence_knows_at_once(client) -> None:
    code = active_code()
    product = code.product
    licence = product.licences.get()
    pages = {
        f"/brand/licences/{licence.number}/": ("有效", "暂停"),
        f"/brand/members/{product.member.slug}/": ("有效", "暂停"),
        f"/trace/{code.serial}/": ("有用标授权", "用标授权不在有效期"),
        ArticleFactory(brand_product=product).get_absolute_url(): (licence.number, ""),
        f"/api/v1/licences/{licence.number}": ('"valid"', '"suspended"'),
    }
    now, officer = timezone.now(), person("brand_officer")
    for page, (good, _bad) in pages.items():
        assert good in client.get(page).content.decode(), page
    suspend_licence(licence=licence, reason="抽检没过", by=officer, at=now)
    for page, (good, bad) in pages.items():
        seen = client.get(page).content.decode()
        assert bad in seen and (bad or good not in seen), page
    with pytest.raises(CodesRefused):
        issue_codes(product=product, quantity=1, at=now)
    reinstate_licence(licence=licence, reason="复检合格", by=officer, at=now)
    issue_codes(product=product, quantity=1, at=now)
    assert "有用标授权" in client.get(f"/trace/{code.serial}/").content.decode()
