"""Disclosures: policies, projects, funds, acceptance, with their period and their papers."""
