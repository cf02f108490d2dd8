"""Artwork of the demonstration: logos, signs, bags and boxes composed from each county's own drawings."""
