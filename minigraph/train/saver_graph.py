"""The nodes by which a `Saver` writes and reads variables."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.scopes import atomic_scope, control_dependencies, device
from minigraph.ops.arrays.constant import constant
from minigraph.ops.arrays.identity import identity
from minigraph.ops.arrays.placeholder_with_default import placeholder_with_default
from minigraph.ops.arrays.reshape import reshape
from minigraph.ops.arrays.shape_ops import shape as shape_of
from minigraph.ops.control.group import group, with_dependencies
from minigraph.ops.io import checkpoints
from minigraph.ops.strings.join import string_join
from minigraph.ops.variables.assign import assign
from minigraph.variables.partitioned import PartitionedVariable
from minigraph.variables.variable import Variable, is_resource_variable

__all__ = ["Saveable", "build", "saveables_of"]

_CELLS = ("Variable", "VariableV2", "AutoReloadVariable", "VarHandleOp")


class Saveable(NamedTuple):
    """A variable under the name that it has in checkpoints."""

    key: str
    variable: Any  # a variable, or the ref tensor of one

    @property
    def tensor(self) -> Tensor:
        """The tensor that is saved: the cell itself, or the read made with a resource variable or a part."""
        if is_resource_variable(self.variable):
            return self.variable._graph_element
        return convert_to_tensor(self.variable, as_ref=not self.part)

    @property
    def part(self) -> str:
        """The text that says which part of a value it is; "" for all of it."""
        info = getattr(self.variable, "_save_slice_info", None)
        return "" if info is None else info.spec

    @property
    def dtype(self) -> DType:
        """The type of the value."""
        return self.variable.dtype.base_dtype

    def restore(self, value: Tensor, as_shaped: bool) -> Operation:
        """Build the assignment of a value; with `as_shaped` the value gets the variable's shape."""
        static = self.variable.shape
        if as_shaped:
            wanted = static.as_list() if static.is_fully_defined() else shape_of(self.tensor)
            value = reshape(value, wanted)
        if is_resource_variable(self.variable):
            with device(self.variable.device or None):
                return self.variable.assign(identity(value), read_value=False)
        checked = static.is_fully_defined() and not as_shaped
        return assign(convert_to_tensor(self.variable, as_ref=True), value, validate_shape=checked).op


def saveables_of(var_list: Any) -> list[Saveable]:
    """Return the variables of a list, or of a dict by the names for checkpoints, sorted by these names.

    Raises:
        TypeError: if it is neither, or holds something else than variables.
        ValueError: if two have the same name, or one has two names.
    """
    if isinstance(var_list, dict):
        named = list(var_list.items())
    elif isinstance(var_list, (list, tuple, set)):
        named = [(_own_name(each), each) for each in var_list]
        named = _parts_together(named)
    else:
        raise TypeError(f"Variables to save should be passed in a dict or a list: {var_list}")
    found: dict[str, list] = {}
    for key, variable in named:
        if not isinstance(key, str):
            raise TypeError(
                "names_to_saveables must be a dict mapping string names to trackable operations. "
                f"Name is not a string: {key}"
            )
        if key in found:
            raise ValueError(f"At least two variables have the same name: {key}")
        found[key] = _checked_parts(key, variable, [part for parts in found.values() for part in parts])
    return [Saveable(key, part) for key in sorted(found) for part in found[key]]


def _checked_parts(key: str, variable: Any, others: list) -> list:
    """Return the variables under a name: one, or the parts of one; none may be among the others."""
    parts = list(variable) if isinstance(variable, (list, tuple, PartitionedVariable)) else [variable]
    for part in parts:
        if not _is_variable(part):
            raise TypeError(f"Variable to save is not a Variable: {part}")
        if any(part is other for other in others):
            raise ValueError(f"The same saveable will be restored with two names: {key}")
    return parts


def _parts_together(named: list) -> list:
    """Return pairs of a name and a variable, or the list of the parts that have that name."""
    found: list[tuple[str, Any]] = []
    lists: dict[str, list] = {}
    for key, variable in named:
        if getattr(variable, "_save_slice_info", None) is None:
            found.append((key, variable))
            continue
        if key not in lists:
            if any(key == other for other, _ in found):
                raise ValueError(f"Mixing slices and non-slices with the same name: {key}")
            lists[key] = []
            found.append((key, lists[key]))
        lists[key].append(variable)
    return found


def _is_variable(value: Any) -> bool:
    return isinstance(value, Variable) or (isinstance(value, Tensor) and value.op.type in _CELLS)


def _own_name(value: Any) -> str:
    if isinstance(value, PartitionedVariable):
        return value.name
    if not _is_variable(value):
        raise TypeError(f"Variable to save is not a Variable: {value}")
    info = getattr(value, "_save_slice_info", None)
    return value.op.name if info is None else info.full_name


class Nodes(NamedTuple):
    """The three nodes by which a `Saver` works."""

    filename: Tensor
    save: Tensor
    restore: Operation


def build(
    saveables: Sequence[Saveable], name: str | None, filename: str, reshape: bool, sharded: bool, sequential: bool
) -> Nodes:
    """Build the nodes that write and read variables.

    Args:
        saveables: the variables, sorted by name.
        name: the name scope, by default "save".
        filename: the name of the checkpoint where a run feeds none.
        reshape: True to give each value the shape of its variable.
        sharded: True for a file for each device.
        sequential: True to assign one variable after the other.
    """
    with atomic_scope(name, "save", [each.variable.op for each in saveables]):
        path = placeholder_with_default(filename, (), "filename")
        path = placeholder_with_default(path, (), "Const")
        if not sharded:
            saved = _save(path, path, saveables)
            return Nodes(path, saved, _restore(path, saveables, reshape, sequential, "restore_all"))
        groups: dict[str, list[Saveable]] = {}
        for each in saveables:
            groups.setdefault(each.variable.device or "", []).append(each)
        by_device = sorted(groups.items())
        saved = _save_sharded(path, by_device)
        restored = []
        for where, each_group in by_device:
            with device(where or None):
                restored.append(_restore(path, each_group, reshape, sequential, "restore_shard"))
        return Nodes(path, saved, group(*restored, name="restore_all"))


def _keys(saveables: Sequence[Saveable]) -> tuple[list[str], list[str]]:
    return [each.key for each in saveables], [each.part for each in saveables]


def _save(path: Tensor, result: Tensor, saveables: Sequence[Saveable]) -> Tensor:
    names, slices = _keys(saveables)
    done = checkpoints.save_v2(path, names, slices, [each.tensor for each in saveables])
    return with_dependencies([done], result)


def _save_sharded(path: Tensor, by_device: list[tuple[str, list[Saveable]]]) -> Tensor:
    base = string_join([path, f"_temp_{uuid.uuid4().hex}/part"])
    count = constant(len(by_device), name="num_shards")
    files, saved = [], []
    for shard, (where, saveables) in enumerate(by_device):
        with device(_processor(where)):
            files.append(checkpoints.sharded_filename(base, shard, count))
            saved.append(_save(files[-1], files[-1], saveables))
    with device(_processor(by_device[-1][0])):
        with control_dependencies(saved):
            merged = checkpoints.merge_v2_checkpoints(files, path)
        with control_dependencies([*saved, merged]):
            return identity(path)


def _processor(where: str) -> str:
    """Return the device of the CPU on the machine of a device, which is the one that has files."""
    return re.sub(r"/device:.*", "", where) + "/device:CPU:0"


def _restore(path: Tensor, saveables: Sequence[Saveable], as_shaped: bool, sequential: bool, name: str) -> Operation:
    names, slices = _keys(saveables)
    with device("/device:CPU:0"):
        values = checkpoints.restore_v2(path, names, slices, [each.dtype for each in saveables])
    done: list[Operation] = []
    for each, value in zip(saveables, values):
        done.append(each.restore(value, as_shaped))
    return group(*done, name=name)
