"""Loading the five demonstration counties through the product's own write paths."""

from demo.load.counties import load_demo

__all__ = ["load_demo"]
