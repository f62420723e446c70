"""`create_local_cluster`: servers of a cluster on this machine, for tests."""

from __future__ import annotations

import socket
from typing import Any

from minigraph.distributed.cluster_spec import ClusterSpec
from minigraph.distributed.server import Server
from minigraph.interop.tensorflow_process import tensorflow_process

__all__ = ["create_local_cluster", "free_addresses"]


def free_addresses(count: int) -> list[str]:
    """Return addresses of this machine that are free now.

    Example:
        >>> len(set(free_addresses(3)))
        3
    """
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [f"127.0.0.1:{each.getsockname()[1]}" for each in taken]
    for each in taken:
        each.close()
    return found


def create_local_cluster(
    num_workers: int, num_ps: int, protocol: str = "grpc", worker_config: Any = None, ps_config: Any = None
) -> tuple[list[Server], list[Server]]:
    """Return the started servers of a cluster of jobs "worker" and "ps" on this machine.

    Args:
        num_workers, num_ps: how many tasks each job has.
        protocol: "grpc".
        worker_config, ps_config: a `ConfigProto` for the servers of each job.

    Returns:
        The workers' servers and the parameter servers: `tf.Session(workers[0].target)`.

    Raises:
        ImportError: if TensorFlow is not there.
    """
    tensorflow_process()
    addresses = free_addresses(num_workers + num_ps)
    cluster = ClusterSpec({"worker": addresses[:num_workers], "ps": addresses[num_workers:]})
    workers = [Server(cluster, "worker", i, protocol, worker_config) for i in range(num_workers)]
    return workers, [Server(cluster, "ps", i, protocol, ps_config) for i in range(num_ps)]
