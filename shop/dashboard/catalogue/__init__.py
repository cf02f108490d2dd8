"""Oscar's catalogue dashboard: a product form that names the licensed product."""
