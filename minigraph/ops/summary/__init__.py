"""Summaries: operations whose values are `Summary` messages, for event files that TensorBoard shows."""
