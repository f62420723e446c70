"""`PartitionedVariable`: variables that are the parts of one, and `get_variable` for them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.register_conversion import register_tensor_conversion_function
from minigraph.graph.scopes import atomic_scope, control_dependencies, name_scope
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.ops.arrays import concat, identity, slices, split
from minigraph.variables.get_single import default_initializer, get_single
from minigraph.variables.messages import SaveSliceInfo
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.store import current_store
from minigraph.variables.variable_scope import variable_scope

__all__ = ["PartitionInfo", "PartitionedVariable", "create_partitioned_variables", "get_in_parts"]


class PartitionInfo(NamedTuple):
    """What an initializer is told of the part that it makes: the shape of the whole, and where the part begins."""

    full_shape: list[int]
    var_offset: list[int]


class PartitionedVariable:
    """A variable in parts, each a `Variable` of its own; as a tensor it is all of them together.

    Made by `get_variable` with a partitioner. Iterate over it for the parts.

    Args:
        name: the name of the whole.
        shape: its shape.
        dtype: its element type.
        variable_list: the parts, each with `SaveSliceInfo`.
        partitions: the number of parts along each axis.

    Raises:
        TypeError: if parts or partitions are not in a list.
        ValueError: if there are none, or they do not fit.

    Example:
        >>> w = tf.get_variable("w", [3], initializer=tf.ones_initializer(), partitioner=tf.fixed_size_partitioner(2))
        >>> sess.run(tf.global_variables_initializer())
        >>> print(type(w).__name__, len(w), sess.run(tf.zeros([3]) + w))
        PartitionedVariable 2 [1. 1. 1.]
    """

    def __init__(self, name: str, shape: Any, dtype: Any, variable_list: Any, partitions: Any):
        _check_lists(variable_list, partitions)
        if not all(v._save_slice_info is not None for v in variable_list):
            raise ValueError(f"All variables must have a save_slice_info available: {[v.name for v in variable_list]}")
        if len(shape) != len(partitions):
            raise ValueError(f"len(shape) != len(partitions): {shape} vs. {partitions}")
        for v in variable_list:
            if as_shape(v._save_slice_info.full_shape) != as_shape(shape):
                raise ValueError(
                    f"All variables' full shapes must match shape: {shape}; but full shapes were: "
                    f"{[v._save_slice_info.full_shape]}"
                )
        self._variable_list = sorted(variable_list, key=lambda v: v._save_slice_info.var_offset)
        self._name, self._shape, self._dtype, self._partitions = name, as_shape(shape), dtype, partitions

    name = property(lambda self: self._name, doc="The name of the whole.")
    dtype = property(lambda self: self._dtype, doc="The element type.")
    shape = property(lambda self: self._shape, doc="The shape of the whole.")

    def get_shape(self) -> TensorShape:
        """Return the shape of the whole."""
        return self._shape

    def __iter__(self) -> Iterator:
        return iter(self._variable_list)

    def __len__(self) -> int:
        axes = self._partition_axes()
        if len(axes) > 1:
            raise ValueError(f"Cannot get a length for {len(axes)} > 1 partition axes")
        return len(self._variable_list)

    def _get_variable_list(self) -> list:
        return self._variable_list

    def _get_partitions(self) -> Sequence[int]:
        return self._partitions

    def _partition_axes(self) -> list[int]:
        return [i for i, p in enumerate(self._partitions) if p > 1] or [0]

    def _axis(self, words: str) -> int:
        axes = self._partition_axes()
        if len(axes) > 1:
            raise NotImplementedError(words.format(axes))
        return axes[0]

    def as_tensor(self) -> Tensor:
        """Return the parts joined, by new nodes that wait for nothing else.

        Raises:
            NotImplementedError: if it is cut along more than one axis.
        """
        with get_default_graph().atomic(), control_dependencies(None):
            whole: Any = self._variable_list[0]
            if len(self._variable_list) > 1:
                axis = self._axis(
                    "Cannot concatenate along more than one dimension: {}.  "
                    "Multi-axis partition concat is not supported"
                )
                with name_scope(self._name + "/ConcatPartitions/"):
                    whole = concat.concat(self._variable_list, axis)
            with name_scope(None):
                return identity.identity(whole, name=self._name)

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> list:
        """Assign a value, part by part.

        Args:
            value: a tensor of the shape of the whole, a list with a value for each part, or a partitioned variable.
            use_locking: accepted, as in TF1.
            name: the name of the nodes.
            read_value: return the new values, rather than the operations.
        """
        return self._write("assign", value, use_locking, name, read_value)

    def assign_add(
        self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> list:
        """Add a value, part by part; arguments as for `assign`."""
        return self._write("assign_add", value, use_locking, name, read_value)

    def assign_sub(
        self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> list:
        """Subtract a value, part by part; arguments as for `assign`."""
        return self._write("assign_sub", value, use_locking, name, read_value)

    def _write(self, method: str, value: Any, use_locking: bool, name: str | None, read_value: bool) -> list:
        axis = self._axis(
            "Cannot do assign action along more than one dimension: {}.  "
            "Multi-axis partition assign action is not supported "
        )
        with get_default_graph().atomic():
            if isinstance(value, (list, PartitionedVariable)):
                values = list(value)
            else:
                values = split.split(value, [v.shape[axis].value for v in self._variable_list], axis=axis)
            written = [
                getattr(v, method)(each, use_locking=use_locking, name=name, read_value=read_value)
                for v, each in zip(self._variable_list, values, strict=True)
            ]
        return written if read_value else [getattr(each, "op", each) for each in written]


def _check_lists(variable_list: Any, partitions: Any) -> None:
    if not isinstance(variable_list, (list, tuple)):
        raise TypeError(f"variable_list is not a list or tuple: {variable_list}")
    if not isinstance(partitions, (list, tuple)):
        raise TypeError(f"partitions is not a list or tuple: {partitions}")
    if not all(p >= 1 for p in partitions):
        raise ValueError(f"partition values must be positive: {partitions}")
    if not variable_list:
        raise ValueError("variable_list may not be empty")


def _as_tensor(value: Any, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Tensor:
    if dtype is not None and not as_dtype(dtype).is_compatible_with(value.dtype):
        raise ValueError(
            f"Incompatible type conversion requested to type '{as_dtype(dtype).name}' for variable of type "
            f"'{value.dtype.name}'"
        )
    if as_ref:
        raise NotImplementedError("PartitionedVariable doesn't support being used as a reference.")
    return value.as_tensor()


register_tensor_conversion_function(PartitionedVariable, _as_tensor)


def get_in_parts(
    name: str, partitioner: Any, shape: Any, dtype: Any, initializer: Any, reuse: Any, **options: Any
) -> Any:
    """Return the partitioned variable with that full name: the existing one or a new one, as `reuse` demands.

    Raises:
        ValueError: as `get_single`; if the partitioner is not a function, or gives no partitions; if there is a
            variable of that name that is not in parts.
    """
    known = current_store().in_parts
    _check_name(name, partitioner, reuse is True and name in known)
    dtype, shape = as_dtype(dtype), as_shape(shape)
    if isinstance(initializer, Tensor):
        shape = shape.merge_with(initializer.shape)
    partitions = None if partitioner is None else _partitions(partitioner, shape, dtype)
    if name in known:
        return _shared(name, known[name], shape, dtype, partitions, reuse)
    if reuse is True:
        raise ValueError(
            f"PartitionedVariable {name} does not exist, or was not created with tf.get_variable(). Did you mean to "
            "set reuse=False or reuse=tf.AUTO_REUSE in VarScope?"
        )
    assert partitions is not None
    _check_parts(name, max(partitions), current_store().variables)
    graph = get_default_graph()
    with graph.atomic():
        parts = [
            _part(name, i, PartitionInfo(shape.as_list(), offset), size, dtype, initializer, reuse, options)
            for i, (offset, size) in enumerate(_extents(shape.as_list(), partitions))
        ]
        found = known[name] = PartitionedVariable(name, shape, parts[0].dtype.base_dtype, parts, partitions)
        graph.on_rollback(lambda: known.pop(name, None))
    return found


def _check_name(name: str, partitioner: Any, is_shared: bool) -> None:
    """Raise ValueError if there is no partitioner, or a variable of that name is not in parts."""
    if partitioner is None and not is_shared:
        raise ValueError(
            f"No partitioner was provided, but a partitioned version of the variable was found: {name}/part_0. "
            "Perhaps a variable of the same name was already created with partitioning?"
        )
    if partitioner is not None and not callable(partitioner):
        raise ValueError(f"Partitioner must be callable, but received: {partitioner}")
    if name in current_store().variables:
        raise ValueError(
            f"A partitioner was provided, but an unpartitioned version of the variable was found: {name}.  Perhaps a "
            "variable of the same name was already created without partitioning?"
        )


def _partitions(partitioner: Callable, shape: TensorShape, dtype: Any) -> Any:
    if not shape.is_fully_defined():
        raise ValueError(f"Shape of a new partitioned variable must be fully defined, but instead was {shape}.")
    if not shape.ndims:
        raise ValueError(f"A partitioned Variable must have rank at least 1, shape: {shape}")
    found = partitioner(shape=shape, dtype=dtype)
    if not isinstance(found, Sequence):
        raise ValueError(f"Partitioner must return a sequence, but saw: {found}")
    if len(found) != shape.ndims:
        raise ValueError(
            f"Partitioner returned a partition list that does not match the Variable's rank: {found} vs. {shape}"
        )
    if any(p < 1 for p in found):
        raise ValueError(f"Partitioner returned zero partitions for some axes: {found}")
    if sum(p > 1 for p in found) > 1:
        raise ValueError(f"Can only slice a variable along one dimension: shape: {shape}, partitioning: {found}")
    return found


def _shared(name: str, found: PartitionedVariable, shape: TensorShape, dtype: Any, partitions: Any, reuse: Any) -> Any:
    if reuse is False:
        raise ValueError(
            f"Partitioned variable with name {name} already exists. Did you mean to set reuse=True or "
            "reuse=tf.AUTO_REUSE in VarScope?"
        )
    start = f"Trying to reuse partitioned variable {name}, but specified"
    if not shape.is_compatible_with(found.shape):
        raise ValueError(f"{start} shape {shape} and found shape {found.shape}.")
    if not dtype.is_compatible_with(found.dtype):
        raise ValueError(f"{start} dtype {dtype.name} and found dtype {found.dtype.name}.")
    if partitions is not None and found._get_partitions() != partitions:
        raise ValueError(f"{start} partitions {partitions} and found partitions {found._get_partitions()}.")
    return found


def _check_parts(name: str, count: int, existing: dict) -> None:
    """Raise ValueError if there are parts of that name already, but another number."""
    if f"{name}/part_0" not in existing:
        return
    start = (
        "Partitioner returned a different partitioning than what was already found.  "
        f"Partitioner returned {count} shards, and shard {name}/part_0 was found, but"
    )
    if f"{name}/part_{count - 1}" not in existing:
        raise ValueError(f"{start} {name}/part_{count - 1} was not.")
    if f"{name}/part_{count}" in existing:
        raise ValueError(f"{start} so was the extra shard {name}/part_{count}.")


def _extents(shape: list[int], partitions: Sequence[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield begin and size of each part; the first ones are longer by one where it does not come out even."""
    count = max(partitions)
    axis = list(partitions).index(count) if count > 1 else 0
    least, longer = divmod(shape[axis], count)
    begin = 0
    for i in range(count):
        size = least + (i < longer)
        yield [begin if a == axis else 0 for a in range(len(shape))], [*shape[:axis], size, *shape[axis + 1 :]]
        begin += size


def _part(
    name: str, i: int, info: PartitionInfo, size: list, dtype: Any, initializer: Any, reuse: Any, options: dict
) -> Any:
    """Return part number i, new or shared."""
    full_name = f"{name}/part_{i}"
    with name_scope(full_name + "/PartitionedInitializer"):
        initial: Any = default_initializer(name, dtype) if initializer is None else initializer
        shape: Any = size
        if not callable(initial):
            initial = convert_to_tensor(initial, None if isinstance(initial, Tensor) else dtype)
            initial = slices.slice(initial, info.var_offset, size)
            dtype, shape = initial.dtype.base_dtype, None
        else:
            initial = _told(initial, info)
    with name_scope(None):
        part = get_single(full_name, shape, dtype, initial, reuse=reuse, **options)
    part._save_slice_info = SaveSliceInfo(name, info.full_shape, info.var_offset, size)
    return part


def _told(initializer: Callable, info: PartitionInfo) -> Callable:
    """Return an initializer that is told of which part it is called for, if it takes `partition_info`."""
    function: Any = initializer() if inspect.isclass(initializer) else initializer
    if "partition_info" not in inspect.signature(function).parameters:
        return function
    return lambda shape, dtype: function(shape, dtype=dtype, partition_info=info)


def create_partitioned_variables(
    shape: Any,
    slicing: Any,
    initializer: Any,
    dtype: Any = "float32",
    trainable: bool = True,
    collections: Any = None,
    name: str | None = None,
    reuse: Any = None,
) -> list:
    """Return the parts of a variable that is cut in a given way; `get_variable` with a partitioner is newer.

    Args:
        shape: the shape of the whole, a list.
        slicing: the number of parts along each axis, a list with at most one number greater than 1.
        initializer: as for `get_variable`.
        dtype: the element type.
        trainable, collections: as for `Variable`.
        name: the name of the whole, by default "PartitionedVariable".
        reuse: as for `variable_scope`.

    Raises:
        ValueError: if shape and slicing do not fit.

    Example:
        >>> parts = tf.create_partitioned_variables([4, 3], [2, 1], tf.zeros_initializer(), name="w")
        >>> [(v.name, v.shape.as_list()) for v in parts]
        [('w/part_0:0', [2, 3]), ('w/part_1:0', [2, 3])]
    """
    if len(shape) != len(slicing):
        raise ValueError(
            "The 'shape' and 'slicing' of a partitioned Variable must have the length: shape: "
            f"{shape}, slicing: {slicing}"
        )
    if len(shape) < 1:
        raise ValueError(f"A partitioned Variable must have rank at least 1: shape: {shape}")
    with get_default_graph().atomic(), variable_scope(name, "PartitionedVariable", reuse=reuse):
        scope: Any = get_variable_scope()
        if scope.custom_getter is not None:
            raise ValueError(
                "Private access to _get_partitioned_variable is not allowed when a custom getter is set.  "
                f"Current custom getter: {scope.custom_getter}.  It is likely that you're using "
                "create_partitioned_variables.  If so, consider instead using get_variable with a non-empty "
                "partitioner parameter instead."
            )
        given = dict(initializer=initializer, dtype=dtype, trainable=trainable, collections=collections)
        settings = {key: value for key, value in scope._settings.items() if given.get(key) is None}
        del settings["custom_getter"]
        options = {**given, **settings, "partitioner": lambda **_: slicing}
        with atomic_scope(None):
            return list(get_in_parts(scope.name, shape=shape, reuse=scope.reuse, **options))
