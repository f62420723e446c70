"""Input pipelines of queues, and of threads that fill them."""
