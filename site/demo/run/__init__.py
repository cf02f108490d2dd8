"""Running the demonstration: prepare, start every part, watch them, say what to open."""
