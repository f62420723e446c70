"""A graph in the process of TensorFlow, and the session that runs it."""

import contextlib
import importlib
import threading

import tensorflow.compat.v1 as tf
from tensorflow.core.protobuf import config_pb2
from worker_wire import as_text

_CONTRIB = {"GatherTree": "seq2seq", "ImageProjectiveTransformV2": "image"}  # where TensorFlow 1.15 has operations
_BESIDE = "loc:@"  # how a node names another one to stand beside


class Served:
    """A graph and the session that runs it."""

    def __init__(self, target, config):
        self._target, self._config = target, config_of(config)
        self._lock = threading.Lock()
        self._runs = {}
        self._begin()

    def _begin(self):
        self._graph = tf.Graph()
        self._renamed = {}  # nodes whose names are a scope in the graph already: TensorFlow gives them another one
        self._stand_ins = {}  # for operations without outputs: a tensor made after them, to wait for
        self._read = {}  # variables by the names of their nodes: the value, and whether there is one
        self.session = tf.Session(self._target, self._graph, self._config)

    def extend(self, data):
        """Add nodes: a serialized GraphDef whose inputs may be nodes that are there already."""
        added = tf.GraphDef()
        added.ParseFromString(data)
        with self._lock, self._graph.as_default():
            names = {node.name for node in added.node}
            for node in added.node:
                self._place(node, names)
            given = {name for node in added.node for name in node.input}
            known = {name: self._known(name) for name in given if _node_of(name) not in names}
            _load(_CONTRIB[node.op] for node in added.node if node.op in _CONTRIB)
            wanted = [node.name for node in added.node]
            made = tf.import_graph_def(added, known or None, wanted, name="")
            self._renamed.update((name, op.name) for name, op in zip(wanted, made) if name != op.name)

    def renew(self, data):
        """Begin again with a graph in which nodes have changed, which no session may see; keep the variables."""
        old, graph = self.session, self._graph
        held = sorted({op.type for op in graph.get_operations() if _keeps_more(op)})
        if held:
            raise tf.errors.FailedPreconditionError(None, None, _CHANGED.format(", ".join(held)))
        values = {} if self._target else self.values()
        self._begin()
        self.extend(data)
        self._set_values(values)
        old.close()
        for key, (*_, names) in list(self._runs.items()):
            self.prepare(key, *names)

    def values(self):
        """Return the values of the variables that have one, by the names of their nodes."""
        raw, found = tf.raw_ops, self._read
        original = {here: name for name, here in self._renamed.items()}
        with self._lock, self._graph.as_default(), self._graph.control_dependencies(None):
            for op in self._graph.get_operations():
                if op.name in found:
                    continue
                if op.type in ("VariableV2", "Variable"):
                    known = raw.IsVariableInitialized(ref=op.outputs[0], name="minigraph_known/" + op.name)
                    found[op.name] = op.outputs[0], known
                elif op.type == "VarHandleOp":
                    given = dict(resource=op.outputs[0], name="minigraph_known/" + op.name)
                    value = raw.ReadVariableOp(dtype=op.get_attr("dtype"), **given)
                    found[op.name] = value, raw.VarIsInitializedOp(**given)
        there = self.session.run({name: known for name, (_, known) in found.items()})
        values = self.session.run({name: value for name, (value, _) in found.items() if there[name]})
        return {original.get(name, name): value for name, value in values.items()}

    def _set_values(self, values):
        raw, feeds, assigned = tf.raw_ops, {}, []
        with self._graph.as_default():
            for name, value in values.items():
                op = self._operation(name)
                given = tf.placeholder(op.get_attr("dtype"), name="minigraph_kept/" + name)
                feeds[given] = value
                if op.type == "VarHandleOp":
                    assigned.append(raw.AssignVariableOp(resource=op.outputs[0], value=given))
                else:
                    assigned.append(raw.Assign(ref=op.outputs[0], value=given, validate_shape=False).op)
        self.session.run(assigned, feeds)

    def _place(self, node, names):
        """Give a node the device of what it is to stand beside, where an import of parts would not."""
        if "_class" not in node.attr:
            return
        beside = [as_text(entry) for entry in node.attr["_class"].list.s]
        known = [entry for entry in beside if entry.startswith(_BESIDE) and entry[len(_BESIDE) :] not in names]
        kept = [entry.encode("utf-8") for entry in beside if entry not in known]
        node.attr["_class"].list.s[:] = kept
        if not kept:
            del node.attr["_class"]
        if known:
            node.device = node.device or self._operation(known[0][len(_BESIDE) :]).device

    def _known(self, name):
        """Return the tensor that an input by that name is, or waits for."""
        if not name.startswith("^"):
            return self._graph.get_tensor_by_name(self._named(name if ":" in name else name + ":0"))
        op = self._operation(name[1:])
        if op.outputs:
            return op.outputs[0]
        if op.name not in self._stand_ins:
            with self._graph.control_dependencies([op]), tf.device(op.device or None):
                self._stand_ins[op.name] = tf.constant(0, name="minigraph_after/" + op.name)
        return self._stand_ins[op.name]

    def _named(self, name):
        """Return the name that a node, or an output of it, has here."""
        node, colon, index = name.partition(":")
        return self._renamed.get(node, node) + colon + index

    def _operation(self, name):
        return self._graph.get_operation_by_name(self._named(name))

    def prepare(self, key, *names):
        """Prepare a run, which will be known by a key: the names of its feeds, of its fetches, of its targets."""
        with self._lock:
            feeds, fetches, targets = ([self._named(name) for name in each] for each in names)
            wanted = config_pb2.CallableOptions(feed=feeds, fetch=fetches, target=targets)
            self._runs[key] = self.session._make_callable_from_options(wanted), feeds, fetches, targets, names

    def run(self, key, values, timeout, traced):
        """Run what was prepared; return the values of its fetches, and what was recorded."""
        call, feeds, fetches, targets, _ = self._runs[key]
        if not timeout and not traced:
            return call(*values), None
        options, record = tf.RunOptions(trace_level=3 * traced, timeout_in_ms=timeout), tf.RunMetadata()
        wanted = list(fetches) + [self._graph.get_operation_by_name(name) for name in targets]
        values = self.session.run(wanted, dict(zip(feeds, values)), options, record)
        return values[: len(fetches)], _steps(record) if traced else None


def _load(modules):
    """Import modules of tf.contrib, which register operations; TensorFlow 2 has none."""
    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module("tensorflow.contrib." + name)


_CHANGED = (
    "A conditional or loop that has run is differentiated now, and so changes. The session must begin again, "
    "and cannot take along the state of: {}.\nBuild gradients before the first run, or make a new session."
)


def _keeps_more(op):
    """Return True if an operation may have state in a session that is not the value of a variable."""
    if any(word in op.type for word in ("Queue", "Iterator", "Table", "Reader", "Accumulator", "Stack", "Barrier")):
        return op.op_def.is_stateful
    return op.op_def.is_stateful and "seed2" in op.node_def.attr and (op.get_attr("seed") or op.get_attr("seed2"))


def _node_of(name):
    return name.lstrip("^").partition(":")[0]


def _steps(record):
    """Return (device, node, start and length in microseconds, outputs) of each step.

    An output is (slot, dtype, sizes, bytes).
    """
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


def config_of(given):
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
