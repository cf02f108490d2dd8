"""Live stream: readings reach everybody who watches a base, at the price of one write each."""
