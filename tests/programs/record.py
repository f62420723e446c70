"""Record what the programs in this folder print on TensorFlow 1.15.

    python3.7 -m venv tf115 && tf115/bin/pip install tensorflow==1.15.5 'numpy<1.19' 'protobuf<3.21'
    tf115/bin/python tests/programs/record.py [NAME ...]

Each program runs twice, in a process and an empty folder of its own. What it prints must be the same both times: a
program without seeds, or with a race, is no reference.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
OURS = {"record", "reading", "server", "test_programs"}  # the files of this folder that are not programs
QUIET = (
    "import sys, runpy, warnings; warnings.simplefilter('ignore'); import tensorflow as tf; "
    "tf.__version__.startswith('1.15') or sys.exit('TensorFlow 1.15 is the reference; this is ' + tf.__version__); "
    "tf.compat.v1.logging.set_verbosity('ERROR'); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], None, '__main__')"
)


def names():
    """Return the names of the programs."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in OURS)


def run(name):
    """Run a program on TensorFlow; return its status, and what it prints."""
    environment = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", MPLBACKEND="Agg")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-W", "ignore", "-c", QUIET, str(HERE / (name + ".py"))]
        done = subprocess.run(command, capture_output=True, cwd=folder, env=environment, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.returncode, done.stdout.decode("utf-8")


def main(wanted):
    """Record the named programs, or all."""
    failed = []
    for name in wanted or names():
        first, second = run(name), run(name)
        if first[0] or first != second:
            failed.append(name)
            print("%-36s %s" % (name, "FAILED" if first[0] else "UNSTEADY: two runs differ"))
            continue
        (HERE / "recorded").mkdir(exist_ok=True)
        (HERE / "recorded" / (name + ".txt")).write_text(first[1], encoding="utf-8")
        print("%-36s recorded, %d lines" % (name, first[1].count("\n")))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
