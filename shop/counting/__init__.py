"""How often the hall is opened and something goes into a basket: numbers by day, nobody is followed."""
