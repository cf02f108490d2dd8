"""What is said about a course: notes for oneself, questions to the teacher, the discussion of those in it."""
