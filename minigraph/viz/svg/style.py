"""Shapes and colours.

Every role has a shape of its own and every stage a number, so that no meaning hangs on colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigraph.reading import roles
from minigraph.viz.view.marks import MARKS

__all__ = [
    "Theme",
    "LIGHT",
    "DARK",
    "theme_named",
    "frame_style",
    "node_style",
    "sample",
    "arrow_style",
    "legend_of",
    "FONT",
]

FONT = "Helvetica,Arial,sans-serif"


@dataclass(frozen=True)
class Theme:
    """The colours of a picture; `stages` gives (background, line) of each section's frame, `marks` (background, line)
    of what an overlay marks."""

    name: str
    paper: str
    ink: str
    faint: str
    box: str
    frame: str
    write: str
    read: str
    race: str
    stages: dict[str, tuple[str, str]]
    marks: dict[str, tuple[str, str]]


# Text on every background has a contrast of 4.5:1 at least, lines on theirs 3:1; a test measures both.
LIGHT = Theme(
    "light",
    "#ffffff",
    "#1a1a1a",
    "#5f6368",
    "white",
    "#ffffff90",
    "#b3470b",
    "#0b7285",
    "#a8157a",
    {
        roles.FORWARD: ("#f4f6f8", "#5f6b7a"),
        roles.DERIVED: ("#fdeedd", "#a85b12"),
        "update_ops": ("#e8f1fb", "#2f6cad"),
        "learning_rate": ("#fdf3d7", "#9a7400"),
        "gradients": ("#fde9e6", "#b23c2e"),
        "noise": ("#f1f1f1", "#6b6b6b"),
        "multipliers": ("#f7eadf", "#8c5a2b"),
        "clipping": ("#f3e8fa", "#7b3fa0"),
        "summaries": ("#e5f5f3", "#1f7a70"),
        "apply": ("#e7f5e4", "#3a7d2c"),
        "global_step": ("#e9e9fa", "#4a4ab0"),
    },
    {
        "marked": ("#fff2ac", "#7a5c00"),
        "bad": ("#ffd5d1", "#b3001b"),
        "first": ("#d6e6ff", "#1a57b0"),
        "second": ("#ffe2bd", "#9a4d00"),
        "added": ("#d2f4da", "#17702f"),
        "removed": ("#f8d4dc", "#a0102c"),
        "changed": ("#e6e0fb", "#5a3fb0"),
        "left_out": ("#f2f2f2", "#666666"),
        "heat1": ("#fff0cf", "#96690a"),
        "heat2": ("#ffd591", "#8a5500"),
        "heat3": ("#ffb066", "#8a3c00"),
    },
)
DARK = Theme(
    "dark",
    "#1b1e23",
    "#f0f0f0",
    "#a9b0b8",
    "#2a2e35",
    "#ffffff0c",
    "#f2a26b",
    "#5cc8dc",
    "#f08ccf",
    {
        roles.FORWARD: ("#23282f", "#8f9bab"),
        roles.DERIVED: ("#38291a", "#e0a05a"),
        "update_ops": ("#1d2c3d", "#6ba6e6"),
        "learning_rate": ("#332d18", "#d8b23a"),
        "gradients": ("#3a2221", "#e8857a"),
        "noise": ("#2d2d2d", "#a8a8a8"),
        "multipliers": ("#33281f", "#cf9a68"),
        "clipping": ("#30243a", "#bd8be0"),
        "summaries": ("#1c302e", "#5fc0b5"),
        "apply": ("#213020", "#82c473"),
        "global_step": ("#26263c", "#9b9bf0"),
    },
    {
        "marked": ("#4a4010", "#e8cc50"),
        "bad": ("#571d1d", "#ff8a80"),
        "first": ("#1d3557", "#7fb2ff"),
        "second": ("#4d3413", "#f0a95a"),
        "added": ("#173f22", "#62d283"),
        "removed": ("#4d1a26", "#f0899c"),
        "changed": ("#35294f", "#b29bf5"),
        "left_out": ("#24272c", "#949ba4"),
        "heat1": ("#423414", "#e0b24a"),
        "heat2": ("#5c3f10", "#f0b050"),
        "heat3": ("#783c0c", "#ffb27a"),
    },
)
PRINT = Theme(
    "print",
    "#ffffff",
    "#000000",
    "#4d4d4d",
    "#ffffff",
    "#ffffff",
    "#000000",
    "#000000",
    "#000000",
    {stage: ("#ffffff", "#000000") for stage in LIGHT.stages},
    {
        mark: (
            {"left_out": "#ffffff", "heat1": "#eeeeee", "heat2": "#dddddd"}.get(mark, "#cccccc"),
            "#595959" if mark == "left_out" else "#000000",
        )
        for mark in MARKS
    },
)
_THEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}

# role: (shape, words for the legend, further attributes)
_SHAPES: dict[str, tuple[str, str, dict[str, str]]] = {
    "placeholder": ("ellipse", "placeholder", {"margin": "0.02,0.03"}),
    "argument": ("ellipse", "argument of the body", {"margin": "0.02,0.03"}),
    "variable": ("cylinder", "variable", {"margin": "0.1,0.09"}),
    "constant": ("plaintext", "constant", {"style": "filled"}),
    "forward": ("box", "operation", {"style": "rounded,filled"}),
    "gradient": ("box", "operation", {"style": "rounded,filled"}),
    "helper": ("box", "shape computation", {"style": "dotted,filled"}),
    "init": ("box", "initializer", {"style": "dashed,filled"}),
    "read": ("box", "operation", {"style": "rounded,filled"}),
    "update": ("component", "writes variables", {}),
    "summary": ("note", "summary", {}),
    "control": ("hexagon", "runs other operations", {}),
    "loss": ("box", "the loss", {"style": "rounded,filled", "penwidth": "2.4"}),
    "train_op": ("cds", "train op", {"penwidth": "2.4", "margin": "0.16,0.14"}),
    "scope": ("folder", "closed scope", {}),
    "variable_scope": ("tab", "closed variable scope", {}),
    "scope_frame": ("box", "name scope", {"style": "rounded,filled,dashed", "penwidth": "0.8"}),
    "variable_scope_frame": ("box", "variable scope", {"penwidth": "1.4"}),
}
_ARROWS = [  # kind, sign, words
    ("data", "──▶", "tensors flow"),
    ("control", "╌╌▷", "must run first"),
    ("write", "◀──", "writes the variable"),
    ("read", "●─▶", "what is read is what this left"),
    ("race", "◆╌◆", "read and written in any order"),
]
_STYLES = {"control": "dashed", "race": "dashed", "read": "solid"}
_ENDS = {  # where an arrow has a head, if not at its end only
    "write": {"dir": "both", "arrowtail": "normal", "arrowhead": "none"},
    "read": {"dir": "both", "arrowtail": "dot", "arrowhead": "normal"},
    "race": {"dir": "both", "arrowtail": "diamond", "arrowhead": "diamond"},
}


def theme_named(name: str) -> Theme:
    """Return the theme "light", "dark" or "print" (black on white); ValueError for other names."""
    if name not in _THEMES:
        raise ValueError(f"theme must be 'light', 'dark' or 'print', not {name!r}")
    return _THEMES[name]


def node_style(box: Any, theme: Theme) -> dict[str, str]:
    """Return the DOT attributes of a box, label and tooltip aside."""
    style = _shape_style(_look(box), _line(box.section, theme), theme, box.kind == "group")
    return {**style, **mark_style(box.mark, theme, style)} if box.mark else style


def mark_style(mark: str, theme: Theme, of: dict[str, str]) -> dict[str, str]:
    """Return the DOT attributes that a mark changes in a box that has the attributes `of`."""
    (paper, line), lines = theme.marks[mark], MARKS[mark].line
    changed = {
        "fillcolor": paper,
        "color": line,
        "penwidth": "1.2" if lines == "dotted" else "2.4",
        "style": ",".join(dict.fromkeys([*of.get("style", "filled").split(","), "filled", lines])),
    }
    return {**changed, "fontcolor": line} if mark == "left_out" else changed


def sample(role: str, theme: Theme, doubled: bool = False, mark: str = "") -> dict[str, str]:
    """Return the DOT attributes of a box for the legend."""
    style = _shape_style(role, theme.faint, theme, doubled)
    return {**style, **mark_style(mark, theme, style)} if mark else style


def _shape_style(look: str, line: str, theme: Theme, doubled: bool) -> dict[str, str]:
    shape, _, more = _SHAPES[look]
    style = {"shape": shape, "color": line, "fillcolor": theme.box, **more}
    if shape == "plaintext":
        style["fillcolor"] = "none"
    if doubled:
        style["peripheries"] = "2"
    return style


def _line(section: Any, theme: Theme) -> str:
    return theme.stages.get(section.palette, theme.stages[roles.FORWARD])[1]


def _look(box: Any) -> str:
    if box.kind in ("scope", "section"):
        return box.role
    return "argument" if all(op.type == "_Arg" for op in box.ops) else box.role


def frame_style(frame: Any, theme: Theme) -> dict[str, str]:
    """Return the DOT attributes of the frame around an open scope; a variable scope has the firmer line."""
    look = "variable_scope_frame" if frame.is_variable_scope else "scope_frame"
    return {"style": "filled", **_SHAPES[look][2], "color": _line(frame.section, theme), "fillcolor": theme.frame}


def arrow_style(arrow: Any, theme: Theme) -> dict[str, str]:
    """Return the DOT attributes of an arrow, label and tooltip aside."""
    if arrow.mark:
        style = "dashed" if arrow.mark == "left_out" else _STYLES.get(arrow.kind, "solid")
        return {
            "color": theme.marks[arrow.mark][1],
            "penwidth": "0.8" if arrow.mark == "left_out" else "2.4",
            "style": style,
            **_ENDS.get(arrow.kind, {}),
        }
    wide = f"{min(3.0, 1.0 + 0.25 * (len(arrow.sources) - 1)):.2f}"
    if arrow.kind == "control":
        return {"style": "dashed", "color": theme.faint, "arrowhead": "vee"}
    if arrow.kind == "write":
        return {"color": theme.write, "penwidth": wide, **_ENDS["write"]}
    if arrow.kind in ("read", "race"):
        line = {"read": theme.read, "race": theme.race}[arrow.kind]
        return {"color": line, "fontcolor": line, "penwidth": "1.6", "style": _STYLES[arrow.kind], **_ENDS[arrow.kind]}
    inside = arrow.tail.section is arrow.head.section
    return {"color": theme.ink if inside else _line(arrow.head.section, theme), "penwidth": wide}


def legend_of(view: Any) -> tuple[list[tuple[str, str, bool, str]], list[tuple[str, str, str]]]:
    """Return what the picture's signs mean, as far as they occur.

    Returns:
        (role, words, doubled, mark) of each kind of box, and (kind, sign, words) of each kind of arrow.
    """
    boxes = _shapes_in(view)
    if any(box.kind == "group" for box in view.boxes):
        boxes.append(("forward", "double line: several of a kind", True, ""))
    kinds = {arrow.kind for arrow in view.arrows}
    return boxes + _marks_in(view), [arrow for arrow in _ARROWS if arrow[0] in kinds]


def _shapes_in(view: Any) -> list[tuple[str, str, bool, str]]:
    """Return a row of the legend for each shape of a box that occurs."""
    looks = {{"gradient": "forward", "read": "forward"}.get(look, look) for look in map(_look, view.boxes)}
    frames = {scope.is_variable_scope for frame in view.frames for scope in frame.scopes()}
    looks.update("variable_scope_frame" if each else "scope_frame" for each in frames)
    return [(role, words, False, "") for role, (_, words, _) in _SHAPES.items() if role in looks]


def _marks_in(view: Any) -> list[tuple[str, str, bool, str]]:
    """Return a row of the legend for each mark that a box or an arrow has."""
    found = {box.mark for box in view.boxes} | {arrow.mark for arrow in view.arrows}
    marks = [(name, mark) for name, mark in MARKS.items() if name in found]
    return [("forward", f"{mark.sign} {mark.words}".strip(), False, name) for name, mark in marks]
