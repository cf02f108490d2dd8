"""The county's own parcels (县乡村三级物流): stations, lines with stops and times, scans on the way."""
