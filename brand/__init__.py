"""The regional brand: regions, themes, members, products, licences."""
