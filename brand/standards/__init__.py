"""The library of standards: how it is grown, processed, stored and carried."""
