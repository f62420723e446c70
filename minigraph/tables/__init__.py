"""Lookup tables: words as ids, ids as words."""
