"""Papers set with typst: the pick list, the label on a parcel."""
