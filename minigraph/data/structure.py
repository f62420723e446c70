"""The structure of the elements of a dataset: tuples and dicts, nested, of specs.

Lists are no structures here: they are converted to tensors, as in TensorFlow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minigraph.data.sparse_spec import SparseTensorSpec
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.default import get_default_graph
from minigraph.graph.dtypes import DType, as_dtype
from minigraph.graph.operation import Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.shapes import TensorShape, as_shape
from minigraph.graph.sparse_tensor import SparseTensor, is_sparse

__all__ = [
    "Structured",
    "TensorSpec",
    "as_component",
    "assert_same_structure",
    "classes_of",
    "flat",
    "flatten",
    "flatten_up_to",
    "from_tensors",
    "map_structure",
    "normalized",
    "pack",
    "shapes_of",
    "rows_of",
    "spec_of",
    "specs_from",
    "tensors_of",
    "types_of",
]


class TensorSpec:
    """The type and static shape of a tensor that is part of an element.

    Args:
        shape: the shape, or what can be converted to one.
        dtype: the type.
        name: a name.

    Example:
        >>> TensorSpec([2, None], tf.float32)
        TensorSpec(shape=(2, ?), dtype=tf.float32, name=None)
    """

    def __init__(self, shape: Any, dtype: Any = "float32", name: str | None = None):
        self._shape, self._dtype, self._name = as_shape(shape), as_dtype(dtype).base_dtype, name

    shape: TensorShape = read_only("_shape", "The static shape.")
    dtype: DType = read_only("_dtype", "The type.")
    name: str | None = read_only("_name", "The name.")

    legacy_type = tensor_type = dtype
    legacy_shape = tensor_shape = shape
    legacy_class = Tensor

    def is_compatible_with(self, other: Any) -> bool:
        """Return True if a tensor (or what another spec describes) may be one of these."""
        return (
            isinstance(other, (TensorSpec, Tensor))
            and self._dtype == other.dtype
            and self._shape.is_compatible_with(other.shape)
        )

    def batched(self, size: int | None) -> TensorSpec:
        """Return the spec of a batch."""
        return TensorSpec(TensorShape([size]).concatenate(self._shape), self._dtype)

    def unbatched(self) -> TensorSpec:
        """Return the spec of a row."""
        return TensorSpec(self._shape[1:], self._dtype)

    def with_shape(self, shape: TensorShape) -> TensorSpec:
        """Return a spec of the same type and another shape."""
        return TensorSpec(shape, self._dtype)

    def from_tensor(self, tensor: Tensor) -> Tensor:
        """Return the component that a tensor stands for: itself."""
        return tensor

    def to_tensor(self, value: Any) -> Tensor:
        """Return the tensor that stands for a component."""
        return convert_to_tensor(value)

    to_rows = to_tensor

    def __eq__(self, other: Any) -> bool:
        mine = self._dtype, self._shape.tuple
        return isinstance(other, TensorSpec) and mine == (other._dtype, other._shape.tuple)

    def __hash__(self) -> int:
        return hash((self._dtype, self._shape.tuple))

    def __repr__(self) -> str:
        return f"TensorSpec(shape={self._shape}, dtype={self._dtype!r}, name={self._name!r})"


_SPECS = {SparseTensor: SparseTensorSpec}


def _is_nested(value: Any) -> bool:
    return isinstance(value, (tuple, Mapping)) and not is_sparse(value)


def _children(value: Any) -> list:
    return [value[key] for key in sorted(value)] if isinstance(value, Mapping) else list(value)


def flatten(structure: Any) -> list:
    """Return the leaves of a structure, those of a dict in the order of its keys.

    Example:
        >>> flatten(({"b": 2, "a": 1}, [3, 4]))
        [1, 2, [3, 4]]
    """
    if not _is_nested(structure):
        return [structure]
    return [leaf for child in _children(structure) for leaf in flatten(child)]


def pack(structure: Any, leaves: Sequence) -> Any:
    """Return leaves in the structure of another one.

    Example:
        >>> pack(({"b": 0, "a": 0}, 0), [1, 2, 3])
        ({'b': 2, 'a': 1}, 3)
    """
    return _pack(structure, iter(leaves))


def _pack(structure: Any, leaves: Any) -> Any:
    if not _is_nested(structure):
        return next(leaves)
    if isinstance(structure, Mapping):
        found = {key: _pack(structure[key], leaves) for key in sorted(structure)}
        return type(structure)((key, found[key]) for key in structure)  # type: ignore[call-arg]
    parts = [_pack(child, leaves) for child in structure]
    return structure._make(parts) if hasattr(structure, "_make") else tuple(parts)


def map_structure(function: Callable, structure: Any, *others: Any) -> Any:
    """Return a structure with the results of a function of the leaves at each place."""
    return pack(structure, [function(*leaves) for leaves in zip(*map(flatten, (structure, *others)))])


def flatten_up_to(shallow: Any, structure: Any) -> list:
    """Return the parts of a structure that stand where another one has leaves.

    Raises:
        TypeError: if there is a part where the other one has a structure.
        ValueError: if there are more or fewer parts.
    """
    if not _is_nested(shallow):
        return [structure]
    if not _is_nested(structure):
        raise TypeError(
            f"If shallow structure is a sequence, input must also be a sequence. Input has type: {type(structure)}."
        )
    if len(structure) != len(shallow):
        raise ValueError(
            "The two structures don't have the same sequence length. Input structure has length "
            f"{len(structure)}, while shallow structure has length {len(shallow)}."
        )
    if isinstance(shallow, Mapping) and isinstance(structure, Mapping) and sorted(shallow) != sorted(structure):
        raise ValueError(
            f"The two structures don't have the same keys. Input structure has keys {list(structure)}, while shallow "
            f"structure has keys {list(shallow)}."
        )
    return [part for a, b in zip(_children(shallow), _children(structure)) for part in flatten_up_to(a, b)]


def assert_same_structure(first: Any, second: Any) -> None:
    """Raise a ValueError or TypeError unless two structures are nested alike."""
    if _is_nested(first) != _is_nested(second) or _is_nested(first) and len(first) != len(second):
        raise ValueError(
            "The two structures don't have the same nested structure.\n\n"
            f"First structure: {first}\n\nSecond structure: {second}"
        )
    if not _is_nested(first):
        return
    if isinstance(first, Mapping) != isinstance(second, Mapping):
        raise TypeError(
            "The two structures don't have the same sequence type. "
            f"First structure has type {type(first)}, while second structure has type {type(second)}."
        )
    if isinstance(first, Mapping) and set(first) != set(second):
        raise ValueError(
            "The two dictionaries don't have the same set of keys. "
            f"First structure has keys {list(first)}, while second structure has keys {list(second)}"
        )
    for a, b in zip(_children(first), _children(second)):
        assert_same_structure(a, b)


# Elements and their specs


def normalized(element: Any) -> Any:
    """Return an element with its components as tensors (or datasets), made in a name scope as in TensorFlow."""
    with get_default_graph().name_scope("normalize_element"):
        leaves = [as_component(t, f"component_{i}") for i, t in enumerate(flatten(element))]
    return pack(element, leaves)


def as_component(value: Any, name: str | None = None) -> Any:
    """Return a dataset as it is, what is sparse as a sparse tensor, and anything else as a tensor."""
    if hasattr(value, "element_spec"):
        return value
    return SparseTensor.from_value(value) if is_sparse(value) else convert_to_tensor(value, name=name)


def spec_of(element: Any) -> Any:
    """Return the structure of specs of an element whose components are tensors, sparse ones too, or datasets."""
    return map_structure(_spec_of_component, element)


def _spec_of_component(value: Any) -> Any:
    if hasattr(value, "element_spec"):
        return value._spec
    return (SparseTensorSpec if is_sparse(value) else TensorSpec)(value.shape, value.dtype)


def tensors_of(spec: Any, element: Any) -> list[Tensor]:
    """Return the tensors that stand for the components of an element."""
    return [each.to_tensor(value) for each, value in zip(flatten(spec), flatten(element))]


def rows_of(spec: Any, element: Any) -> list[Tensor]:
    """Return the tensors whose rows stand for the rows of the components of an element."""
    return [each.to_rows(value) for each, value in zip(flatten(spec), flatten(element))]


def from_tensors(spec: Any, tensors: Sequence[Tensor]) -> Any:
    """Return the element whose components tensors stand for."""
    return pack(spec, [each.from_tensor(t) for each, t in zip(flatten(spec), tensors)])


def specs_from(types: Any, shapes: Any = None, classes: Any = None) -> Any:
    """Return the structure of specs for structures of types and of shapes.

    Args:
        types: dtypes, or specs of datasets.
        shapes: the shapes, in the same structure; None if they are not known.
        classes: the classes, in the same structure: `SparseTensor` for what is sparse.
    """
    leaves = [each if hasattr(each, "tensor_type") else as_dtype(each) for each in flatten(types)]
    known = [None] * len(leaves) if shapes is None else flatten_up_to(types, shapes)
    kinds = [Tensor] * len(leaves) if classes is None else flatten_up_to(types, classes)
    specs = [
        leaf if hasattr(leaf, "tensor_type") else _SPECS.get(kind, TensorSpec)(as_shape(shape), leaf)
        for leaf, shape, kind in zip(leaves, known, kinds)
    ]
    return pack(types, specs)


def types_of(spec: Any) -> Any:
    """Return the structure of types."""
    return map_structure(lambda each: each.legacy_type, spec)


def shapes_of(spec: Any) -> Any:
    """Return the structure of static shapes."""
    return map_structure(lambda each: each.legacy_shape, spec)


def classes_of(spec: Any) -> Any:
    """Return the structure of the components' classes."""
    return map_structure(lambda each: each.legacy_class, spec)


def flat(spec: Any) -> dict[str, Any]:
    """Return the attributes `output_types` and `output_shapes` of a node for elements of a structure."""
    leaves = flatten(spec)
    return {
        "output_types": tuple([each.tensor_type for each in leaves]),
        "output_shapes": tuple([each.tensor_shape for each in leaves]),
    }


class Structured:
    """What a dataset and an iterator say of their elements."""

    _element_spec: Any

    element_spec = read_only("_element_spec", "The structure of an element.")

    @property
    def output_types(self) -> Any:
        """The types of the components of an element."""
        return types_of(self._element_spec)

    @property
    def output_shapes(self) -> Any:
        """The static shapes of the components of an element."""
        return shapes_of(self._element_spec)

    @property
    def output_classes(self) -> Any:
        """The classes of the components of an element."""
        return classes_of(self._element_spec)
