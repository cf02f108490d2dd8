"""Spreadsheets in and out: articles, waybills, orders taken elsewhere, sales of outside halls."""
