"""The recorder, a tracing compiler for numpy: it records what a run calls, simplifies that, and emits it as one function."""
