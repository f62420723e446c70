"""Damage graphs and checkpoints, and read them: `python -m tests.interop.fuzz [COUNT [SEED]]`, from the root.

What is read is damaged in its fields or its bytes. It is imported, or refused with one of the errors in `REFUSALS`; then the
graph has nothing of it. Any other error is a fault of the reader, and is printed with what leads to it.
"""

import pathlib
import random
import sys
import tempfile
import tracemalloc
from collections import Counter

import numpy as np

import minigraph as tf

RECORDED = pathlib.Path(__file__).resolve().parent / "recorded"
REFUSALS = (ValueError, KeyError, tf.errors.NotFoundError)
OF_CHECKPOINTS = (ValueError, tf.errors.OpError)
NAMES = (
    "queues frozen nested_loops functional while_loop conditions resource_variables greedy_decoder monitored".split()
)
ODD = [0, 1, -1, 2, 3, 7, 127, 1 << 20, (1 << 31) - 1, -(1 << 31), 1 << 40, (1 << 63) - 1, -(1 << 63)]
MEMORY = (
    64 << 20
)  # bytes that reading a small file may take: its objects, and nothing in proportion to sizes that it claims


def metas():
    """Return the recorded MetaGraphDefs."""
    return [tf.MetaGraphDef.FromString(np.load(RECORDED / (name + ".npz"))["meta"].tobytes()) for name in NAMES]


def with_bytes_changed(rng, content):
    """Return bytes with some of them changed, left out, or doubled."""
    data = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 5])):
        i = rng.randrange(len(data))
        kind = rng.randrange(4)
        if kind == 0:
            data[i] = rng.randrange(256)
        elif kind == 1:
            data[i] ^= 1 << rng.randrange(8)
        elif kind == 2:
            del data[i : i + rng.choice([1, 2, 8])]
        else:
            data[i:i] = data[i : i + rng.choice([1, 4, 16])]
        if not data:
            return b""
    return bytes(data)


def change_number(rng, message, field):
    setattr(message, field, rng.choice(ODD[:9] if "type" in field else ODD))


def change_attr(rng, node, others):
    """Change an attribute of a node, exchange it for one of another node, or leave it out."""
    if not node.attr:
        return
    key = rng.choice(sorted(node.attr))
    value = node.attr[key]
    kind = value.WhichOneof("value")
    choice = rng.randrange(4)
    if choice == 0:
        del node.attr[key]
    elif choice == 1 and others.attr:
        value.CopyFrom(others.attr[rng.choice(sorted(others.attr))])
    elif kind in ("i", "type"):
        setattr(value, kind, rng.choice([v for v in ODD if kind == "i" or abs(v) < 1 << 31]))
    elif kind == "shape":
        value.shape.dim.add(size=rng.choice(ODD))
    elif kind == "tensor":
        change_tensor(rng, value.tensor)
    elif kind == "func":
        value.func.name = rng.choice([value.func.name, "", "no_function"])
    elif kind == "s":
        value.s = rng.choice([b"", b"\xff\xfe", b"SAME", b"loc:@" + node.name.encode(), b"x" * 300])
    elif kind == "list":
        change_list(rng, value.list)
    elif kind == "b":
        value.b = not value.b
    else:
        value.f = rng.choice([0.0, float("nan"), float("inf"), -1e30])


def change_list(rng, found):
    fields = [field.name for field, _ in found.ListFields()] or ["i"]
    values = getattr(found, rng.choice(fields))
    if len(values) and rng.random() < 0.5:
        del values[rng.randrange(len(values))]
    elif len(values) and hasattr(values, "append"):
        values.append(values[0])
    else:
        found.i.append(rng.choice(ODD))


def change_tensor(rng, tensor):
    choice = rng.randrange(5)
    if choice == 0:
        tensor.tensor_shape.dim.add(size=rng.choice(ODD))
    elif choice == 1 and tensor.tensor_shape.dim:
        rng.choice(tensor.tensor_shape.dim).size = rng.choice(ODD)
    elif choice == 2:
        tensor.dtype = rng.choice([0, 1, 3, 7, 10, 20, 23, 101, 999])
    elif choice == 3:
        tensor.tensor_content = tensor.tensor_content[: rng.randrange(len(tensor.tensor_content) + 1)]
    else:
        tensor.tensor_shape.unknown_rank = True


def change_node(rng, nodes):
    """Change one node of a graph or a function; what it is made to refer to comes before it more often than not."""
    i = rng.randrange(len(nodes))
    node, other = nodes[i], nodes[rng.randrange(i + 1) if rng.random() < 0.8 else rng.randrange(len(nodes))]
    choice = rng.randrange(20)
    if choice == 0 and node.input:
        node.input[rng.randrange(len(node.input))] = other.name + rng.choice(["", "", ":0", ":1", ":9", ":-1", ":x"])
    elif choice == 1:
        node.input.append(rng.choice(["^", "^", ""]) + other.name)
    elif choice == 2 and node.input:
        del node.input[rng.randrange(len(node.input))]
    elif choice == 3:
        node.op = other.op
    elif choice == 4:
        node.name = rng.choice([other.name, "", "a b", node.name + "/x", "\u00e4"])
    elif choice == 5:
        node.device = rng.choice(["/cpu:0", "/job:a/task:1", "/gpu:1", "nonsense", "/gpu:x", "/cpu:0/gpu:0"])
    elif choice == 6:
        nodes.add().CopyFrom(node)
        nodes[-1].name += rng.choice(["", "_again", "_again"])
    elif choice == 7:
        nodes.remove(rng.choice([node, nodes[-1]]))
    elif choice == 8:
        node.input.insert(0, node.name)
    elif choice == 9 and len(node.input) > 1:
        rng.shuffle(node.input)
    else:
        change_attr(rng, node, other)


def change_collection(rng, meta):
    """Change an item of a collection, or what a saver works by."""
    keys = sorted(meta.collection_def)
    if not keys or rng.random() < 0.2:
        field = rng.choice(["filename_tensor_name", "save_tensor_name", "restore_op_name"])
        setattr(meta.saver_def, field, rng.choice(["", "no_node", "no_node:0"]))
        return
    content = meta.collection_def[rng.choice(keys)]
    kind = content.WhichOneof("kind")
    values = getattr(content, kind).value if kind else []
    if not len(values):
        content.node_list.value.append("no_node")
    elif kind == "bytes_list":
        i = rng.randrange(len(values))
        values[i] = with_bytes_changed(rng, values[i])
    elif kind == "node_list":
        values[rng.randrange(len(values))] = rng.choice(["", "no_node", "^x", "a:b:c"])


def damaged(rng, meta):
    """Return a damaged copy of a MetaGraphDef."""
    if rng.random() < 0.1:
        return tf.MetaGraphDef.FromString(with_bytes_changed(rng, meta.SerializeToString()))
    found = tf.MetaGraphDef.FromString(meta.SerializeToString())
    for _ in range(rng.choice([1, 1, 1, 1, 1, 1, 2, 4])):
        functions = found.graph_def.library.function
        if rng.random() < 0.1:
            change_collection(rng, found)
        elif functions and rng.random() < 0.4:
            change_node(rng, rng.choice(functions).node_def)
        else:
            change_node(rng, found.graph_def.node)
    return found


def check_graph(rng, meta) -> str:
    """Import a damaged graph; return "imported", "unreadable" or the name of the error.

    Raises:
        Exception: what the reader should not have raised, or AssertionError if it left something behind.
    """
    try:
        found = damaged(rng, meta)
    except Exception as error:  # of the package protobuf: it was no message at all
        if type(error).__name__ != "DecodeError":
            raise
        return "unreadable"
    with tf.Graph().as_default() as graph:
        try:
            tf.train.import_meta_graph(found)
            return "imported"
        except REFUSALS as error:
            assert not graph.get_operations() and not any(graph._collections.values()), "it left something behind"
            return type(error).__name__


def check_checkpoint(rng, files) -> str:
    """Read a damaged checkpoint; return "read" or the name of the error."""
    with tempfile.TemporaryDirectory() as folder:
        which = rng.choice(sorted(files))
        for name, content in files.items():
            data = with_bytes_changed(rng, content) if name == which else content
            (pathlib.Path(folder) / name).write_bytes(data)
        try:
            reader = tf.train.NewCheckpointReader(folder + "/model")
            for name in reader.get_variable_to_shape_map():
                reader.get_tensor(name)
            return "read"
        except OF_CHECKPOINTS as error:
            return type(error).__name__


def checkpoints():
    """Return the files of the recorded checkpoints, by name."""
    found = []
    for name in NAMES:
        recorded = np.load(RECORDED / (name + ".npz"))
        keys = [key for key in recorded.files if key.startswith("file model.") and not key.endswith(".meta")]
        if keys:
            found.append({key.removeprefix("file "): recorded[key].tobytes() for key in keys})
    return found


def run(count, seed=0, say=lambda text: None):
    """Read that many damaged graphs and a fifth as many checkpoints; return (outcomes, faults).

    Args:
        count: how many graphs.
        seed: of the first; each has a seed of its own, which is printed with a fault.
        say: is told of each fault.
    """
    graphs, stored = metas(), checkpoints()
    outcomes, faults = Counter(), []
    jobs = [(check_graph, graphs, i) for i in range(count)]
    jobs += [(check_checkpoint, stored, i) for i in range(count // 5)]
    for check, sources, i in jobs:
        rng = random.Random(f"{check.__name__} {seed + i}")
        source = rng.choice(sources)
        try:
            outcomes[check.__name__, check(rng, source)] += 1
        except Exception as error:
            faults.append((check.__name__, seed + i, f"{type(error).__name__}: {str(error)[:200]}"))
            say(faults[-1])
    return outcomes, faults


def main(count=10_000, seed=0):
    """Print the outcomes; exit with 1 if there are faults, or too few graphs could be imported to say anything."""
    tf.logging.set_verbosity(tf.logging.FATAL)
    tracemalloc.start()
    outcomes, faults = run(int(count), int(seed), print)
    peak = tracemalloc.get_traced_memory()[1]
    for (check, outcome), number in sorted(outcomes.items()):
        print(f"{number:7d}  {check}: {outcome}")
    imported = outcomes["check_graph", "imported"] / int(count)
    print(f"{imported:.0%} imported; at most {peak >> 20} MiB in use; {len(faults)} faults")
    return bool(faults or imported < 0.3 or peak > MEMORY)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
