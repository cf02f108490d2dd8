"""Why an act on an inspection or finding is refused."""


class InspectionRefused(ValueError):
    """It cannot be done as asked; the text says why in plain words, and nothing was changed."""
