"""Record what TensorFlow 1.15 builds and computes for the programs in `programs/`.

    python3.7 -m venv tf115 && tf115/bin/pip install tensorflow==1.15.5 'numpy<1.19' 'protobuf<3.21'
    tf115/bin/python tests/parity/record.py [NAME ...]

Each program says `import minigraph as tf`; here that name is TensorFlow itself, unchanged. TensorFlow 2.x is
refused: it builds other nodes for many functions and derives other seeds, so it is no reference for 1.x.
Programs listed in `exceptions.CONTROL_FLOW_V2` run with `tf.enable_control_flow_v2()`, the functional control
flow that TensorFlow 1.15 has beside the one with Switch and Merge nodes.
"""

import contextlib
import io
import json
import os
import pathlib
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent


def load_tensorflow():
    """Return TensorFlow 1.15, quiet, also under the name `minigraph`."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    warnings.simplefilter("ignore")
    import tensorflow as tf

    if not tf.__version__.startswith("1.15"):
        raise SystemExit("TensorFlow 1.15 is the reference; this is " + tf.__version__)
    tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
    from tensorflow.contrib.layers.python.layers import optimizers

    tf.contrib.layers.adaptive_clipping_fn = optimizers.adaptive_clipping_fn  # not exported
    sys.modules["minigraph"] = tf
    return tf


def record(tf, name):
    """Run one program and write `recorded/NAME.json.xz`."""
    import exceptions
    import recordings
    import snapshot

    if name in exceptions.CONTROL_FLOW_V2:
        tf.enable_control_flow_v2()
    else:
        tf.disable_control_flow_v2()
    with contextlib.redirect_stdout(io.StringIO()):
        seen = snapshot.run_program(tf, HERE / "programs" / (name + ".py"))
    seen["tensorflow"] = tf.__version__
    recordings.write(HERE / "recorded" / (name + recordings.SUFFIX), as_json(seen))
    return seen


def as_json(seen):
    """Compact JSON with one node a line, so that a change reads well in a diff."""
    parts = ['{"tensorflow": %s,' % json.dumps(seen["tensorflow"]), '"graphs": [']
    for i, graph in enumerate(seen["graphs"]):
        parts.append('{"nodes": [')
        parts.append(",\n".join(compact(node) for node in graph["nodes"]))
        parts.append('],\n"collections": {')
        parts.append(",\n".join("%s: %s" % (compact(k), compact(v)) for k, v in graph["collections"].items()))
        parts.append('},\n"prints": [')
        parts.append(",\n".join(compact(pair) for pair in graph["prints"]))
        parts.append("]}" + ("," if i + 1 < len(seen["graphs"]) else ""))
    parts.append('],\n"results": {')
    parts.append(",\n".join("%s: %s" % (compact(k), compact(v)) for k, v in seen["results"].items()))
    return "\n".join(parts) + "\n}}\n"


def compact(value):
    """JSON without spaces; the attributes and control inputs of a node that has none are left out."""
    if isinstance(value, dict) and "control_inputs" in value:
        value = {k: v for k, v in value.items() if k not in ("control_inputs", "attrs") or v}
    return json.dumps(value, separators=(",", ":"))


def twice_the_same(tf, name):
    """Record `name` twice: a value that changes from run to run depends on a race and is no reference."""
    first, second = as_json(record(tf, name)), as_json(record(tf, name))
    return first == second


def main(names):
    """Record the named programs (all, where none is named), each of them in this process."""
    tf = load_tensorflow()
    failed = []
    for name in names or sorted(path.stem for path in (HERE / "programs").glob("*.py")):
        try:
            steady = twice_the_same(tf, name)
        except Exception as error:
            failed.append(name)
            print("%-36s FAILED %s: %s" % (name, type(error).__name__, str(error)[:300]))
            continue
        print("%-36s %s" % (name, "recorded" if steady else "UNSTEADY: two runs differ"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    sys.exit(main(sys.argv[1:]))
