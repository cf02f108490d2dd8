"""Money: what an order owes, what was paid through which gateway, what went back.

- `gateways` says what a way of paying is and which there are; each has a package of its own here
- `choosing` begins a payment, `settling` is the one place where money becomes paid
- `asking` learns at the gateway what no notification told, `closing` ends what nobody paid
- `refunding` decides what goes back, `repaying` brings it through the gateways
"""
