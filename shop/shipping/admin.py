"""Oscar's registration of its models."""

from oscar.apps.shipping.admin import *  # noqa: F403 - Oscar's choosers need its models registered
