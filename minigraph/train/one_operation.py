"""`OneOperation`: optimizers whose update of a variable is one operation, with or without a gradient of rows."""

from __future__ import annotations

from typing import Any

from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.indexed_slices import IndexedSlices
from minigraph.ops.training.apply_resource import on_handles
from minigraph.train.optimizer import Optimizer

__all__ = ["OneOperation"]


class OneOperation(Optimizer):
    """Base of the optimizers that update a variable by one operation.

    Attributes:
        _dense, _sparse: the definitions, for dense gradients and for gradients of rows, that write variables with refs;
            those for handles follow.
        _numbers: the hyperparameters that `_prepare` converts to tensors: `_learning_rate` to `_learning_rate_tensor`.
    """

    _dense: Any
    _sparse: Any
    _numbers: tuple[str, ...] = ()

    def __init__(self, use_locking: bool, name: str):
        super().__init__(use_locking, name)
        self.__dict__.update({f"_{number}_tensor": None for number in self._numbers})

    def _prepare(self) -> None:
        for name in self._numbers:
            setattr(self, f"_{name}_tensor", convert_to_tensor(getattr(self, f"_{name}"), name=name))

    def _tensors_of_numbers(self) -> list:
        return [getattr(self, f"_{name}_tensor") for name in self._numbers]

    def _step(self, kind: Any, var: Any, *gradient: Any) -> Any:
        """Add the operation of a kind for a dense gradient, or for values and indices."""
        raise NotImplementedError

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return self._step(self._dense, var, grad)

    def _resource_apply_dense(self, grad: Any, handle: Any) -> Any:
        return self._step(on_handles(self._dense), handle, grad)

    def _apply_sparse(self, grad: IndexedSlices, var: Any) -> Any:
        return self._step(self._sparse, var, grad.values, grad.indices)

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any) -> Any:
        return self._step(on_handles(self._sparse), handle, grad, indices)
