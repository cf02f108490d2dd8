"""Wagtail pages of the brand: its story, rules, standards, trademarks, press."""

from association.pages.brand import BrandPage
from association.pages.press import PressPage
from association.pages.rules import RulesPage
from association.pages.standards import StandardsPage
from association.pages.trademarks import TrademarksPage

__all__ = ["BrandPage", "PressPage", "RulesPage", "StandardsPage", "TrademarksPage"]
