"""The pages of the regional brand, at /brand/ and below, and its films."""

from association.films.models import BrandFilm
from association.pages import BrandPage, PressPage, RulesPage, StandardsPage, TrademarksPage

__all__ = ["BrandFilm", "BrandPage", "PressPage", "RulesPage", "StandardsPage", "TrademarksPage"]
