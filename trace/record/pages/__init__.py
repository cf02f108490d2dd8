"""The public pages of the record: look a code up, a package, a batch, a product."""
