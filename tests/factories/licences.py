"""Applications for licences, at any step of their way."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from brand.licences.applications.review import accept_application
from brand.licences.applications.submission import submit_application
from brand.licences.publicity.publishing import publish_application
from brand.licences.site_checks.models import POINTS
from brand.licences.site_checks.recording import record_site_check
from brand.models import ApplicationPaper, ApplicationProduct, LicenceApplication
from tests.factories.accounts import person
from tests.factories.brand import ProductFactory, RepresentativeFactory

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ALL_GOOD = dict.fromkeys(POINTS, "good")
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


class LicenceApplicationFactory(DjangoModelFactory):
    """A complete draft of somebody who acts for a member; `complete=False` leaves it empty."""

    class Meta:
        model = LicenceApplication
        skip_postgeneration_save = True

    class Params:
        tie = factory.SubFactory(RepresentativeFactory)

    member = factory.SelfAttribute("tie.member")
    region = factory.SelfAttribute("member.region")
    applicant = factory.SelfAttribute("tie.user")
    brand_name = "潞城大葱"
    trademark_classes = [31, 35]
    uses = ["packaging", "signs"]
    purpose = "印在五千克一捆的纸箱上，一年六万箱，批发市场和网店都卖。"
    created_at = NOW - timedelta(days=30)
    changed_at = NOW - timedelta(days=30)

    @factory.post_generation
    def complete(self, create, extracted, **kwargs):
        if not create or extracted is False:
            return
        product = self.member.products.first() or ProductFactory(member=self.member, licensed=False)
        ApplicationProduct.objects.create(application=self, product=product, quantity=60_000)
        for kind in ("business", "quality"):
            ApplicationPaper.objects.create(
                application=self, kind=kind, file=f"licences/applications/{kind}.pdf", name=f"{kind}.pdf",
                sha256=kind, size=len(PDF), added_at=NOW,
            )  # fmt: skip


def submitted(**facts) -> LicenceApplication:
    """Return an application that was sent five days ago."""
    application = LicenceApplicationFactory(**facts)
    submit_application(application=application, by=application.applicant, at=NOW - timedelta(days=5))
    return application


def accepted(*, officer: User | None = None, **facts) -> LicenceApplication:
    """Return one whose papers were in order."""
    application = submitted(**facts)
    accept_application(
        application=application, by=officer or person("brand_officer"), at=NOW - timedelta(days=4)
    )
    return application


def checked(*, checker: User | None = None, **facts) -> LicenceApplication:
    """Return one that passed its site check."""
    application = accepted(**facts)
    visit(application, by=checker or person("brand_officer"))
    return application


def visit(application: LicenceApplication, *, by: User, **facts) -> None:
    """Record a site check, a passed one unless told otherwise."""
    said = {
        "checked_on": TODAY - timedelta(days=3),
        "place": "张家河村分拣点",
        "checked_by": "李红、赵建国；合作社王秀兰",
        "findings": ALL_GOOD,
        "words": "",
        "passed": True,
        "at": NOW - timedelta(days=3),
        **facts,
    }
    record_site_check(application=application, by=by, **said)


def published(*, officer: User | None = None, at: datetime = NOW - timedelta(days=9), **facts):
    """Return one that is public; by default since nine days, so its seven days are over."""
    application = checked(**facts)
    publish_application(application=application, by=officer or person("brand_officer"), at=at)
    return application
