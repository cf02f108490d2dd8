"""Oscar's catalogue with a link from what is sold to the licensed product it is."""
