"""Getting files out of the VI library: one by one, or a basket of them as one zip."""
