"""Why a trade did not go on, in sentences for the person who tried."""


class TradeRefused(ValueError):
    """Nothing was changed; the text says why in plain words."""


class SettledAlready(TradeRefused):
    """Somebody else was a moment faster."""
