"""Oscar's checkout whose first step knows guests only: others sign in where everybody does."""
