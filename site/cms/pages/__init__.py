"""The base of all pages, and the plain page."""

from cms.pages.base import BasePage
from cms.pages.standard import StandardPage

__all__ = ["BasePage", "StandardPage"]
