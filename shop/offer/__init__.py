"""Oscar's offers: the promotions of the hall."""
