"""From a basket to a closed order: placing, states, cancelling."""
