"""The recorder, a tracing compiler for numpy: record what a run calls, simplify it, emit it as one function."""
