"""Papers of batches and products: certificates, residue tests, and what pages show of them."""
