"""The shelves: which article stands in which list, written in one place, so that every list is an index."""
