"""Trade for buyers: what it is, applying, the list of prices, asking, quotations."""
