"""Why a statement did not move, in sentences for the person who tried."""


class SettlementRefused(ValueError):
    """Nothing was changed; the text says why in plain words."""


class SettledAlready(SettlementRefused):
    """Somebody else was a moment faster."""
