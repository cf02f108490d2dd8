"""Questions about an article, and their answers (问答)."""
