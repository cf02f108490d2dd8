"""Who may write through the API, and what was written already."""

from api.models.call import ApiCall
from api.models.token import ApiToken, Scope

__all__ = ["ApiCall", "ApiToken", "Scope"]
