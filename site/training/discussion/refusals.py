"""Why something is not said, asked or reported, in plain words."""


class NotSaid(ValueError):
    """Nothing was written down; the text says why."""
