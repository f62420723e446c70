"""The operations, one file per family: a definition (`OpDef`) and the public function that applies it."""

from minigraph.graph import create_op
from minigraph.ops.namespace import OPERATIONS

create_op.modules.update({op_type: module for module, types in OPERATIONS.items() for op_type in types})
