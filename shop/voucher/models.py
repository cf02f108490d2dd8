"""Oscar's voucher models."""

from oscar.apps.voucher.models import *  # noqa: F403
