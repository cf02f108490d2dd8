"""The seller's desk under /shop/desk/: one gate, parts by registry, pages for a phone held in one hand."""
