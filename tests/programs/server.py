"""A process that has imported MiniGraph once, and forks for each program it is given: `minigraph run` without the start.

A line on standard input holds a program, a folder to run in, and a file for what it prints, separated by tabs; the
answer is a line with the status. A program then has a process of its own, as its flags, threads and seeds want it.
"""

import os
import signal
import sys

import minigraph as tf
from minigraph import cli

LOADED = tf.Session, tf.train.AdamOptimizer, tf.nn.conv2d, tf.layers.dense  # what the children need not import again

SECONDS = 120  # no program may wait for ever


def serve() -> None:
    """Run what standard input names, until it ends."""
    for line in sys.stdin:
        program, folder, output = line.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            run(program, folder, output)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run(program: str, folder: str, output: str) -> None:
    """Run a program in this process, which ends with it."""
    status = 1
    try:
        signal.alarm(SECONDS)
        os.chdir(folder)
        with open(output, "w", encoding="utf-8") as out, open(output + ".err", "w", encoding="utf-8") as err:
            os.dup2(out.fileno(), 1), os.dup2(err.fileno(), 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)
        status = cli.main(["run", program])
        sys.stdout.flush(), sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve()
