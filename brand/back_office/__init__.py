"""The regional brand in the back office: counties, members, products, licences."""
