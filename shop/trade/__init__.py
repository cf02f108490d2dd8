"""Trade: restaurants and supermarkets that buy by the crate, at tiers of prices and by quotation."""
