"""A graph in the process of TensorFlow, and the session that runs it."""

import contextlib
import importlib
import threading

import tensorflow.compat.v1 as tf
from tensorflow.core.protobuf import config_pb2
from worker_wire import as_text

_IN_CONTRIB = {"GatherTree": "seq2seq", "ImageProjectiveTransformV2": "image"}  # where 1.15 registers them
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
        self._renamed = {}  # nodes with another name here: TensorFlow gives one to a name that began others before
        self._stand_ins = {}  # for operations without outputs: a tensor made after them, to wait for
        self._read = {}  # variables by the names of their nodes: the value, and whether there is one
        self.session = tf.Session(self._target, self._graph, self._config)

    def extend(self, data):
        """Add nodes: a serialized GraphDef whose inputs may be nodes that are there already."""
        added = tf.GraphDef()
        added.ParseFromString(data)
        for module in {_IN_CONTRIB[node.op] for node in added.node if node.op in _IN_CONTRIB}:
            with contextlib.suppress(ImportError):  # TensorFlow 2 has none: it will name the operation that lacks
                importlib.import_module("tensorflow.contrib." + module)
        with self._lock, self._graph.as_default():
            names = {node.name for node in added.node}
            for node in added.node:
                self._place(node, names)
            given = {name for node in added.node for name in node.input}
            known = {name: self._known(name) for name in given if _node_of(name) not in names}
            found = tf.import_graph_def(added, known or None, [node.name for node in added.node], name="")
            self._renamed.update({n.name: op.name for n, op in zip(added.node, found) if n.name != op.name})

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
        for key, (_, *names) in list(self._runs.items()):
            self.prepare(key, *names)

    def values(self):
        """Return the values of the variables that have one, by the names of their nodes."""
        raw, found = tf.raw_ops, self._read
        with self._lock, self._graph.as_default(), self._graph.control_dependencies(None):
            wished = {actual: name for name, actual in self._renamed.items()}
            for op in self._graph.get_operations():
                name = wished.get(op.name, op.name)
                if name in found:
                    continue
                if op.type in ("VariableV2", "Variable"):
                    known = raw.IsVariableInitialized(ref=op.outputs[0], name="minigraph_known/" + name)
                    found[name] = op.outputs[0], known
                elif op.type == "VarHandleOp":
                    given = dict(resource=op.outputs[0], name="minigraph_known/" + name)
                    value = raw.ReadVariableOp(dtype=op.get_attr("dtype"), **given)
                    found[name] = value, raw.VarIsInitializedOp(**given)
        there = self.session.run({name: known for name, (_, known) in found.items()})
        return self.session.run({name: value for name, (value, _) in found.items() if there[name]})

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
            return self._graph.get_tensor_by_name(self._tensor(name if ":" in name else name + ":0"))
        op = self._operation(name[1:])
        if op.outputs:
            return op.outputs[0]
        if op.name not in self._stand_ins:
            with self._graph.control_dependencies([op]), tf.device(op.device or None):
                self._stand_ins[op.name] = tf.constant(0, name="minigraph_after/" + op.name)
        return self._stand_ins[op.name]

    def _operation(self, name):
        return self._graph.get_operation_by_name(self._renamed.get(name, name))

    def _tensor(self, name):
        """Return the name that a tensor has here."""
        node, _, index = name.partition(":")
        return self._renamed.get(node, node) + ":" + index

    def prepare(self, key, feeds, fetches, targets):
        """Prepare a run, which will be known by a key."""
        wanted = config_pb2.CallableOptions(
            feed=[self._tensor(name) for name in feeds],
            fetch=[self._tensor(name) for name in fetches],
            target=[self._renamed.get(name, name) for name in targets],
        )
        with self._lock:
            self._runs[key] = self.session._make_callable_from_options(wanted), feeds, fetches, targets

    def run(self, key, values, timeout, traced):
        """Run what was prepared; return the values of its fetches, and what was recorded."""
        call, feeds, fetches, targets = self._runs[key]
        if not timeout and not traced:
            return call(*values), None
        options, record = tf.RunOptions(trace_level=3 * traced, timeout_in_ms=timeout), tf.RunMetadata()
        wanted = [self._tensor(name) for name in fetches] + [self._operation(name) for name in targets]
        values = self.session.run(wanted, dict(zip(map(self._tensor, feeds), values)), options, record)
        return values[: len(fetches)], _steps(record) if traced else None


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
