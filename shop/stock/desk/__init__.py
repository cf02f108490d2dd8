"""Stock on the seller's desk: what is there, what came and went, counting."""
