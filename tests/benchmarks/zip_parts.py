"""Prepares the server of the benchmark `zip`: large files in the library, a member with a session, links."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from brand.models import Representative, VIAccess, VIAsset, VICategory, VIFile, VIVersion
from brand.vi.accepting import accept_agreement, agreement_in_force
from brand.vi.links import sign_link


def prepare(count: int, size: int) -> dict[str, str]:
    """Make the files, accept the terms, sign the links."""
    tie = Representative.objects.select_related("member__region", "user").get(
        user__email="member@example.com"
    )
    now = timezone.now()
    if terms := agreement_in_force(tie.member.region):
        accept_agreement(terms, member=tie.member, user=tie.user, at=now)
    VIAsset.objects.filter(slug="benchmark").delete()
    asset = VIAsset.objects.create(
        region=tie.member.region, category=VICategory.objects.first(), slug="benchmark",
        title="大文件", access=VIAccess.MEMBERS, state=VIAsset.State.PUBLISHED,
    )  # fmt: skip
    version = VIVersion.objects.create(asset=asset, number=1, current=True, published_at=now)
    files = [_file(version, number, size) for number in range(count)]
    small = _file(version, count, 1000)
    facts = {"user_id": tie.user.pk, "at": now}
    links = {
        "zip": sign_link(file_ids=[file.pk for file in files], is_zip=True, **facts),
        "small": sign_link(file_ids=[small.pk], is_zip=False, **facts),
    }
    addresses = {name: reverse("association:vi_download", args=[link, "x"]) for name, link in links.items()}
    return {**addresses, "cookie": f"Cookie: {settings.SESSION_COOKIE_NAME}={_session(tie)}"}


def _file(version: VIVersion, number: int, size: int) -> VIFile:
    file = VIFile(version=version, format="pdf", name=f"{number}.pdf", size=size, sha256=f"{number:064}")
    file.file.save(f"benchmark/{number}.pdf", ContentFile(b""), save=False)
    with Path(file.file.path).open("r+b") as opened:
        opened.truncate(size)
    file.save()
    return file


def _session(tie: Representative) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(tie.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = tie.user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
