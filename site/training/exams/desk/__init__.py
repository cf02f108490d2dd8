"""Exams in the back office: the bank of questions, papers, marking, figures."""
