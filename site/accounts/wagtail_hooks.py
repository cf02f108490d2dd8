"""What accounts change in the back office."""

from wagtail import hooks

from accounts.back_office import EraseBulkAction

# after Wagtail's own of the same name, which it replaces
hooks.register("register_bulk_action", EraseBulkAction, order=100)
