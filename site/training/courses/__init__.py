"""Courses, their lessons and their list: the pages of a county's training."""
