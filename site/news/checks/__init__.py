"""What is looked at before a post goes for review: links, pictures, words, what is missing."""
