"""Sorted tables of keys and values in a file: LevelDB's format, which TensorFlow's checkpoints use.

A table is blocks of entries, then an index block with the last key and the position of each, then a footer. A block's
entry leaves out what its key shares with the key before; at each sixteenth entry the key stands whole (a restart).
"""

from __future__ import annotations

import importlib
import struct
from collections.abc import Iterable, Iterator

from minigraph.checkpoints.crc32c import crc32c, masked
from minigraph.checkpoints.wire import damaged, read_varint, varint

__all__ = ["read_table", "table"]

_MAGIC = 0xDB4775248B80FB57
_FOOTER = 48
_RESTART = 16  # entries from one whole key to the next
_BLOCK = 1 << 18  # bytes, at about which a block ends
_SNAPPY = 1


def read_table(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the entries of a table.

    Raises:
        DataLossError: if it is none, or damaged.
    """
    if len(data) < _FOOTER:
        raise damaged("file is too short to be an sstable")
    footer = data[-_FOOTER:]
    if struct.unpack("<Q", footer[-8:])[0] != _MAGIC:
        raise damaged("not an sstable (bad magic number)")
    at = 0
    for _ in range(2):  # a block of no use
        _, at = read_varint(footer, at)
    for _, handle in _entries(_block(data, footer, at)):
        yield from _entries(_block(data, handle, 0))


def _block(data: bytes, handle: bytes, at: int) -> bytes:
    """Return the block whose offset and size stand at a position of `handle`."""
    offset, at = read_varint(handle, at)
    size, _ = read_varint(handle, at)
    if offset + size + 5 > len(data):
        raise damaged("truncated block read")
    kind = data[offset + size]
    (stored,) = struct.unpack_from("<I", data, offset + size + 1)
    if masked(crc32c(data[offset : offset + size + 1])) != stored:
        raise damaged("block checksum mismatch")
    block = data[offset : offset + size]
    if kind == _SNAPPY:
        return _decompressed(block)
    if kind:
        raise damaged("bad block type")
    return block


def _decompressed(block: bytes) -> bytes:
    try:
        snappy = importlib.import_module("snappy")
    except ImportError:
        raise ImportError("The checkpoint is compressed: pip install python-snappy") from None
    try:
        return snappy.decompress(block)
    except Exception as error:  # of a class of the library's own
        raise damaged("corrupted compressed block contents") from error


def _entries(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    if len(block) < 4:
        raise damaged("bad block contents")
    end = len(block) - 4 - 4 * struct.unpack_from("<I", block, len(block) - 4)[0]
    if end < 0:
        raise damaged("bad block contents")
    at, key = 0, b""
    while at < end:
        shared, at = read_varint(block, at)
        rest, at = read_varint(block, at)
        size, at = read_varint(block, at)
        if shared > len(key) or at + rest + size > end:
            raise damaged("bad entry in block")
        key = key[:shared] + block[at : at + rest]
        at += rest
        yield key, block[at : at + size]
        at += size


def table(entries: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the table with these entries, which must be sorted by their keys.

    Example:
        >>> list(read_table(table([(b"a", b"1"), (b"ab", b"2")])))
        [(b'a', b'1'), (b'ab', b'2')]
    """
    written = bytearray()
    index, block = _Block(restart=1), _Block()
    handle = b""  # of the last whole block, whose entry in the index waits for the key after it
    for key, value in entries:
        if handle:
            index.add(_between(block.last, key), handle)
            block, handle = _Block(), b""
        block.add(key, value)
        if block.size >= _BLOCK:
            handle = block.append_to(written)
    if block.size > _Block().size and not handle:
        handle = block.append_to(written)
    if handle:
        index.add(_after(block.last), handle)
    handles = _Block().append_to(written) + index.append_to(written)
    return bytes(written) + handles.ljust(_FOOTER - 8, b"\0") + struct.pack("<Q", _MAGIC)


class _Block:
    """A block that is being filled.

    Args:
        restart: the number of entries from one whole key to the next.
    """

    def __init__(self, restart: int = _RESTART):
        self.last = b""
        self._restart, self._count = restart, 0
        self._data, self._restarts = bytearray(), [0]

    @property
    def size(self) -> int:
        """The number of bytes that it has in the file."""
        return len(self._data) + 4 * len(self._restarts) + 4

    def add(self, key: bytes, value: bytes) -> None:
        shared = 0
        if self._count % self._restart:
            differ = (k for k, (a, b) in enumerate(zip(self.last, key)) if a != b)
            shared = next(differ, min(len(self.last), len(key)))
        elif self._count:
            self._restarts.append(len(self._data))
        self._data += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        self.last = key
        self._count += 1

    def append_to(self, written: bytearray) -> bytes:
        """Add the block to what is written, and return its handle."""
        whole = self._data + struct.pack(f"<{len(self._restarts) + 1}I", *self._restarts, len(self._restarts)) + b"\0"
        offset = len(written)
        written += whole + struct.pack("<I", masked(crc32c(whole)))
        return varint(offset) + varint(len(whole) - 1)


def _between(key: bytes, after: bytes) -> bytes:
    """Return a short key that is not below `key`, and below `after`."""
    shared = next((k for k, (a, b) in enumerate(zip(key, after)) if a != b), None)
    if shared is not None and key[shared] < 255 and key[shared] + 1 < after[shared]:
        return key[:shared] + bytes([key[shared] + 1])
    return key


def _after(key: bytes) -> bytes:
    """Return a short key that is not below `key`."""
    for k, byte in enumerate(key):
        if byte < 255:
            return key[:k] + bytes([byte + 1])
    return key
