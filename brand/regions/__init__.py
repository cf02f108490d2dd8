"""Counties: one row each, bound to a Wagtail site and a theme folder."""
