"""The back office of bases, devices and metrics."""
