"""What is answered about one code or one licence: the verdict of the public pages."""

from datetime import datetime

from api.links import page
from api.schemas.batches import recall_of
from api.schemas.checks import CodeOut, LicenceOut
from association.licences.queries import CheckedLicence
from record.models import Code
from record.scans.recording import verdict_on


def code_answer(serial: str, *, at: datetime) -> CodeOut | None:
    """Return what may be believed of that package, or None when nobody issued its code. One query."""
    related = ("product__region", "batch")
    code = Code.objects.select_related(*related).filter(serial=serial).first()
    if code is None:
        return None
    verdict = verdict_on(code, device="", at=at)
    return CodeOut(
        serial=code.serial,
        verdict=verdict.kind.value,
        genuine=verdict.genuine,
        scan_count=code.scan_count,
        first_scanned_at=code.first_scanned_at,
        gtin=code.product.gtin,
        product=str(code.product),
        region=code.product.region.slug,
        lot=code.batch.lot if code.batch else None,
        recall=recall_of(code.batch) if code.batch else None,
        url=page("trace-package", code.serial),
    )


def licence_answer(checked: CheckedLicence) -> LicenceOut:
    """Return what a licence says today."""
    licence = checked.licence
    return LicenceOut(
        number=licence.number,
        verdict=checked.verdict.key,
        valid=checked.verdict.is_valid,
        brand=licence.brand_name,
        member=licence.member.name,
        region=licence.region.slug,
        products=[str(product) for product in licence.products.all()],
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
        url=page("association:licence", licence.number),
    )
