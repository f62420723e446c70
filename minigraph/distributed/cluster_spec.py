"""`ClusterSpec`: the jobs of a cluster, and the addresses of their tasks."""

from __future__ import annotations

from typing import Any

from minigraph.graph import protos

__all__ = ["ClusterSpec"]


class ClusterSpec:
    """The jobs of a cluster, and the addresses of their tasks.

    Args:
        cluster: a dict: name of a job to the list of its tasks' addresses, or to a dict from number to address; another
            `ClusterSpec`; or a `ClusterDef`.

    Raises:
        TypeError: if it is none of these.

    Example:
        >>> cluster = tf.train.ClusterSpec({"ps": ["ps0:2222"], "worker": ["worker0:2222", "worker1:2222"]})
        >>> cluster.num_tasks("worker"), cluster.task_address("worker", 1)
        (2, 'worker1:2222')
        >>> print(tf.train.ClusterSpec({"worker": {1: "worker1:2222"}}).as_dict())
        {'worker': {1: 'worker1:2222'}}
    """

    def __init__(self, cluster: Any):
        self._jobs = _jobs(cluster)

    def __bool__(self) -> bool:
        return bool(self._jobs)

    def __eq__(self, other: Any) -> bool:
        return self._jobs == (other._jobs if isinstance(other, ClusterSpec) else other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        jobs = self.as_dict()
        return "ClusterSpec({" + ", ".join(f"{job!r}: {jobs[job]!r}" for job in sorted(jobs)) + "})"

    __repr__ = __str__

    def as_dict(self) -> dict[str, Any]:
        """Return a dict: job to the list of addresses, or to a dict from number to address if numbers are left out."""
        found: dict[str, Any] = {}
        for job, tasks in self._jobs.items():
            is_dense = sorted(tasks) == list(range(len(tasks))) and tasks
            found[job] = self.job_tasks(job) if is_dense else dict(sorted(tasks.items()))
        return found

    def as_cluster_def(self) -> Any:
        """Return a `ClusterDef`, TensorFlow's message.

        Raises:
            ImportError: if tensorboard, which has the messages, is not installed.
        """
        message = protos.ClusterDef()
        for job, tasks in sorted(self._jobs.items()):
            entry = message.job.add(name=job)
            entry.tasks.update(sorted(tasks.items()))
        return message

    @property
    def jobs(self) -> list[str]:
        """The names of the jobs."""
        return list(self._jobs)

    def num_tasks(self, job_name: str) -> int:
        """Return the number of tasks of a job; ValueError if there is no such job."""
        return len(self._tasks(job_name))

    def task_indices(self, job_name: str) -> list[int]:
        """Return the numbers of the tasks of a job; ValueError if there is no such job."""
        return sorted(self._tasks(job_name))

    def task_address(self, job_name: str, task_index: int) -> str:
        """Return the address of a task; ValueError if there is no such job or task."""
        tasks = self._tasks(job_name)
        if task_index not in tasks:
            raise ValueError(f"No task with index {task_index!r} in job {job_name!r}")
        return tasks[task_index]

    def job_tasks(self, job_name: str) -> list[str | None]:
        """Return the addresses of a job's tasks by their numbers, None for a number left out; ValueError for no job."""
        tasks = self._tasks(job_name)
        return [tasks.get(i) for i in range(max(tasks, default=-1) + 1)]

    def _tasks(self, job_name: str) -> dict[int, str]:
        if job_name not in self._jobs:
            raise ValueError(f"No such job in cluster: {job_name!r}")
        return self._jobs[job_name]


def _jobs(cluster: Any) -> dict[str, dict[int, str]]:
    """Return a dict for each job, from the numbers of its tasks to their addresses."""
    if isinstance(cluster, ClusterSpec):
        return {job: dict(tasks) for job, tasks in cluster._jobs.items()}
    if isinstance(cluster, dict):
        return {_text(job, "Job name"): _numbered(job, tasks) for job, tasks in cluster.items()}
    if getattr(getattr(cluster, "DESCRIPTOR", None), "name", "") == "ClusterDef":
        return {job.name: dict(job.tasks) for job in cluster.job}
    raise TypeError(
        "`cluster` must be a dictionary mapping one or more job names to lists of network addresses, or a "
        "`ClusterDef` protocol buffer"
    )


def _numbered(job: Any, tasks: Any) -> dict[int, str]:
    if isinstance(tasks, (list, tuple)):
        tasks = dict(enumerate(tasks))
    elif not isinstance(tasks, dict):
        raise TypeError(f"The tasks for job {job!r} must be a list or a dictionary from integers to strings.")
    return {number: _text(address, "Task address") for number, address in tasks.items()}


def _text(value: Any, what: str) -> str:
    if not isinstance(value, (str, bytes)):
        raise TypeError(f"{what} {value!r} must be bytes or unicode")
    return value.decode() if isinstance(value, bytes) else value
