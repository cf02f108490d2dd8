"""The VI library: what the brand looks like, in versions of files that printers and sign makers need."""
