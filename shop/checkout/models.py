"""No models: Oscar's checkout has none."""
