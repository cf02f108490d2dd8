"""What accounts change in the back office."""

from wagtail import hooks

from accounts.back_office import AssignRoleBulkAction, EraseBulkAction

# after Wagtail's own of the same name, which they replace
hooks.register("register_bulk_action", EraseBulkAction, order=100)
hooks.register("register_bulk_action", AssignRoleBulkAction, order=100)
