"""`Timeline`, where TensorFlow 1.x programs import it from."""

from minigraph.runtime.tracing.timeline import Timeline

__all__ = ["Timeline"]
