"""What happened on the land and in the hall: batches, harvests, licences, articles. One query each."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from brand.models import Licence, Region
from cms.suggestions import Suggestion
from record.models import Event
from shop.catalogue.models import Product

MOST = 6  # of one kind
_ALONG = ("batch__product", "batch__base")


def new_batches(*, region: Region, since: date, until: date) -> Iterator[Suggestion]:
    """Tell of batches whose record began in those days."""
    first = Event.objects.filter(
        batch__product__region=region, sequence=1, recorded_at__gte=_begin(since), batch__recalled_at=None
    )
    for event in first.select_related(*_ALONG).order_by("-recorded_at")[:MOST]:
        batch = event.batch
        names = {"product": batch.product.name, "lot": batch.lot, "base": batch.base.name}
        yield Suggestion(
            origin=f"record.batch:{batch.pk}",
            kind=gettext_lazy("new batch"),
            title=_("New batch of %(product)s from %(base)s") % names,
            on=timezone.localdate(event.recorded_at),
            note=_("Lot %(lot)s.") % names,
            product=batch.product_id,
            base=batch.base_id,
            url=f"/trace/batches/{batch.product.gtin}/{batch.lot}/",
        )


def harvests(*, region: Region, since: date, until: date) -> Iterator[Suggestion]:
    """Tell of harvests, one a batch: the newest."""
    events = Event.objects.filter(
        batch__product__region=region, step=Event.Step.HARVEST, at__gte=_begin(since), batch__recalled_at=None
    )
    told: set[int] = set()
    for event in events.select_related(*_ALONG).order_by("-at")[: MOST * 4]:
        batch = event.batch
        if batch.pk in told or len(told) >= MOST:
            continue
        told.add(batch.pk)
        names = {"product": batch.product.name, "base": batch.base.name, "lot": batch.lot}
        yield Suggestion(
            origin=f"record.harvest:{batch.pk}",
            kind=gettext_lazy("harvest"),
            title=_("%(base)s brings in %(product)s") % names,
            on=timezone.localdate(event.at),
            note=_("Lot %(lot)s.") % names,
            product=batch.product_id,
            base=batch.base_id,
            url=f"/trace/batches/{batch.product.gtin}/{batch.lot}/",
        )


def new_licences(*, region: Region, since: date, until: date) -> Iterator[Suggestion]:
    """Tell of licences given in those days."""
    given = Licence.objects.filter(region=region, issued_on__range=(since, until))
    for licence in (
        given.exclude(state=Licence.State.REVOKED).select_related("member").order_by("-issued_on")[:MOST]
    ):
        names = {"member": licence.member.name, "brand": licence.brand_name}
        yield Suggestion(
            origin=f"brand.licence:{licence.pk}",
            kind=gettext_lazy("new licence"),
            title=_("%(member)s may now use %(brand)s") % names,
            on=licence.issued_on or licence.valid_from,
            category="affairs",
            url=f"/brand/licences/{licence.number}/",
        )


def new_articles(*, region: Region, since: date, until: date) -> Iterator[Suggestion]:
    """Tell of articles new in the hall."""
    articles = Product.objects.filter(
        brand_product__region=region, date_created__gte=_begin(since), is_public=True
    ).exclude(structure=Product.CHILD)
    for article in articles.order_by("-date_created")[:MOST]:
        yield Suggestion(
            origin=f"catalogue.product:{article.pk}",
            kind=pgettext_lazy("suggestion", "new in the hall"),
            title=_("New in the hall: %(article)s") % {"article": article.title},
            on=timezone.localdate(article.date_created),
            category="product",
            product=article.brand_product_id,
            url=article.get_absolute_url(),
        )


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
