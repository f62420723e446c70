"""The operations, one file a family: each a definition (`OpDef`) and the public function that applies it."""

from minigraph.graph import by_type
from minigraph.ops.namespace import OPERATIONS

by_type.modules.update({op_type: module for module, types in OPERATIONS.items() for op_type in types})
