"""Why nothing was moved, in sentences for the person who tried."""


class StockRefused(ValueError):
    """Nothing was changed; the text says why in plain words."""


class NotEnough(StockRefused):
    """Less of it is there, or fit to leave, than was asked for; `there` is how much."""

    def __init__(self, text: str, there: int) -> None:
        super().__init__(text)
        self.there = there


class NotPromised(StockRefused):
    """Goods leave only for somebody they were promised to: reserve first."""


class NothingWentOut(StockRefused):
    """More would come back than ever went out."""


class SettledAlready(StockRefused):
    """Somebody else was a moment faster."""
