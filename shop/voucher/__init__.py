"""Oscar's vouchers: the coupons of the hall."""
