"""A certificate as Open Badge 3.0, for wallets and sites elsewhere: signed, so that it needs no asking us.

1EdTech Open Badges Specification 3.0: §5 data model, §8.2 JSON Web Token proof, revocation by
1EdTechRevocationList. The holder is named by a salted hash only: who knows the name can check it.
"""

import hashlib
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from brand.models import Region
from training.certificates.certificate import Certificate
from training.certificates.keys import signed, signing_key
from training.certificates.terms import CertificateTerms, signed_by
from training.courses.kinds import Kind

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


def badge_of(certificate: Certificate) -> str:
    """Return the signed badge of a certificate as compact JWS."""
    key = signing_key()
    credential = credential_of(certificate)
    claims = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "nbf": int(certificate.issued_at.timestamp()),
        "sub": credential["credentialSubject"]["id"],
    }
    return signed({**credential, **claims}, key=key, kid=_address("training:badge-key", key.name))


def credential_of(certificate: Certificate) -> dict[str, Any]:
    """Return the OpenBadgeCredential, not signed."""
    words = certificate.words
    page = _address("training:certificate", certificate.number)
    return {
        "@context": CONTEXT,
        "id": f"urn:uuid:{certificate.badge}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": words["course"],
        "issuer": issuer_of(certificate.region),
        "validFrom": _moment(certificate.issued_at),
        "credentialSubject": {
            "id": f"{page}#holder",
            "type": ["AchievementSubject"],
            "identifier": [_hashed_name(words["name"])],
            "achievement": _achievement(certificate),
        },
        "evidence": [{"id": page, "type": ["Evidence"], "name": certificate.number}],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": _address("training:revoked-badges", certificate.region.slug),
            "type": "1EdTechRevocationList",
        },
    }


def issuer_of(region: Region) -> dict[str, Any]:
    """Return who stands behind the certificates of a county, as Profile. One query."""
    terms = CertificateTerms.objects.filter(region=region).first()
    about = {"description": terms.about} if terms and terms.about else {}
    return {
        "id": _address("training:issuer", region.slug),
        "type": ["Profile"],
        "name": terms.signed_by if terms else signed_by(region),
        "url": settings.PUBLIC_BASE_URL,
        **about,
    }


def revoked_badges(region: Region) -> dict[str, Any]:
    """Return what does not hold any more in that county, by the names of the badges. One query.

    Why one was replaced is between the office and its holder: names stand in it.
    """
    rows = Certificate.objects.filter(region=region).exclude(state=Certificate.State.VALID).order_by("pk")
    ended = rows.values_list("badge", "state", "ended_why")
    return {
        "id": _address("training:revoked-badges", region.slug),
        "issuer": _address("training:issuer", region.slug),
        "revokedCredential": [
            {"id": f"urn:uuid:{badge}", "revoked": True, **_reason(state, why)} for badge, state, why in ended
        ],
    }


def _reason(state: str, why: str) -> dict[str, str]:
    return {"revocationReason": why} if state == Certificate.State.REVOKED else {}


def _achievement(certificate: Certificate) -> dict[str, Any]:
    words, course = certificate.words, certificate.enrolment.course
    return {
        "id": f"{_address('training:issuer', certificate.region.slug)}#course-{course.pk}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": words["course"],
        "description": course.intro,
        "criteria": {"narrative": _criteria(certificate)},
        "tag": [str(Kind(words["kind"]).label)] if words["kind"] in Kind.values else [],
    }


def _criteria(certificate: Certificate) -> str:
    course = certificate.enrolment.course
    asked = [
        f"watched or read at least {course.needs_watching} % of the lessons",
        "passed the exam" if course.needs_exam else "",
        "attended a class on the spot" if course.needs_class else "",
    ]
    return "The holder " + ", ".join(filter(None, asked)) + "."


def _hashed_name(name: str) -> dict[str, Any]:
    """Return an IdentityObject: a hash of the name with the salt behind it, as Open Badges hash."""
    salt = token_hex(8)
    digest = hashlib.sha256(f"{name}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "name",
        "salt": salt,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _address(name: str, *args: object) -> str:
    """Return an address that stays, whatever language the page was asked in."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=args)}"
