"""Oscar's registration of its models."""

from oscar.apps.voucher.admin import *  # noqa: F403 - Oscar's choosers need its models registered
