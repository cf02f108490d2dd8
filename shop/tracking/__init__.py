"""Where a parcel is: one set of states, whoever reports them."""
