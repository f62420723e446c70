"""Run one parity program and describe, as plain data, the graphs that it built and the results it put down.

The same code looks at TensorFlow 1.15 (through `record.py`) and at MiniGraph (through `test_parity.py`), so
the two descriptions differ only where the two frameworks do. It keeps to Python 3.7, the last one that
TensorFlow 1.15 runs on, and to the public API of TensorFlow 1.x.
"""

import runpy

import numpy as np

# Longer constants are covered by `results`; recording them would only make the files big.
MAX_CONSTANT = 8


def run_program(tf, path, attributes=None):
    """Run the program at `path`.

    Args:
        tf: the module that the program gets by `import minigraph as tf` (the caller sees to that).
        path: the program.
        attributes: the attributes to note, as {operation type: names}; all that a node has, where None.

    Returns:
        A dict: `graphs`, a list of what `describe` gives for each graph that has nodes,
        in the order in which the
        graphs were made, and `results`, the program's own dict as plain data.
    """
    made, init = [], tf.Graph.__init__

    def remembering(self, *args, **kwargs):
        init(self, *args, **kwargs)
        made.append(self)

    tf.reset_default_graph()
    default = tf.get_default_graph()
    tf.Graph.__init__ = remembering
    try:
        scope = runpy.run_path(str(path))
    finally:
        tf.Graph.__init__ = init
    graphs = [default] + [graph for graph in made if graph is not default and type(graph) is type(default)]
    return {
        "graphs": [describe(graph, attributes) for graph in graphs if graph.get_operations()],
        "results": {name: plain_result(value) for name, value in scope["results"].items()},
    }


def describe(graph, attributes=None):
    """Nodes in creation order, collections, and how variables and a few tensors print."""
    return {
        "nodes": [describe_node(op, attributes) for op in graph.get_operations()],
        "collections": collections_of(graph),
        "prints": prints_of(graph),
    }


def describe_node(op, attributes=None):
    """Return what a user can ask a node for. `attributes` is as for `run_program`."""
    names = sorted(op.node_def.attr) if attributes is None else attributes.get(op.type, ())
    return {
        "type": op.type,
        "name": op.name,
        "inputs": [tensor.name for tensor in op.inputs],
        "control_inputs": sorted(control.name for control in op.control_inputs),
        "shapes": [shape_of(tensor.shape) for tensor in op.outputs],
        "dtypes": [tensor.dtype.name for tensor in op.outputs],
        "attrs": attributes_of(op, names),
    }


def shape_of(shape):
    """Return a list of sizes (None where unknown), or None where the rank is unknown."""
    return None if shape.ndims is None else shape.as_list()


def attributes_of(op, names):
    """Return the attributes named, as plain data; those that the node lacks are left out."""
    found = {}
    for name in names:
        try:
            value = plain_attribute(op.get_attr(name))
        except ValueError:  # get_attr's answer for an attribute that the node does not have
            continue
        if value is not Ellipsis:
            found[name] = value
    return found


def plain_attribute(value):
    """Numbers, strings and lists stay; dtypes become names, shapes lists. `...` stands for "not compared"."""
    kind = type(value).__name__
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str) and value.startswith("CustomGradient-"):
        return "CustomGradient"  # the number after it counts what the process has made so far
    if isinstance(value, bool) or value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, float):
        return float(np.float32(value))  # an attribute's float is single precision
    if isinstance(value, (list, tuple)):
        return [plain_attribute(one) for one in value]
    if kind == "DType":
        return value.name
    if kind == "TensorShape":
        return shape_of(value)
    if kind == "TensorShapeProto":
        return None if value.unknown_rank else [None if d.size < 0 else d.size for d in value.dim]
    if kind == "TensorProto":
        value = tensor_of_proto(value)
    if isinstance(value, np.ndarray):
        return plain_result(value)["value"] if value.size <= MAX_CONSTANT else Ellipsis
    return Ellipsis  # functions: their bodies are beyond this comparison


def tensor_of_proto(proto):
    """Return the array in a TensorProto, by whichever of the two frameworks goes under the name here."""
    import minigraph as tf

    return tf.make_ndarray(proto)


def collections_of(graph):
    """Names in order, by collection. The keys that are not strings are the frameworks' own notes."""
    keys = [key for key in graph.get_all_collection_keys() if isinstance(key, str)]
    return {key: [name_in_collection(one) for one in graph.get_collection(key)] for key in sorted(keys)}


def name_in_collection(item):
    return getattr(item, "name", None) or type(item).__name__


def prints_of(graph):
    """`repr` and `str` of every global variable and of the first and last tensors."""
    tensors = [tensor for op in graph.get_operations() for tensor in op.outputs]
    shown = list(graph.get_collection("variables")) + tensors[:3] + tensors[-3:]
    return [[repr(item), str(item)] for item in shown]


def plain_result(value):
    """Arrays become {"dtype", "shape", "value"}; text stays; lists and tuples become lists, dicts dicts."""
    if isinstance(value, (list, tuple)) and not all(isinstance(one, (int, float)) for one in value):
        return [plain_result(one) for one in value]
    if isinstance(value, dict):
        return {key: plain_result(one) for key, one in value.items()}
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    array = np.asarray(value)
    if array.dtype.kind in "OSU":
        listed = [plain_result(one) for one in array.ravel().tolist()]
        return {"dtype": "string", "shape": list(array.shape), "value": listed}
    return {"dtype": array.dtype.name, "shape": list(array.shape), "value": [finite(x) for x in array.ravel().tolist()]}


def finite(number):
    """JSON has no NaN or infinity, nor complex numbers: they are written as text."""
    if isinstance(number, complex):
        return str(number)
    if isinstance(number, float) and not np.isfinite(number):
        return str(number)
    return number
