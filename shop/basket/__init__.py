"""Oscar's basket with an add button that works on pages kept by the page cache."""
