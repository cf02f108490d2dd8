"""The demonstration counties and `manage.py demo`. Nothing imports it."""
