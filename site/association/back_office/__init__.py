"""What the pages of the brand need beside themselves in the back office: their films."""
