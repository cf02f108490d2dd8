"""Videos of lessons: sent up in parts, judged by content, converted, played with ranges and in parts."""
