"""Promotions of the halls: campaigns, offers, coupons, and what they come to in a basket."""
