"""From a paid order to the parcel that left: split by seller, packed with codes, sent."""
