"""Handwritten digits on several processes: one parameter server, two workers, TensorFlow's distributed runtime.

The graph is built here, by each process for itself (between-graph replication); TensorFlow, which must be installed,
runs it: `pip install 'minigraph[tensorflow]'`. Without a task to be, the program starts one process for each task of
a cluster on this machine, and starts those again that are killed before the training ends. On machines of your own,
start one process for each task:

    python examples/distributed.py
    python examples/distributed.py --sync --steps 500 --kill worker:1
    python examples/distributed.py --cluster '{"ps": ["a:2222"], "worker": ["b:2222", "c:2222"]}' --task worker:0
"""

import argparse
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import minigraph as tf
from minigraph import viz

DATA = Path(__file__).resolve().parent / "data" / "digits.csv.gz"
BATCH = 64


def load_digits():
    """Return (images, labels) to train on and (images, labels) to test on; a pixel is a number from 0 to 1."""
    table = np.loadtxt(DATA, delimiter=",", dtype=np.float32)
    np.random.RandomState(42).shuffle(table)
    images, labels = table[:, :64] / 16.0, table[:, 64].astype(np.int64)
    return (images[360:], labels[360:]), (images[:360], labels[:360])


def build(cluster, worker, sync):
    """Draw the graph of a worker: variables on the parameter servers in turns, the rest on the worker."""
    with tf.device(tf.train.replica_device_setter(cluster=cluster, worker_device=worker)):
        images = tf.placeholder(tf.float32, [None, 64], name="images")
        labels = tf.placeholder(tf.int64, [None], name="labels")
        hidden = tf.layers.dense(images, 128, tf.nn.relu, name="hidden")
        logits = tf.layers.dense(hidden, 10, name="logits")
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), labels), tf.float32), name="accuracy")
        step = tf.train.get_or_create_global_step()
        optimizer = tf.train.AdamOptimizer(0.003)
        if sync:  # the mean of the gradients of all workers makes one step
            optimizer = tf.train.SyncReplicasOptimizer(optimizer, cluster.num_tasks("worker"))
        train_op = tf.contrib.layers.optimize_loss(
            loss, step, learning_rate=None, optimizer=optimizer, clip_gradients=5.0, summaries=[]
        )
    return images, labels, accuracy, train_op, step, optimizer


def train(server, args):
    """Train as a worker; the chief, worker 0, then prints the accuracy and draws the graph."""
    number = int(server.device.rpartition(":")[2])
    is_chief = number == 0
    tf.set_random_seed(42)
    images, labels, accuracy, train_op, step, optimizer = build(server.cluster, server.device, args.sync)
    (train_x, train_y), (test_x, test_y) = load_digits()
    random = np.random.RandomState(number)
    hooks = [tf.train.StopAtStepHook(last_step=args.steps)]
    if args.sync:
        hooks.append(optimizer.make_session_run_hook(is_chief))
    # A worker needs the parameter servers only: it does not wait for the other workers, nor fail with them.
    config = tf.ConfigProto(device_filters=["/job:ps", server.device])
    test = tf.train.FinalOpsHook(accuracy, {images: test_x, labels: test_y})
    hooks += [test] if is_chief else []
    taken = 0
    with tf.train.MonitoredTrainingSession(
        server.target,
        is_chief,
        checkpoint_dir=args.folder,
        hooks=hooks,
        config=config,
        save_checkpoint_secs=None,
        save_checkpoint_steps=50,
        save_summaries_steps=None,
        log_step_count_steps=None,
        stop_grace_period_secs=1,
    ) as session:
        while not session.should_stop():
            rows = random.randint(len(train_x), size=BATCH)
            _, now = session.run([train_op, step], {images: train_x[rows], labels: train_y[rows]})
            taken += 1
            if taken % 100 == 0:
                print(f"{server.device}: step {now}", flush=True)
    print(f"{server.device}: {taken} steps of its own", flush=True)
    if is_chief:
        found = 100 * test.final_ops_values
        print(f"test accuracy: {found:.1f} % of {len(test_x)} digits that the network had never seen")
        viz.render(tf.get_default_graph(), args.out, by="job")
        print(f"the graph, coloured by job: {args.out}", flush=True)


def run_task(args):
    """Be one task of the cluster."""
    job, _, number = args.task.partition(":")
    server = tf.train.Server(tf.train.ClusterSpec(json.loads(args.cluster)), job, int(number))
    if job == "ps":
        server.join()
    train(server, args)


def free_address():
    """Return an address of this machine that is free now."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{there.getsockname()[1]}"


def saved_step(folder):
    """Return the global step of the newest checkpoint, 0 if there is none."""
    newest = tf.train.latest_checkpoint(folder)
    return int(newest.rpartition("-")[2]) if newest else 0


class Tasks:
    """The processes of all tasks of a cluster on this machine."""

    def __init__(self, args):
        cluster = {"ps": [free_address()], "worker": [free_address() for _ in range(args.workers)]}
        self._command = [sys.executable, __file__, "--cluster", json.dumps(cluster), "--steps", str(args.steps)]
        self._command += ["--folder", args.folder, "--out", args.out] + ["--sync"] * args.sync
        self._folder, self._kill, self._kill_after = args.folder, args.kill, args.steps // 3
        self._processes = {f"{job}:{i}": None for job, tasks in cluster.items() for i in range(len(tasks))}
        for task in self._processes:
            self._start(task)

    def _start(self, task):
        self._processes[task] = subprocess.Popen([*self._command, "--task", task])

    def _kill_once(self):
        """Kill the task that is to be killed, as a machine that fails would, when a third of the steps is saved."""
        if self._kill and saved_step(self._folder) >= self._kill_after:
            print(f"/job:{self._kill.replace(':', '/task:')} is killed", flush=True)
            self._processes[self._kill].send_signal(signal.SIGKILL)
            self._kill = None

    def wait(self):
        """Wait for the chief, and start again what is killed before; return its status, or that of a failure."""
        while (status := self._processes["worker:0"].poll()) is None:
            for task, process in self._processes.items():
                ended = process.poll() or 0
                if ended > 0:
                    return ended
                if ended < 0:
                    time.sleep(3)  # long enough for the others to notice
                    print(f"/job:{task.replace(':', '/task:')} is started again", flush=True)
                    self._start(task)
            self._kill_once()
            time.sleep(0.1)
        return status

    def end(self):
        """End all processes."""
        for process in self._processes.values():
            process.kill()
            process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=400, help="global steps to train for (default: 400)")
    parser.add_argument("--workers", type=int, default=2, help="how many workers (default: 2)")
    parser.add_argument("--sync", action="store_true", help="apply the mean of all workers' gradients")
    parser.add_argument("--out", default="distributed.svg", help="where to write the picture of the graph")
    parser.add_argument("--folder", help="where to write checkpoints, which all tasks must be able to read")
    parser.add_argument("--kill", metavar="TASK", help='kill a task in between, "worker:1" say, or "ps:0"')
    parser.add_argument("--cluster", help="the cluster as JSON: names of jobs to lists of addresses")
    parser.add_argument("--task", help='the task that this process is, "worker:0" say')
    args = parser.parse_args()
    if args.task:
        return run_task(args)
    with tempfile.TemporaryDirectory() as folder:
        args.folder = args.folder or folder
        tasks = Tasks(args)
        try:
            return tasks.wait()
        finally:
            tasks.end()


if __name__ == "__main__":
    sys.exit(main())
