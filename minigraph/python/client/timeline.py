"""`Timeline`, where TensorFlow 1.x programs import it from."""

from minigraph.runtime.timeline import Timeline

__all__ = ["Timeline"]
