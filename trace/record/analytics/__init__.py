"""Scans as figures: counted by day, province and product beside the scanning, shown and exported."""
