"""Proof that outlives us: daily digests of all chains, and what contradicts one that somebody kept."""
