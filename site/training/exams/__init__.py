"""Exams: the bank of questions, papers, attempts, marking, results; and the quizzes of lessons."""
