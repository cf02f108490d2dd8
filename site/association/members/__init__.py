"""The public list of members and a member's page."""
