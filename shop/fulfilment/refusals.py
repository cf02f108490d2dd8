"""Why packing or sending is refused: sentences for who stands at the table."""


class NotPacked(ValueError):
    """The package or the parcel stays as it was; the text says why in plain words."""


class NotSent(ValueError):
    """The parcel did not leave and nothing was changed; the text says why in plain words."""


class AlreadyLeft(ValueError):
    """Something of the order has left already, so it can no longer be stopped."""
