"""The day of the hall at a glance: what waits, what was sold, how many who came have bought."""
