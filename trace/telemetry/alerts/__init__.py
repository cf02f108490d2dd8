"""Telling people of devices and cameras that need somebody: rules, what they find, who is told."""
