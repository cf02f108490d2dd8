"""The checkout: one page with everything, in place of the steps of Oscar."""
