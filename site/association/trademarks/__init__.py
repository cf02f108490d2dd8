"""The register of trademarks, for everybody to look up."""
