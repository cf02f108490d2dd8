"""The part of the desk about the VI library: the terms to accept, what was taken last."""

from datetime import datetime
from urllib.parse import urlencode

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from association.desk.parts import Due, Part, Row
from association.downloads.queries import TONES, Terms, downloads_of, terms_of
from brand.models import Member, VIDownload
from cms.navigation import in_language
from lib.dates import moment

LATEST = 3


def part(member: Member, user: User, at: datetime) -> Part:
    """Return the part. 3 queries."""
    return Part(
        title=_("VI files"),
        icon="file",
        dues=_dues(terms_of(member, user), member),
        rows=[_row(line) for line in downloads_of(member)[:LATEST]],
        empty=_("Nothing taken yet. Logos, bags and banners lie in the library, ready for the printer."),
        more_url=reverse("desk:downloads"),
        act_url=in_language("/brand/vi/"),
        act_label=_("To the VI library"),
    )


def _dues(terms: Terms | None, member: Member) -> list[Due]:
    if terms is None or terms.acceptance is not None:
        return []
    query = urlencode({"for": member.slug, "next": reverse("desk:desk")})
    text = _("Read and accept the terms for VI files, version %(number)s") % {
        "number": terms.agreement.number
    }
    return [Due(text, f"{reverse('association:vi_agreement')}?{query}")]


def _row(line: VIDownload) -> Row:
    state = VIDownload.State(line.state)
    note = f"{moment(line.begun_at)} · {filesizeformat(line.bytes_sent)}"
    return Row(line.label, note=note, state=str(state.label), tone=TONES[state])
