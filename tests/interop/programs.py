"""The parity programs, run for their graphs: in MiniGraph, or (`python3.7 programs.py FOLDER`) in TensorFlow 1.15.

The module keeps to Python 3.7, the last one that TensorFlow 1.15 runs on.
"""

import contextlib
import io
import logging
import os
import pathlib
import runpy
import sys

HERE = pathlib.Path(__file__).resolve().parent
PARITY = HERE.parent / "parity"


def names():
    """Return the names of all programs."""
    return sorted(path.stem for path in (PARITY / "programs").glob("*.py"))


def graphs_of(tf, name):
    """Run a program; return the graphs that it made and that have nodes, in order.

    Args:
        tf: the module that the program gets by `import minigraph as tf` (the caller sees to that).
        name: the program.
    """
    made, init = [], tf.Graph.__init__

    def remembering(self, *args, **kwargs):
        init(self, *args, **kwargs)
        made.append(self)

    tf.reset_default_graph()
    default = tf.get_default_graph()
    tf.Graph.__init__ = remembering
    logger = logging.getLogger("tensorflow")
    told = logger.level, logger.propagate, logger.handlers[:]
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(str(PARITY / "programs" / (name + ".py")))
    finally:
        tf.Graph.__init__ = init
        logger.setLevel(told[0])
        logger.propagate, logger.handlers[:] = told[1:]
    graphs = [default] + [graph for graph in made if graph is not default and type(graph) is type(default)]
    return [graph for graph in graphs if graph.get_operations()]


def main(folder, chosen):
    """Write the GraphDef of each graph of each program that TensorFlow 1.15 makes: FOLDER/NAME.0.pb…"""
    sys.path[:0] = [str(PARITY), str(PARITY.parent)]
    import exceptions
    import record

    tf = record.load_tensorflow()
    os.makedirs(folder, exist_ok=True)
    for name in chosen or names():
        (tf.enable_control_flow_v2 if name in exceptions.CONTROL_FLOW_V2 else tf.disable_control_flow_v2)()
        try:
            found = graphs_of(tf, name)
        except Exception as error:
            print("%-36s FAILED %s: %s" % (name, type(error).__name__, str(error)[:200]))
            continue
        for i, graph in enumerate(found):
            path = pathlib.Path(folder) / ("%s.%d.pb" % (name, i))
            path.write_bytes(graph.as_graph_def().SerializeToString(deterministic=True))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
