"""The front page of a county's hall: its modules, and what each shows."""
