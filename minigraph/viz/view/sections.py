"""The parts that a view tells apart: the stages of training, or what nodes are for, or the devices they ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minigraph.reading import roles
from minigraph.viz.view import tree

__all__ = ["Section", "sections_of", "WAYS"]

_CALLS_APART = 4  # more training ops than these are told as one

# what a section by role is called, its title, the stage whose colours it has, and its roles
_BY_ROLE = (
    ("placeholders", "placeholders", "update_ops", ("placeholder",)),
    ("variables", "variables", "learning_rate", ("variable", "read")),
    ("operations", "operations", roles.FORWARD, ("forward", "loss", "helper", "constant", "control")),
    ("gradients", "gradients", "gradients", ("gradient",)),
    ("updates", "variable updates", "apply", ("update", "train_op")),
    ("summaries", "summaries", "summaries", ("summary",)),
    ("initializers", "initializers", "noise", ("init",)),
)
_DEVICE_PALETTES = (
    "update_ops",
    "apply",
    "learning_rate",
    "clipping",
    "gradients",
    "summaries",
    "global_step",
    "noise",
)
_ORDER = {stage: i for i, stage in enumerate([roles.FORWARD, *roles.STAGES])}


@dataclass(eq=False)
class Section:
    """A part of the story: the forward pass, or one stage of a training op.

    Attributes:
        stage: such as "forward" or "clipping".
        call: which training op it belongs to, from 1; 0 for none.
        number: its place in the story, from 1; 0 where there is no story to tell.
        title: for the reader.
        ops: the operations drawn in it.
        root: the scopes in it.
        palette: the stage whose colours it has.
        is_open: True if it is a frame with boxes, instead of one box.
        is_device: True if it stands for a device or a job: what leaves it is copied.
    """

    stage: str
    call: int
    number: int
    title: str
    ops: list[Any]
    root: tree.Scope
    palette: str
    is_open: bool = True
    is_device: bool = False


def sections_of(view: Any, by: str) -> list[Section]:
    """Return the sections of a view in the order in which they are told.

    Raises:
        ValueError: for another `by` than one of `WAYS`.
    """
    if by not in _WAYS:
        raise ValueError(f"by must be {', '.join(map(repr, WAYS[:-1]))} or {WAYS[-1]!r}, not {by!r}")
    return _WAYS[by](view) if view.drawn else []


def _as_one(view: Any) -> list[Section]:
    return [Section(roles.FORWARD, 0, 0, "", view.drawn, tree.build(view.drawn), roles.FORWARD)]


def _by_role(view: Any) -> list[Section]:
    role = view.anatomy.role
    sections: list[Section] = []
    for stage, title, palette, kinds in _BY_ROLE:
        ops = [op for op in view.drawn if role[op] in kinds]
        if ops:
            title = "arguments of the body" if all(op.type == "_Arg" for op in ops) else title
            sections.append(Section(stage, 1, len(sections) + 1, title, ops, tree.build(ops), palette))
    return sections


def _by_stage(view: Any) -> list[Section]:
    found = _parts(view)
    keys = sorted(found, key=lambda key: _position(key, view.anatomy.calls))
    scopes = _scopes_of_calls(found)
    tells = len(keys) > 1 or any(stage != roles.FORWARD for _, stage in keys)
    sections = []
    for number, (call, stage) in enumerate(keys, 1):
        title, ops = roles.STAGE_TITLES.get(stage, stage), found[call, stage]
        if call and len(scopes) > 1:
            title = f"{scopes[call] or _train_op(view, call)}: {title}"
        path = tree.common_scope(op.name for op in ops) if stage == "gradients" else scopes.get(call, "")
        sections.append(Section(stage, call, number if tells else 0, title, ops, tree.build(ops, path), stage))
    return sections


def _parts(view: Any) -> dict[tuple[int, str], list[Any]]:
    """Return the operations drawn, by training op and stage."""
    part, told_apart = view.anatomy.part, view.anatomy.calls <= _CALLS_APART
    found: dict[tuple[int, str], list[Any]] = {}
    for op in view.drawn:
        call, stage = part[op]
        found.setdefault((call if told_apart else min(call, 1), stage), []).append(op)
    return found


def _position(key: tuple[int, str], calls: int) -> tuple:
    """Return by what sections are sorted; summaries of no training op are told at the end."""
    call, stage = key
    return call or (0 if stage == roles.FORWARD else calls + 1), _ORDER.get(stage, len(_ORDER)), stage


def _scopes_of_calls(found: dict[tuple[int, str], list[Any]]) -> dict[int, str]:
    """Return for each training op the scope that holds what it made."""
    made: dict[int, list[str]] = {call: [] for call, _ in found if call}
    for (call, _), ops in found.items():
        made.get(call, []).extend(op.name for op in ops if op.stage is not None)
    return {call: tree.common_scope(names) for call, names in made.items()}


def _train_op(view: Any, call: int) -> str:
    """Return a name for a training op whose parts have no scope in common."""
    role, part = view.anatomy.role, view.anatomy.part
    found = [op.name for op in view.drawn if role[op] == "train_op" and part[op][0] == call]
    return found[-1] if found else f"training op {call}"


def _by_device(view: Any) -> list[Section]:
    return _apart(view, lambda op: op.device)


def _by_job(view: Any) -> list[Section]:
    return _apart(view, lambda op: f"/job:{_job(op.device)}" if _job(op.device) else "")


def _job(device: str) -> str:
    return next(iter(re.findall("^/job:([^/]+)", device)), "")


def _apart(view: Any, place: Callable[[Any], str]) -> list[Section]:
    """Return a section for each device, or job; the tasks of a job stand in one column."""
    found: dict[str, list[Any]] = {}
    for op in view.drawn:
        found.setdefault(place(op), []).append(op)
    names = sorted(found, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)])
    jobs = list(dict.fromkeys(map(_job, names)))
    sections = []
    for number, name in enumerate(names, 1):
        palette = _DEVICE_PALETTES[(number - 1) % len(_DEVICE_PALETTES)] if name else roles.FORWARD
        call, title, ops = jobs.index(_job(name)) + 1, name or "no device asked for", found[name]
        sections.append(Section(title, call, number, title, ops, tree.build(ops), palette, is_device=True))
    return sections


_WAYS = {"stage": _by_stage, "scope": _as_one, "role": _by_role, "device": _by_device, "job": _by_job}
WAYS = tuple(_WAYS)
