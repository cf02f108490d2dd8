"""The page for the phone in the field: an event in a few taps, also where there is no signal."""
