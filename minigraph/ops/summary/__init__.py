"""Summaries: operations whose values are `Summary` messages, for the event files that TensorBoard reads."""
