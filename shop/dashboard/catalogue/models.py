"""No models: Oscar's dashboard has none."""
