"""What grows: crops and the warmth they need."""
