"""The pages of a buyer about their orders: one order for its whole life, my orders, finding one again."""
