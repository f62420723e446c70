"""Write what TensorFlow 1.15 registers about its operations: `python3.7 tests/interop/record_operations.py`.

The file lies in the package, since a `MetaGraphDef` says it of the operations of its graph.
"""

import lzma
import pathlib

import tensorflow as tf  # noqa: F401  (it registers the operations)
from tensorflow.core.framework import op_def_pb2
from tensorflow.python.framework import op_def_registry

PATH = pathlib.Path(__file__).resolve().parents[2] / "minigraph" / "interop" / "operations.xz"

if __name__ == "__main__":
    registered = op_def_registry.get_registered_ops()
    operations = op_def_pb2.OpList(op=[registered[name] for name in sorted(registered)])
    PATH.write_bytes(lzma.compress(operations.SerializeToString(), preset=9 | lzma.PRESET_EXTREME))
    print("%d operations, %d bytes" % (len(operations.op), PATH.stat().st_size))
