"""Order agriculture (订单农业): bought while it grows, a deposit now, the balance at the harvest."""
