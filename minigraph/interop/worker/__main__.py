"""The process in which TensorFlow runs: it holds graphs, sessions and servers for a MiniGraph program.

It runs in the Python that has TensorFlow, which may be another one than the program's (3.7 with TensorFlow 1.15, say),
and imports nothing of MiniGraph. Each connection is a thread: a run that waits, for a queue perhaps, holds up no other.
Whoever connects must know the token, which comes by standard input.
"""

import importlib
import os
import signal
import socket
import sys
import threading

import numpy
from worker_wire import exactly, receive, send


class Worker:
    """What the process does for its program."""

    def __init__(self, graphs, token):
        self._tf, self._graphs, self._token = graphs.tf, graphs, token
        self._served, self._servers, self._count = {}, {}, 0
        self._lock = threading.Lock()

    def serve(self, connection):
        """Answer the requests of a connection until it ends."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if bytes(exactly(connection, bytearray(len(self._token)))) != self._token:
                return
            while True:
                (what, *args), arrays = receive(connection, self._dtype)
                try:
                    answer, values = getattr(self, "do_" + what)(*args, arrays=arrays)
                    send(connection, ("done", answer), values)
                except Exception as error:
                    send(connection, self._told(error))
        except (EOFError, OSError):
            pass
        finally:
            connection.close()

    def _dtype(self, name):
        return self._tf.as_dtype(name).as_numpy_dtype

    def _told(self, error):
        """Return what an error is for the program: its code, 0 where it is none of TensorFlow's, message and node."""
        if isinstance(error, self._tf.errors.OpError):
            op = error.op.name if error.op is not None else getattr(error.node_def, "name", "")
            return "failed", int(error.error_code), error.message, op
        return "failed", 0, f"{type(error).__name__}: {error}", ""

    def do_hello(self, arrays):
        """Say which TensorFlow this is."""
        return self._tf.__version__, ()

    def do_chdir(self, folder, arrays):
        """Go to the folder of the program, for the names of its files."""
        os.chdir(folder)
        return None, ()

    def do_open(self, target, config, arrays):
        """Make a session; return its number."""
        served = self._graphs.Served(target, config)
        with self._lock:
            self._count += 1
            self._served[self._count] = served
            return self._count, ()

    def do_extend(self, number, data, arrays):
        """Add nodes to the graph of a session."""
        self._served[number].extend(data)
        return None, ()

    def do_renew(self, number, data, arrays):
        """Replace the graph of a session by one in which nodes have changed."""
        self._served[number].renew(data)
        return None, ()

    def do_prepare(self, number, key, feeds, fetches, targets, arrays):
        """Prepare a run of a session."""
        self._served[number].prepare(key, feeds, fetches, targets)
        return None, ()

    def do_run(self, number, key, timeout, traced, arrays):
        """Run what was prepared."""
        values, steps = self._served[number].run(key, arrays, timeout, traced)
        return steps, [self._array(value) for value in values]

    def _array(self, value):
        if not isinstance(value, bytes):
            return numpy.asarray(value)
        array = numpy.empty((), object)  # an array of bytes would drop zeros at their end
        array[()] = value
        return array

    def do_variables(self, number, arrays):
        """Return the names of the variables that have a value, and the values."""
        found = self._served[number].values()
        return list(found), [self._array(value) for value in found.values()]

    def do_devices(self, number, arrays):
        """List the devices of a session."""
        found = self._served[number].session.list_devices()
        return [(d.name, d.device_type, d.memory_limit_bytes) for d in found], ()

    def do_close(self, number, arrays):
        """Close a session."""
        closing = threading.Thread(target=self._served.pop(number).session.close, daemon=True)
        closing.start()
        closing.join(5)  # a session on a machine that is gone does not end
        return None, ()

    def do_server(self, jobs, job, task, protocol, config, start, arrays):
        """Make a server of a cluster; return its number and its address."""
        tf = self._tf
        cluster = tf.train.ClusterSpec(jobs)
        server = tf.train.Server(cluster, job, task, protocol, self._graphs.config_of(config), start=start)
        with self._lock:
            self._count += 1
            self._servers[self._count] = server
            return (self._count, tf.compat.as_str(server.target)), ()

    def do_start(self, number, arrays):
        """Start a server."""
        self._servers[number].start()
        return None, ()

    def do_join(self, number, arrays):
        """Wait until a server ends, which none of TensorFlow's does by itself."""
        self._servers[number].join()
        return None, ()


class silence:
    """Keep standard error quiet: importing TensorFlow 2 tells of processors and drivers, whatever one sets."""

    def __enter__(self):
        sys.stderr.flush()
        self._kept = os.dup(2)
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 2)

    def __exit__(self, *error):
        sys.stderr.flush()
        os.dup2(self._kept, 2)
        os.close(self._kept)


def main():
    """Serve until standard input ends: the program is gone then, or does not want this process any more."""
    token, port = sys.stdin.readline().split()
    token = bytes.fromhex(token)
    program = socket.create_connection(("127.0.0.1", int(port)))
    program.sendall(token)
    try:
        with silence():
            graphs = importlib.import_module("worker_graph")  # it imports TensorFlow
            graphs.tf.config.experimental.list_physical_devices()  # which tells of drivers that are not there
    except Exception as error:
        send(program, ("failed", f"{type(error).__name__}: {error}"))
        return
    worker = Worker(graphs, token)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    send(program, ("ready", listener.getsockname()[1]))
    program.close()

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=worker.serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    while sys.stdin.read(1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's affair
    main()
