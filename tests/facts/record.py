"""Record what TensorFlow 1.15 answers to the facts in `facts_*.py`.

    python3.7 -m venv tf115 && tf115/bin/pip install tensorflow==1.15.5 'numpy<1.19' 'protobuf<3.21'
    tf115/bin/python tests/facts/record.py [FILE ...]

FILE is a file's name without "facts_". With functional control flow, the kind that MiniGraph has.
"""

import json
import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
warnings.simplefilter("ignore")

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import facts  # noqa: E402
import recordings  # noqa: E402
import tensorflow as tf  # noqa: E402


def main(wanted):
    if not tf.__version__.startswith("1.15"):
        raise SystemExit("TensorFlow 1.15 is the reference; this is " + tf.__version__)
    tf.logging.set_verbosity(tf.logging.FATAL)
    from tensorflow.contrib.layers.python.layers import optimizers

    tf.contrib.layers.adaptive_clipping_fn = optimizers.adaptive_clipping_fn  # not exported
    tf.enable_control_flow_v2()
    files = {}
    for name in facts.collect():
        files.setdefault(name.split("/")[0], []).append(name)
    for file, names in files.items():
        if not wanted or file in wanted:
            lines = [
                "%s: {\n%s}"
                % (
                    json.dumps(name.split("/")[1]),
                    ",\n".join("  %s: %s" % (json.dumps(k), json.dumps(v)) for k, v in facts.run(tf, name).items()),
                )
                for name in names
            ]
            path = facts.HERE / "recorded" / (file + recordings.SUFFIX)
            recordings.write(path, "{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
