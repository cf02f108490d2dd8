"""Course books and handouts: editions to download, printed copies that were given out."""
