"""Run parity programs on MiniGraph and compare them with the recordings, for the tests and the report."""

import contextlib
import functools
import io

import compare
import exceptions
import snapshot


@functools.lru_cache(maxsize=None)
def verdicts(name):
    """{aspect: Verdict} for one program, run once however many tests ask.

    Raises:
        Whatever the program raises on MiniGraph.
    """
    import minigraph as tf

    expected = compare.load(name)
    with contextlib.redirect_stdout(io.StringIO()):
        got = snapshot.run_program(tf, compare.HERE / "programs" / (name + ".py"), compare.attributes_by_type(expected))
    tf.reset_default_graph()
    tolerance, _ = exceptions.TOLERANCES.get(name, (compare.RELATIVE, None))
    return compare.compare(expected, got, tolerance)
