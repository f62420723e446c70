"""`Server`: a task of a cluster, which is a server of TensorFlow's runtime in the process beside the program."""

from __future__ import annotations

import os
import socket
from typing import Any

from minigraph.distributed.cluster_spec import ClusterSpec
from minigraph.graph import errors
from minigraph.interop.cluster_watch import ClusterWatch, watches
from minigraph.interop.engine import asked, set_fields
from minigraph.interop.tensorflow_process import tensorflow_process

__all__ = ["Server"]


class Server:
    """A task of a cluster: it runs what sessions place on its devices, and takes sessions of its own.

    The server is TensorFlow's, in the process of an installed TensorFlow (`pip install 'minigraph[tensorflow]'`);
    graphs are built here. Its address must be free; it ends with the program.

    Args:
        server_or_cluster_def: a `ClusterSpec`, or what one can be made of.
        job_name: the name of its job; may be left out if there is only one.
        task_index: its number in the job; may be left out if the job has only one.
        protocol: "grpc".
        config: a `ConfigProto` for all sessions on it.
        start: start it.

    Raises:
        TypeError: if there is no cluster.
        ValueError: if job or task are left out and not determined, or are not in the cluster.
        ImportError: if TensorFlow is not there.
        errors.OpError: if the address cannot be taken.
    """

    def __init__(
        self,
        server_or_cluster_def: Any,
        job_name: str | None = None,
        task_index: int | None = None,
        protocol: str | None = None,
        config: Any = None,
        start: bool = True,
    ):
        self._cluster = cluster = _cluster(server_or_cluster_def)
        self._job, self._task = _task(cluster, job_name, task_index)
        jobs = {job: {i: cluster.task_address(job, i) for i in cluster.task_indices(job)} for job in cluster.jobs}
        given = jobs, self._job, self._task, protocol or "grpc", {} if config is None else set_fields(config), start
        self._process = tensorflow_process()
        try:
            self._number, self._target = asked(self._process, "server", *given)
        except errors.UnknownError as error:
            raise errors.UnknownError(None, None, error.message + _why_not(jobs[self._job][self._task])) from None
        self._watch(jobs)

    def _watch(self, jobs: dict) -> None:
        """Have it told which of the other tasks do not answer."""
        names = {f"/job:{job}/task:{task}": address for job, tasks in jobs.items() for task, address in tasks.items()}
        del names[self.device]
        watches[self._target] = watch = ClusterWatch(names)
        if self._task == 0 and self._job != "ps":  # one is enough to tell of it
            watch.start()

    @property
    def target(self) -> str:
        """The target of sessions on this server, "grpc://host:port"."""
        return self._target

    @property
    def cluster(self) -> ClusterSpec:
        """The cluster."""
        return self._cluster

    @property
    def device(self) -> str:
        """The device name of this task, "/job:worker/task:0" say."""
        return f"/job:{self._job}/task:{self._task}"

    def start(self) -> None:
        """Start the server."""
        asked(self._process, "start", self._number)

    def join(self) -> None:
        """Wait for ever, as a parameter server does; Ctrl-C ends it."""
        asked(self._process, "join", self._number)

    @staticmethod
    def create_local_server(config: Any = None, start: bool = True) -> Server:
        """Return a server of a cluster with one task, "/job:local/task:0", at a free port of this machine."""
        return Server({"local": ["localhost:0"]}, protocol="grpc", config=config, start=start)


def _why_not(address: str) -> str:
    """Return what keeps a server from an address of this machine, as a further line; "" if that is not known."""
    try:
        socket.create_server(("", int(address.rpartition(":")[2]))).close()
    except OSError as error:
        return f"\nThe address of this task is {address}: {os.strerror(error.errno or 0)}."
    return ""


def _cluster(given: Any) -> ClusterSpec:
    try:
        return ClusterSpec(given)
    except TypeError:
        raise TypeError(
            "Could not convert `server_or_cluster_def` to a `tf.train.ServerDef` or `tf.train.ClusterSpec`.\n"
            'Give a cluster: tf.train.ClusterSpec({"ps": ["HOST:PORT"], "worker": ["HOST:PORT"]}).'
        ) from None


def _task(cluster: ClusterSpec, job: str | None, task: int | None) -> tuple[str, int]:
    """Return job and task, those that were left out too."""
    if job is None:
        if len(cluster.jobs) != 1:
            raise ValueError(f"Must specify an explicit `job_name`.\nThe cluster has: {', '.join(cluster.jobs)}.")
        job = cluster.jobs[0]
    numbers = cluster.task_indices(job)
    if task is None:
        if len(numbers) != 1:
            raise ValueError(f"Must specify an explicit `task_index`.\nThe job {job!r} has: {numbers}.")
        task = numbers[0]
    cluster.task_address(job, task)  # it is there
    return job, task
