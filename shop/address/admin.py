"""Oscar's registration of its models."""

from oscar.apps.address.admin import *  # noqa: F403 - Oscar's choosers need its models registered
