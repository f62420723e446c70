"""Queues in the graph: their state in a session, and the operations on it."""
