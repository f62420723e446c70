"""The process in which TensorFlow runs: it holds graphs, sessions and servers for a MiniGraph program.

It runs in the Python that has TensorFlow, which may be another one than the program's (3.7 with TensorFlow 1.15, say), and
imports nothing of MiniGraph. Each connection is a thread: a run that waits, for a queue perhaps, holds up no other.

A message is the length of its head, the head, and arrays. The head is a pickled tuple of plain values; arrays follow as
their bytes, so that they are copied by no one. Whoever connects must know the token, which comes by standard input.
"""

import os
import pickle
import socket
import struct
import sys
import threading

_BESIDE = "loc:@"  # how a node names another one to stand beside
_LENGTH = struct.Struct("!I")


def send(connection, head, arrays=()):
    """Send a tuple of plain values and arrays, which may be None; numpy's arrays of strings go with the head."""
    kinds, buffers = [], []
    for array in arrays:
        if array is None:
            kinds.append(None)
        elif array.dtype.kind in "OSU":
            kinds.append(("string", array.shape, [as_bytes(v) for v in array.ravel().tolist()]))
        else:
            array = array if array.flags.c_contiguous else array.copy()  # not ascontiguousarray: it adds an axis to scalars
            kinds.append((array.dtype.name, array.shape, array.nbytes))
            buffers.append(memoryview(array.reshape(-1).view("u1")) if array.nbytes else b"")
    data = pickle.dumps((head, kinds), 4)
    connection.sendall(_LENGTH.pack(len(data)) + data)
    for buffer in buffers:
        if len(buffer):
            connection.sendall(buffer)


def receive(connection, dtype_named, numpy):
    """Return the head and the arrays of the next message.

    Args:
        connection: a socket.
        dtype_named: a function of the name of a dtype.
        numpy: the module.
    """
    (size,) = _LENGTH.unpack(_exactly(connection, bytearray(_LENGTH.size)))
    head, kinds = pickle.loads(_exactly(connection, bytearray(size)))
    return head, [_array(connection, kind, dtype_named, numpy) for kind in kinds]


def _array(connection, kind, dtype_named, numpy):
    if kind is None:
        return None
    name, shape, rest = kind
    if name == "string":
        array = numpy.empty(len(rest), object)
        array[:] = rest
        return array.reshape(shape)
    array = numpy.empty(shape, dtype_named(name))
    if rest:
        _exactly(connection, array.reshape(-1).view("u1"))
    return array


def _exactly(connection, buffer):
    """Fill a buffer from a connection."""
    view, at = memoryview(buffer), 0
    while at < len(view):
        count = connection.recv_into(view[at:])
        if not count:
            raise EOFError("the connection has ended")
        at += count
    return buffer


def as_bytes(text):
    """Return bytes as they are and text as UTF-8."""
    return text if isinstance(text, bytes) else str(text).encode("utf-8")


def as_text(data):
    """Return text for UTF-8."""
    return data.decode("utf-8")


class Served:
    """A graph and the session that runs it."""

    def __init__(self, tf, target, config):
        self._tf, self._target, self._config = tf, target, _config(tf, config)
        self._lock = threading.Lock()
        self._runs = {}
        self._begin()

    def _begin(self):
        self._graph = self._tf.Graph()
        self._stand_ins = {}  # for operations without outputs: a tensor made after them, to wait for
        self.session = self._tf.Session(self._target, self._graph, self._config)

    def extend(self, data):
        """Add nodes: a serialized GraphDef whose inputs may be nodes that are there already."""
        tf = self._tf
        added = tf.GraphDef()
        added.ParseFromString(data)
        with self._lock, self._graph.as_default():
            names = {node.name for node in added.node}
            for node in added.node:
                self._place(node, names)
            given = {name for node in added.node for name in node.input}
            known = {name: self._known(name) for name in given if _node_of(name) not in names}
            tf.import_graph_def(added, known or None, name="")

    def renew(self, data):
        """Begin again with a graph in which nodes have changed, which TensorFlow allows in no session; keep the variables."""
        tf, old, graph = self._tf, self.session, self._graph
        held = sorted({op.type for op in graph.get_operations() if _keeps_more(op)})
        if held:
            raise tf.errors.FailedPreconditionError(None, None, _CHANGED.format(", ".join(held)))
        values = {} if self._target else self._values()
        self._begin()
        self.extend(data)
        self._set_values(values)
        old.close()
        for key, (_, *names) in list(self._runs.items()):
            self.prepare(key, *names)

    def _values(self):
        """Return the values of the variables that have one, by the names of their nodes."""
        raw, found = self._tf.raw_ops, {}
        with self._graph.as_default():
            for op in self._graph.get_operations():
                if op.type in ("VariableV2", "Variable"):
                    found[op.name] = op.outputs[0], raw.IsVariableInitialized(ref=op.outputs[0])
                elif op.type == "VarHandleOp":
                    handle = op.outputs[0]
                    value = raw.ReadVariableOp(resource=handle, dtype=op.get_attr("dtype"))
                    found[op.name] = value, raw.VarIsInitializedOp(resource=handle)
        there = self.session.run({name: known for name, (_, known) in found.items()})
        return self.session.run({name: value for name, (value, _) in found.items() if there[name]})

    def _set_values(self, values):
        raw, feeds, assigned = self._tf.raw_ops, {}, []
        with self._graph.as_default():
            for name, value in values.items():
                op = self._graph.get_operation_by_name(name)
                given = self._tf.placeholder(op.get_attr("dtype"), name="minigraph_kept/" + name)
                feeds[given] = value
                if op.type == "VarHandleOp":
                    assigned.append(raw.AssignVariableOp(resource=op.outputs[0], value=given))
                else:
                    assigned.append(raw.Assign(ref=op.outputs[0], value=given, validate_shape=False).op)
        self.session.run(assigned, feeds)

    def _place(self, node, names):
        """Give a node the device of what it is to stand beside, where that is there already: an import knows only what it adds."""
        beside = [as_text(entry) for entry in node.attr["_class"].list.s] if "_class" in node.attr else []
        known = [entry for entry in beside if entry.startswith(_BESIDE) and entry[len(_BESIDE) :] not in names]
        if known:
            kept = [entry.encode("utf-8") for entry in beside if entry not in known]
            node.attr["_class"].list.s[:] = kept
            if not kept:
                del node.attr["_class"]
            node.device = node.device or self._graph.get_operation_by_name(known[0][len(_BESIDE) :]).device

    def _known(self, name):
        """Return the tensor that an input by that name is, or waits for."""
        if not name.startswith("^"):
            return self._graph.get_tensor_by_name(name if ":" in name else name + ":0")
        op = self._graph.get_operation_by_name(name[1:])
        if op.outputs:
            return op.outputs[0]
        if op.name not in self._stand_ins:
            with self._graph.control_dependencies([op]), self._tf.device(op.device or None):
                self._stand_ins[op.name] = self._tf.constant(0, name="minigraph_after/" + op.name)
        return self._stand_ins[op.name]

    def prepare(self, key, feeds, fetches, targets):
        """Prepare a run, which will be known by a key."""
        from tensorflow.core.protobuf import config_pb2

        wanted = config_pb2.CallableOptions(feed=feeds, fetch=fetches, target=targets)
        with self._lock:
            self._runs[key] = self.session._make_callable_from_options(wanted), feeds, fetches, targets

    def run(self, key, values, timeout, traced):
        """Run what was prepared; return the values of its fetches, and what was recorded."""
        call, feeds, fetches, targets = self._runs[key]
        if not timeout and not traced:
            return call(*values), None
        tf = self._tf
        options, record = tf.RunOptions(trace_level=3 * traced, timeout_in_ms=timeout), tf.RunMetadata()
        wanted = list(fetches) + [self._graph.get_operation_by_name(name) for name in targets]
        values = self.session.run(wanted, dict(zip(feeds, values)), options, record)
        return values[: len(fetches)], _steps(record) if traced else None


_CHANGED = (
    "A conditional or loop that has run is differentiated now, and so changes. The session must begin again, and cannot "
    "take along the state of: {}.\nBuild gradients before the first run, or make a new session."
)


def _keeps_more(op):
    """Return True if an operation may have state in a session that is not the value of a variable."""
    if any(word in op.type for word in ("Queue", "Iterator", "Table", "Reader", "Accumulator", "Stack", "Barrier")):
        return op.op_def.is_stateful
    return op.op_def.is_stateful and "seed2" in op.node_def.attr and (op.get_attr("seed") or op.get_attr("seed2"))


def _node_of(name):
    return name.lstrip("^").partition(":")[0]


def _steps(record):
    """Return (device, node, start and length in microseconds, outputs) of each step; of an output slot, dtype, sizes, bytes."""
    return [
        (
            on.device,
            step.node_name,
            step.all_start_micros,
            step.op_end_rel_micros or step.all_end_rel_micros,
            [
                (
                    out.slot,
                    out.tensor_description.dtype,
                    tuple(d.size for d in out.tensor_description.shape.dim),
                    out.tensor_description.allocation_description.requested_bytes,
                )
                for out in step.output
            ],
        )
        for on in record.step_stats.dev_stats
        for step in on.node_stats
    ]


def _config(tf, given):
    """Return the ConfigProto that a dict of the fields that were set stands for."""
    config = tf.ConfigProto()
    _set(config, given)
    return config


def _set(message, given):
    for name, value in given.items():
        if isinstance(value, dict) and name == "device_count":
            getattr(message, name).update(value)
        elif isinstance(value, dict):
            _set(getattr(message, name), value)
        elif isinstance(value, (list, tuple)):
            getattr(message, name).extend(value)
        else:
            setattr(message, name, value)


class Worker:
    """What the process does for its program."""

    def __init__(self, tf, numpy, token):
        self._tf, self._numpy, self._token = tf, numpy, token
        self._served, self._servers, self._count = {}, {}, 0
        self._lock = threading.Lock()

    def serve(self, connection):
        """Answer the requests of a connection until it ends."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if bytes(_exactly(connection, bytearray(len(self._token)))) != self._token:
                return
            while True:
                (what, *args), arrays = receive(connection, self._dtype, self._numpy)
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
        return "failed", 0, "{}: {}".format(type(error).__name__, error), ""

    def do_hello(self, arrays):
        """Say which TensorFlow this is."""
        return self._tf.__version__, ()

    def do_chdir(self, folder, arrays):
        """Go to the folder of the program, for the names of its files."""
        os.chdir(folder)
        return None, ()

    def do_open(self, target, config, arrays):
        """Make a session; return its number."""
        served = Served(self._tf, target, config)
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
            return self._numpy.asarray(value)
        array = self._numpy.empty((), object)  # an array of bytes would drop zeros at their end
        array[()] = value
        return array

    def do_devices(self, number, arrays):
        """List the devices of a session."""
        found = self._served[number].session.list_devices()
        return [(d.name, d.device_type, d.memory_limit_bytes) for d in found], ()

    def do_close(self, number, arrays):
        """Close a session."""
        self._served[number].session.close()
        del self._served[number]
        return None, ()

    def do_server(self, jobs, job, task, protocol, config, start, arrays):
        """Make a server of a cluster; return its number and its address."""
        tf = self._tf
        cluster = tf.train.ClusterSpec(jobs)
        server = tf.train.Server(cluster, job, task, protocol, _config(tf, config), start=start)
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
    sys.path[:] = [path for path in sys.path if path]  # no file of the program's folder is taken for a module
    token, port = sys.stdin.readline().split()
    token = bytes.fromhex(token)
    program = socket.create_connection(("127.0.0.1", int(port)))
    program.sendall(token)
    try:
        with silence():
            import numpy
            import tensorflow
    except Exception as error:
        send(program, ("failed", "{}: {}".format(type(error).__name__, error)))
        return
    worker = Worker(tensorflow.compat.v1, numpy, token)
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
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's affair
    main()
