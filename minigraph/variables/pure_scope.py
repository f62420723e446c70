"""`PureScope`: a variable scope without a name scope, which `variable_scope` and templates enter."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from minigraph.variables.scope import VariableScope, get_variable_scope
from minigraph.variables.store import current_store

__all__ = ["PureScope", "unique_name"]


class PureScope:
    """A variable scope without a name scope.

    Like TF1's it can be entered again, and remembers the last time only: entered inside itself it can't be left twice.

    Args:
        wanted: a name below the scope in force, or a `VariableScope` to enter again.
        reuse: what to add to the sharing of that scope, or of the one around.
        given: the settings, None where there is none.
        op_scope: the name scope that a new scope remembers as its own.
    """

    def __init__(self, wanted: Any, reuse: Any, given: dict, op_scope: str | None = None):
        self._wanted, self._reuse, self._given, self._op_scope = wanted, reuse, given, op_scope
        self._store = current_store().scopes
        is_scope = isinstance(wanted, VariableScope)
        self._again = self._made(wanted, wanted.name, wanted.original_name_scope) if is_scope else None
        self._scope: Any = None

    def __enter__(self) -> VariableScope:
        store = self._store
        self._outer: Any = get_variable_scope()
        self._scope = self._again or self._below(self._outer)
        store.open(self._scope.name)
        self._counts = dict(store.opened) if self._again else None
        store.current = self._scope
        return self._scope

    def _below(self, outer: VariableScope) -> VariableScope:
        """Return a new scope below the one around."""
        name = f"{outer.name}/{self._wanted}" if outer.name else self._wanted
        return self._made(outer, name, self._wanted if self._op_scope is None else self._op_scope)

    def _made(self, base: VariableScope, name: str, name_scope: str) -> VariableScope:
        """Return a new scope with the settings of `base`, where no other is given."""
        settings = {}
        for key, inherited in base._settings.items():
            given = self._given.get(key)
            if key == "custom_getter" and given is not None and inherited is not None:
                given = _chain(given, inherited)
            elif key == "constraint":
                inherited = None  # TF1 does not hand constraints down
            settings[key] = inherited if given is None else given
        return VariableScope(self._reuse or base.reuse, name, name_scope=name_scope, **settings)

    def __exit__(self, *error: Any) -> None:
        store = self._store
        if store.current is not self._scope:
            raise RuntimeError("Improper nesting of variable_scope.")
        if self._counts is None:
            store.close_below(self._scope.name)
        else:
            store.opened.clear()
            store.opened.update(self._counts)
        store.current = self._outer


def _chain(inner: Callable, outer: Callable) -> Callable:
    """Return a custom getter that calls `inner` with `outer` as its true getter."""

    def chained(getter: Callable, *args: Any, **options: Any) -> Any:
        return inner(functools.partial(outer, getter), *args, **options)

    return chained


def unique_name(prefix: str) -> str:
    """Return the prefix, made unique among the variable scopes within the current one."""
    get_variable_scope()
    return current_store().scopes.unique(prefix)
