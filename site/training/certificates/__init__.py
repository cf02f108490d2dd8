"""Certificates of courses: when they are due, the paper, the public check, the badge for elsewhere."""
