"""Variables: what a session remembers, how it is named, shared and initialized."""
