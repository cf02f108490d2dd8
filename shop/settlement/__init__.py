"""Settlement: what a supplier is owed for what was sold, to the cent."""
