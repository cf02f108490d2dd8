"""Why a piece was refused, for whoever looks after the station."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from telemetry.ingest.hj212.heads import (
    CN_WRONG,
    CRC_WRONG,
    FLAG_WRONG,
    MN_WRONG,
    PW_WRONG,
    ST_WRONG,
    Head,
)

_REASONS: dict[int, Promise] = {
    PW_WRONG: _("HJ 212: wrong PW for MN=%(mn)s"),
    MN_WRONG: _("HJ 212: no station has MN=%(mn)s"),
    ST_WRONG: _("HJ 212: ST=%(st)s is no air station"),
    FLAG_WRONG: _("HJ 212: unknown version, Flag=%(flag)s"),
    CN_WRONG: _("HJ 212: CN=%(cn)s brings no readings"),
    CRC_WRONG: _("HJ 212: length or CRC is wrong"),
}
_NOISE = _("HJ 212: no frame")


def reason_of(problem: int, head: Head) -> str:
    """Return the reason for a value of QnRtn, or for noise (0)."""
    if not problem:
        return str(_NOISE)
    return _REASONS[problem] % {"mn": head.mn, "st": head.st, "cn": head.cn, "flag": head.flag}
