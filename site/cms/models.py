"""Pages every site has."""

from cms.pages import BasePage, StandardPage

__all__ = ["BasePage", "StandardPage"]
