"""Off-line classes and live streams: when and where, rooms, who came, how it was, what became of it.

Signing up is that of any activity (`brand.activities`): a class has one. What is its own is here.
"""
