"""`minigraph.python.client.timeline`, as TensorFlow 1.x programs import it."""
