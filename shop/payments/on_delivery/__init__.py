"""Cash on delivery: the order goes at once, the money is recorded when it is there."""
