"""Two people at the store in the same moment: one wins, the other is told, nothing is counted twice."""

import threading

import pytest
from django.db import connection

from brand.models import PackagingHolding, PackagingRequest, PackagingStock, StockTake
from brand.packaging.counting import open_take
from brand.packaging.deciding import approve_request, refuse_request
from brand.packaging.leaving import pick_up
from brand.packaging.reconciling import differences
from brand.packaging.refusals import PackagingRefused
from brand.packaging.reporting import report_use
from tests.factories.accounts import person
from tests.factories.packaging import NOW, PackagingQuotaFactory, asked, stocked


def at_once(*calls) -> list[str]:
    """Make the calls in threads that start together; return the words of those that were refused."""
    start, refused = threading.Barrier(len(calls)), []

    def make(call) -> None:
        try:
            start.wait()
            call()
        except PackagingRefused as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins_and_nothing_counts_twice() -> None:
    quota = stocked(500, quantity=1000)
    other = PackagingQuotaFactory(item=quota.item)
    officers = [person("brand_officer"), person("brand_officer")]
    one, two, same = asked(quota, 300), asked(other, 300), asked(quota, 10)

    def approve(request, by):
        approve_request(request=request, granted={}, reason="", by=by, at=NOW)

    # the shelf has 500: it is promised to one of them
    assert len(at_once(lambda: approve(one, officers[0]), lambda: approve(two, officers[1]))) == 1
    assert PackagingStock.objects.get(item=quota.item).promised == 300

    # one grants what the other refuses
    told = at_once(
        lambda: approve(same, officers[0]),
        lambda: refuse_request(request=same, reason="缺货", by=officers[1], at=NOW),
    )
    assert len(told) == 1
    assert "李红" in told[0]

    # two clerks hand out the same goods
    ready = PackagingRequest.objects.filter(state="approved", lines__asked=300).get()
    hand = [lambda by=by: pick_up(request=ready, collector="王", by=by, at=NOW) for by in officers]
    assert len(at_once(*hand)) == 1
    assert PackagingStock.objects.get(item=quota.item).issued == 300

    # a report is sent from two phones, a stock-take begun at two desks
    def report():
        report_use(
            member=ready.member, item=quota.item, used=100, spoiled=0, note="", by=None, at=NOW, seen=300
        )

    assert len(at_once(report, report)) == 1
    assert PackagingHolding.objects.get().remaining == 200
    begin = [lambda by=by: open_take(region=quota.item.region, by=by, at=NOW) for by in officers]
    assert len(at_once(*begin)) == 1
    assert StockTake.objects.count() == 1
    assert differences(quota.item.region) == []
