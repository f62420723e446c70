"""Device names such as "/job:ps/task:1/device:GPU:0": parsing, merging and normalizing them."""

from __future__ import annotations

__all__ = ["check_device", "device_parts", "merged"]

_KINDS = ("CPU", "GPU")


def check_device(name: str) -> None:
    """Raise ValueError for a malformed device name."""
    device_parts(name)


def merged(name: str, device: str) -> str:
    """Return a device with what it lacks added from another name."""
    return _device_text({**device_parts(name), **device_parts(device)})


def _device_text(parts: dict[str, str]) -> str:
    text = "".join(f"/{key}:{parts[key]}" for key in ("job", "replica", "task") if key in parts)
    return text + f"/device:{parts['kind']}:{parts.get('index', '*')}" if "kind" in parts else text


_READ = {"job": str, "replica": int, "task": int}  # how these parts are read


def device_parts(name: str) -> dict[str, str]:
    """Return the parts of a device name: job, replica, task, kind ("GPU") and index, where present.

    Example:
        >>> device_parts("/job:ps/gpu:1")
        {'job': 'ps', 'kind': 'GPU', 'index': '1'}
    """
    parts: dict[str, str] = {}
    for part in name.split("/"):
        key, *rest = part.split(":")
        if key in _READ and len(rest) == 1:
            parts[key] = str(_READ[key](rest[0]))
        elif key == "device" and len(rest) == 2:
            _set_kind(parts, rest[0], rest[1], name)
        elif key.upper() in _KINDS and len(rest) < 2:
            _set_kind(parts, key, rest[0] if rest else "*", name)
        elif key:
            raise ValueError(f"Unknown attribute: '{key}' in '{name}'")
    return parts


def _set_kind(parts: dict[str, str], kind: str, index: str, name: str) -> None:
    if "kind" in parts:
        raise ValueError(f"Cannot specify multiple device types: {name}")
    parts["kind"] = kind.upper()
    if index != "*":
        parts["index"] = str(int(index))
