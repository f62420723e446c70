"""Lookup tables: values by keys, kept in a session."""
