"""The namespaces of `tf` that only give other names to what is elsewhere."""
