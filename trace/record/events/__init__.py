"""What was done to a batch: recorded once, chained, corrected beside; the rules an event must keep."""
