"""Sellers: who they are, which papers allow them to sell (亮照亮证), what they sell."""
