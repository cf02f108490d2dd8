"""What the holder is told: on the site always, by SMS where the number is confirmed."""

import logging
from datetime import datetime

from django.urls import reverse

from notices.send import ON_SITE, NotSent, send_notice
from training.certificates.certificate import Certificate

logger = logging.getLogger(__name__)


def tell_holder(certificate: Certificate, kind: str, *, at: datetime) -> None:
    """Put a notice into the holder's inbox, once. `kind` is `certificate_issued` or `certificate_revoked`."""
    user = certificate.enrolment.trainee.user
    context = {
        "course": certificate.words["course"],
        "number": certificate.number,
        "why": certificate.ended_why,
    }
    url = reverse("training:certificate", args=[certificate.number])
    key = f"{kind}.{certificate.pk}"
    try:
        send_notice(kind=kind, to=ON_SITE, context=context, at=at, user=user, key=key, url=url)
    except NotSent:
        logger.warning("notice %s of certificate %s was not sent", kind, certificate.pk)
