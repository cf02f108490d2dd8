"""Loading: county after county, each whole or not at all."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import datetime
from io import StringIO
from typing import Any

from django.db import transaction
from wagtail.images.models import Image

from accounts.groups import sync_roles
from brand.models import Region
from changes import outbox
from demo.load.activities import add_activities
from demo.load.articles import add_posts
from demo.load.batches import add_batches
from demo.load.brand import add_brand
from demo.load.calendar import Calendar
from demo.load.certificates import add_certificates
from demo.load.claims import add_claims
from demo.load.classes import add_classes
from demo.load.codes import add_scans, void_one
from demo.load.content import COUNTIES
from demo.load.county import County
from demo.load.courses import add_courses
from demo.load.crops import add_crops
from demo.load.delivery import add_delivery
from demo.load.exams import add_exams
from demo.load.facts import demo_facts
from demo.load.features import add_features
from demo.load.fieldwork import add_fieldwork, add_inputs
from demo.load.films import add_films
from demo.load.goods import add_goods
from demo.load.halls import add_hall
from demo.load.history import add_history
from demo.load.learning import add_learners
from demo.load.licensing import add_licensing
from demo.load.makers import add_licences, add_members, add_products
from demo.load.membership import add_membership
from demo.load.openness import add_openness
from demo.load.packaging import add_packaging
from demo.load.pages import add_plain_pages, fill_home
from demo.load.parcels import add_parcels
from demo.load.payments import add_payments
from demo.load.people import add_people
from demo.load.pictures import sample_pictures
from demo.load.places import add_bases, renew_lost_passwords
from demo.load.plans import add_plans
from demo.load.presales import add_presales
from demo.load.programs import settle_programs
from demo.load.promotions import add_promotions
from demo.load.proof import add_proof
from demo.load.reading import add_readers
from demo.load.reviews import add_reviews
from demo.load.secrets import Secrets
from demo.load.sellers import add_elsewhere, add_sellers
from demo.load.sights import add_sights
from demo.load.sites import set_up_site, settle_ports
from demo.load.supervision import add_supervision
from demo.load.talent import add_talent
from demo.load.texts import add_rules, add_standards
from demo.load.trademarks import add_trademarks
from demo.load.trading import add_stock, add_trading
from demo.load.vi import add_vi
from demo.load.vi_use import add_vi_use
from demo.load.voices import add_voices
from demo.load.watching import add_watching

Say = Callable[[str], None]

# each fills in what the next ones need
STEPS: tuple[Callable[[County], None], ...] = (
    set_up_site,
    add_members,
    add_membership,
    add_products,
    add_crops,
    add_licences,
    add_vi,
    add_vi_use,
    add_packaging,
    add_bases,
    add_inputs,
    add_batches,
    add_supervision,
    add_licensing,
    add_fieldwork,
    add_sights,
    void_one,
    add_scans,
    add_watching,
    add_goods,
    add_hall,
    add_stock,
    add_delivery,
    add_payments,
    add_sellers,
    add_elsewhere,
    add_voices,
    add_presales,
    add_claims,
    add_parcels,
    add_trading,
    add_rules,
    add_standards,
    add_trademarks,
    add_activities,
    add_brand,
    add_posts,
    add_plans,
    add_reviews,
    add_readers,
    add_courses,
    add_films,
    add_exams,
    add_learners,
    add_classes,
    add_certificates,
    add_talent,
    add_features,
    add_openness,
    add_plain_pages,
    fill_home,
    add_history,
    add_promotions,
)


def load_demo(*, at: datetime, say: Say = lambda line: None) -> dict[str, Any]:
    """Load the counties that are not there yet and return what var/demo.json tells of all of them.

    `at` is the clock; everything is dated back from it. A county that is there is left as its editors
    made it.
    """
    calendar, secrets = Calendar(at), Secrets.of_the_demo()
    with _quiet():
        _load_missing(calendar, secrets, say)
        settle_ports()
        renew_lost_passwords(secrets)
        settle_programs(secrets, at=at)
    return demo_facts(calendar, secrets)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the log to warnings, and messages off the terminal: they are those of orders of weeks ago."""
    logging.disable(logging.INFO)
    try:
        with redirect_stdout(StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


def _load_missing(calendar: Calendar, secrets: Secrets, say: Say) -> None:
    missing = _missing()
    add_people(calendar, secrets)
    pictures = sample_pictures() if missing else {}
    for number, slug in enumerate(missing, 1):
        say(f"  counties: {number} of {len(missing)}")
        _load(slug, calendar, secrets, pictures)
    if missing:
        sync_roles()  # rights on the pages that are there now
        add_proof(calendar.at)


def _missing() -> list[str]:
    known = set(Region.objects.values_list("slug", flat=True))
    return [slug for slug in COUNTIES if slug not in known]


@transaction.atomic
def _load(slug: str, calendar: Calendar, secrets: Secrets, pictures: dict[str, Image]) -> None:
    county = County(slug=slug, calendar=calendar, secrets=secrets, pictures=pictures)
    for step in STEPS:
        step(county)
    outbox.record(county.region, region=slug)
