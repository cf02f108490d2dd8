"""The licence check, publicity and the list of revoked licences: what anybody may see of licences."""
