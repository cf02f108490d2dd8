"""The calendar in the back office: days, plans, targets, the report."""
