"""VI assets with files that lie in the private storage, and the terms members accept."""

import hashlib
from datetime import UTC, datetime

from django.core.files.base import ContentFile

from brand.models import Region, VIAccess, VIAgreement, VIAsset, VICategory, VIFile, VISystem, VIVersion
from tests.factories.brand import RegionFactory

PUBLISHED = datetime(2026, 3, 1, 2, tzinfo=UTC)
_made = 0


def vi_file(
    *,
    access: str = VIAccess.PUBLIC,
    region: Region | None = None,
    content: bytes = b"<svg/>",
    products: tuple = (),
    asset: VIAsset | None = None,
    state: str = VIAsset.State.PUBLISHED,
    name: str = "",
    published: bool = True,
) -> VIFile:
    """Return a file of a new asset, or a further file of `asset`, in its current version."""
    global _made  # noqa: PLW0603
    _made += 1
    if asset is None:
        category, _ = VICategory.objects.get_or_create(
            slug="logo", defaults={"system": VISystem.BASIC, "name": "标志"}
        )
        asset = VIAsset.objects.create(
            region=region or RegionFactory(),
            category=category,
            slug=f"logo-{_made}",
            title=f"标志 {_made}",
            access=access,
            state=state,
        )
        asset.products.set(products)
    version, _ = VIVersion.objects.get_or_create(
        asset=asset,
        number=1 if published else 2,
        defaults={"current": published, "published_at": PUBLISHED if published else None},
    )
    file = VIFile(
        version=version,
        format="svg",
        name=name or f"logo-{_made}.svg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    file.file.save(f"vi/{_made}.svg", ContentFile(content), save=False)
    file.save()
    return file


def vi_agreement(region: Region | None = None, *, number: int = 1, published: bool = True) -> VIAgreement:
    """Return a version of a county's terms."""
    return VIAgreement.objects.create(
        region=region or RegionFactory(),
        number=number,
        title="VI 使用约定",
        text="标只用在授权的产品上。\n\n不改色，不变形。",
        published_at=PUBLISHED if published else None,
    )
