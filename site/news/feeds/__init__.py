"""Posts for feed readers (Atom, JSON Feed) and for search engines that follow news."""
