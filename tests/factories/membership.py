"""Applications for membership: begun, complete, sent off."""

from datetime import UTC, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from brand.membership.drafts import begin_application, save_draft
from brand.membership.models import MembershipApplication, MembershipPaper
from brand.membership.papers import add_paper
from brand.membership.submitting import submit_application
from tests.factories.accounts import UserFactory
from tests.factories.brand import RegionFactory

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CODE = "93140406MAXXXX0154"
OTHER_CODE = "91140406MAXXXX0235"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
WORDS = {
    "kind": "cooperative",
    "name": "店上大葱专业合作社",
    "credit_code": CODE,
    "legal_person": "王拴柱",
    "town": "店上镇",
    "address": "潞城区店上镇店上村",
    "goods": "大葱，八十亩，种了六年。",
    "public_phone": "0355-0000021",
    "contact_name": "李红",
    "contact_phone": "138 0000 1234",
    "promised": True,
}


def pdf(name: str = "执照.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def photo(name: str = "执照.jpg") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def begun(*, applicant=None, region=None, at=NOW) -> MembershipApplication:
    applicant = applicant or UserFactory(phone="138 0000 1234")
    return begin_application(region=region or RegionFactory(), applicant=applicant, at=at)


def complete(*, applicant=None, region=None, at=NOW, **words) -> MembershipApplication:
    """Return an application that can be sent off: a confirmed number, a business licence."""
    application = begun(applicant=applicant, region=region, at=at)
    application = save_draft(application=application, values=WORDS | words, version=1, at=at)
    MembershipApplication.objects.filter(pk=application.pk).update(confirmed_phone="+8613800001234")
    add_paper(application=application, kind=MembershipPaper.Kind.LICENCE, upload=pdf(), at=at)
    application.refresh_from_db()
    return application


def sent(*, at=NOW, **facts) -> MembershipApplication:
    application = complete(at=at, **facts)
    return submit_application(application=application, by=application.applicant, at=at)
