"""From draft to reader: who sends a post for review, who may approve it, when it goes live."""
