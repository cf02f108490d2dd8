"""Whatever is done to the packaging stock in whatever order, the books agree afterwards."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from brand.models import PackagingHolding, PackagingRequest, PackagingReturn, PackagingStock, StockTake
from brand.packaging.asking import ask_for_packaging, withdraw_request
from brand.packaging.counting import close_take, enter_counts, open_take
from brand.packaging.deciding import approve_request, refuse_request
from brand.packaging.lapsing import lapse_overdue
from brand.packaging.leaving import hand_out, pick_up
from brand.packaging.reconciling import differences
from brand.packaging.refusals import PackagingRefused
from brand.packaging.reporting import report_use
from brand.packaging.returning import announce_return, take_back, withdraw_return
from brand.packaging.shelf import receive, write_off
from brand.packaging.statements import statement
from tests.factories.accounts import person
from tests.factories.packaging import NOW, PackagingItemFactory, PackagingQuotaFactory

pytestmark = pytest.mark.django_db

# what only follows on something else comes more often, so that most steps do something
VERBS = (
    "receive", "spoil", "refuse", "withdraw", "hand_out", "lapse", "keep", "open_take",
    *("ask", "approve", "pick_up", "report", "announce", "take_back", "count", "close_take") * 3,
)  # fmt: skip
STEP = st.tuples(
    st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 1), st.integers(1, 30), st.integers(0, 6)
)


class Store:
    """Two members, three items, and every act there is."""

    def __init__(self, officer: User) -> None:
        self.officer, self.at = officer, NOW
        self.items = [PackagingItemFactory(low_level=20) for _ in range(3)]
        quotas = [PackagingQuotaFactory(item=self.items[0], quantity=120) for _ in range(2)]
        self.licences = [quota.licence for quota in quotas]
        receive(item=self.items[0], quantity=90, note="", by=None, at=NOW)
        for item in self.items[1:]:
            receive(item=item, quantity=90, note="", by=None, at=NOW)
            for licence in self.licences:
                PackagingQuotaFactory(licence=licence, item=item, quantity=150)
        for licence in self.licences:
            wanted = dict.fromkeys(self.items, 20)
            hand_out(licence=licence, quantities=wanted, collector="王", by=officer, at=NOW)

    def do(self, verb: str, item: int, member: int, count: int, more: int) -> None:
        """Try one act; a refusal changes nothing."""
        self.at += timedelta(days=3)
        with suppress(PackagingRefused, IndexError), transaction.atomic():
            getattr(self, verb)(self.items[item], self.licences[member], count, more)

    def receive(self, item, licence, count, more):
        receive(item=item, quantity=count, note="", by=None, at=self.at)

    def spoil(self, item, licence, count, more):
        write_off(item=item, quantity=more, reason="受潮", by=None, at=self.at)

    def ask(self, item, licence, count, more):
        wanted = {item: count, self.items[0]: more}
        ask_for_packaging(
            member=licence.member, licence=licence, quantities=wanted, wish="", by=None, at=self.at
        )

    def approve(self, item, licence, count, more):
        request = self._last(licence, "submitted")
        line = request.lines.all()[0]
        approve_request(
            request=request,
            granted={line.pk: min(count, line.asked)},
            reason="少一点",
            by=self.officer,
            at=self.at,
        )

    def refuse(self, item, licence, count, more):
        request = self._last(licence, "submitted")
        refuse_request(request=request, reason="库存紧", by=self.officer, at=self.at)

    def withdraw(self, item, licence, count, more):
        withdraw_request(request=self._last(licence, "submitted", "approved"), by=None, at=self.at)

    def pick_up(self, item, licence, count, more):
        pick_up(request=self._last(licence, "approved"), collector="王", by=self.officer, at=self.at)

    def hand_out(self, item, licence, count, more):
        hand_out(licence=licence, quantities={item: count}, collector="王", by=self.officer, at=self.at)

    def lapse(self, item, licence, count, more):
        lapse_overdue(at=self.at + timedelta(days=more))

    def report(self, item, licence, count, more):
        report_use(member=licence.member, item=item, used=count, spoiled=more, note="x", by=None, at=self.at)

    def announce(self, item, licence, count, more):
        announce_return(member=licence.member, item=item, quantity=count, note="", by=None, at=self.at)

    def keep(self, item, licence, count, more):
        withdraw_return(back=PackagingReturn.objects.filter(state="announced")[0])

    def take_back(self, item, licence, count, more):
        back = PackagingReturn.objects.filter(state="announced")[0]
        take_back(
            back=back, good=min(count, back.quantity - 1), damaged=min(more, 1), by=self.officer, at=self.at
        )

    def open_take(self, item, licence, count, more):
        open_take(region=item.region, by=None, at=self.at)

    def count(self, item, licence, count, more):
        take = StockTake.objects.filter(closed_at=None)[0]
        enter_counts(take=take, entered={take.counts.get(item=item).pk: (count, "数错过")})

    def close_take(self, item, licence, count, more):
        close_take(take=StockTake.objects.filter(closed_at=None)[0], by=None, at=self.at)

    def _last(self, licence, *states) -> PackagingRequest:
        return PackagingRequest.objects.filter(licence=licence, state__in=states)[0]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(steps=st.lists(STEP, min_size=40, max_size=60))
def test_random_sequences_reconcile(steps) -> None:
    with transaction.atomic():
        store = Store(person("brand_officer"))
        for step in steps:
            store.do(*step)
        region = store.items[0].region
        assert differences(region) == []
        _statements_agree(region, until=store.at)
        transaction.set_rollback(True)


def _statements_agree(region, *, until) -> None:
    """Each month opens where the one before closed, and the last one closes with what is there now."""
    shelf, held, month = {}, {}, date(2026, 11, 1)
    while month <= until.date():
        found = statement(region=region, first=month, today=until.date())
        assert found.problems == []
        for line in found.items:
            assert line.opening == shelf.get(line.item.pk, 0)
            shelf[line.item.pk] = line.closing
        for line in found.members:
            assert line.opening == held.get((line.member.pk, line.item.pk), 0)
            held[line.member.pk, line.item.pk] = line.closing
        month = (month + timedelta(days=31)).replace(day=1)
    stocks = PackagingStock.objects.filter(item__region=region)
    assert {stock.item_id: stock.remaining for stock in stocks if stock.place} == shelf
    for holding in PackagingHolding.objects.filter(item__region=region):
        assert held.get((holding.member_id, holding.item_id), 0) == holding.remaining
