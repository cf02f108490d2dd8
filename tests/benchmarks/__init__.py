"""Performance claims, each a figure beside its limit or a peer measured in the same run."""
