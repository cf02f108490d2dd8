"""What every page of the site shares: base page, blocks, layout, template tags."""
