"""Site checks: somebody goes there and looks before a licence is given."""
