"""Money: what an order owes, what was paid through which gateway, what went back."""
