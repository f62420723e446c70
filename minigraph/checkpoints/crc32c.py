"""The checksum of TensorFlow's files: CRC-32C (Castagnoli), masked where it is stored beside its data.

The package google-crc32c computes it where installed. Otherwise numpy does: the bytes are cut into rows that advance
side by side, and the rows' checksums are joined two by two, for which a checksum is moved past a number of zero bytes
(a linear map over GF(2), so four tables of 256 numbers).
"""

from __future__ import annotations

import functools
import importlib
from typing import Any

import numpy as np

__all__ = ["crc32c", "masked"]

_POLYNOMIAL = np.uint32(0x82F63B78)
_ROWS = 1 << 10  # bytes that advance side by side
_MANY_ROWS, _MANY_BYTES = 1 << 16, 1 << 22


def _byte_table() -> np.ndarray:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ _POLYNOMIAL, table >> 1)
    return table


_TABLE = _byte_table()
_LIST = _TABLE.tolist()


@functools.cache
def _library() -> Any:
    try:
        return importlib.import_module("google_crc32c")
    except ImportError:
        return None


def crc32c(data: Any, crc: int = 0) -> int:
    """Return the checksum of bytes (or of an array's memory), which goes on from the one of what stands before.

    Example:
        >>> hex(crc32c(b"123456789")), crc32c(b"6789", crc32c(b"12345")) == crc32c(b"123456789")
        ('0xe3069283', True)
    """
    data = memoryview(data).cast("B")
    library = _library()
    if library is not None:
        return library.extend(crc, data.tobytes())
    crc ^= 0xFFFFFFFF
    rows = _MANY_ROWS if len(data) >= _MANY_BYTES else _ROWS
    length = len(data) // rows // 2 * 2
    if length >= 16:
        crc = _side_by_side(np.frombuffer(data[: rows * length], np.uint8).reshape(rows, length), crc)
        data = data[rows * length :]
    for byte in data:
        crc = _LIST[(crc ^ byte) & 255] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def masked(crc: int) -> int:
    """Return the form in which a checksum is stored, since the checksum of data with checksums in it is weak."""
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


@functools.cache
def _word_table() -> np.ndarray:
    """Return what becomes of a register with 16 bits after two zero bytes: two bytes of the data are one step."""
    registers = np.arange(1 << 16, dtype=np.uint32)
    for _ in range(2):
        registers = _TABLE[registers & 255] ^ (registers >> 8)
    return registers


def _side_by_side(rows: np.ndarray, crc: int) -> int:
    """Return the register after all rows, one after the other; their number is a power of two."""
    table = _word_table()
    registers = np.zeros(len(rows), np.uint32)
    registers[0] = crc
    high = np.empty_like(registers)
    for column in np.ascontiguousarray(rows.view("<u2").T):
        np.right_shift(registers, 16, out=high)
        np.bitwise_xor(table[registers.astype(np.uint16) ^ column], high, out=registers)
    length = rows.shape[1]
    while len(registers) > 1:
        registers = _past_zeros(registers[0::2], length) ^ registers[1::2]
        length *= 2
    return int(registers[0])


def _past_zeros(registers: np.ndarray, count: int) -> np.ndarray:
    first, second, third, fourth = _tables(count)
    return (
        first[registers & 255]
        ^ second[(registers >> 8) & 255]
        ^ third[(registers >> 16) & 255]
        ^ fourth[registers >> 24]
    )


@functools.lru_cache(maxsize=64)
def _tables(count: int) -> np.ndarray:
    """Return, for each byte of a register and each of its values, what becomes of it after `count` zero bytes."""
    square = [_LIST[(1 << bit) & 255] ^ ((1 << bit) >> 8) for bit in range(32)]  # the images of the bits, one byte on
    images = [1 << bit for bit in range(32)]
    while count:
        if count & 1:
            images = [_image(square, image) for image in images]
        square = [_image(square, image) for image in square]
        count >>= 1
    return np.array([[_image(images, byte << (8 * k)) for byte in range(256)] for k in range(4)], np.uint32)


def _image(images: list[int], value: int) -> int:
    result = 0
    for image in images:
        if value & 1:
            result ^= image
        value >>= 1
    return result
