"""Hashes of texts, bit by bit as TensorFlow's: FarmHash's fingerprint, a MurmurHash, SipHash.

Numbers are Python integers below 2 ** 64; products and sums are cut to 64 bits.
"""

from __future__ import annotations

import functools

__all__: list[str] = []

_MASK = (1 << 64) - 1
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F
_MURMUR = 0xC6A4A7935BD1E995
_SEED = 0xDECAFCAFFE


def _word(text: bytes, at: int, size: int = 8) -> int:
    return int.from_bytes(text[at : at + size], "little")


def _rotated(x: int, by: int) -> int:
    """Return x rotated to the right."""
    return (x >> by | x << (64 - by)) & _MASK


def _mixed(x: int) -> int:
    return x ^ (x >> 47)


def _both(u: int, v: int, times: int) -> int:
    """Hash two words to one."""
    a = _mixed((u ^ v) * times & _MASK)
    b = _mixed((v ^ a) * times & _MASK)
    return b * times & _MASK


@functools.lru_cache(maxsize=1 << 16)
def fingerprint(text: bytes) -> int:
    """Return FarmHash's fingerprint of 64 bits (its variant `na`).

    Example:
        >>> hex(fingerprint(b"hello"))
        '0xb48be5a931380ce8'
    """
    size = len(text)
    if size <= 16:
        return _up_to_16(text, size)
    if size <= 32:
        return _up_to_32(text, size)
    if size <= 64:
        return _up_to_64(text, size)
    return _longer(text, size)


def _up_to_16(text: bytes, size: int) -> int:
    times = _K2 + size * 2
    if size >= 8:
        a, b = _word(text, 0) + _K2, _word(text, size - 8)
        c = _rotated(b, 37) * times + a
        d = (_rotated(a & _MASK, 25) + b) * times
        return _both(c & _MASK, d & _MASK, times)
    if size >= 4:
        return _both(size + (_word(text, 0, 4) << 3), _word(text, size - 4, 4), times)
    if size:
        y = text[0] + (text[size >> 1] << 8)
        z = size + (text[-1] << 2)
        return _mixed((y * _K2 ^ z * _K0) & _MASK) * _K2 & _MASK
    return _K2


def _up_to_32(text: bytes, size: int) -> int:
    times = _K2 + size * 2
    a, b = _word(text, 0) * _K1 & _MASK, _word(text, 8)
    c, d = _word(text, size - 8) * times & _MASK, _word(text, size - 16) * _K2 & _MASK
    y = _rotated((a + b) & _MASK, 43) + _rotated(c, 30) + d
    z = a + _rotated((b + _K2) & _MASK, 18) + c
    return _both(y & _MASK, z & _MASK, times)


def _up_to_64(text: bytes, size: int) -> int:
    times = _K2 + size * 2
    a, b = _word(text, 0) * _K2 & _MASK, _word(text, 8)
    c, d = _word(text, size - 8) * times & _MASK, _word(text, size - 16) * _K2 & _MASK
    y = (_rotated((a + b) & _MASK, 43) + _rotated(c, 30) + d) & _MASK
    z = _both(y, (a + _rotated((b + _K2) & _MASK, 18) + c) & _MASK, times)
    e, f = _word(text, 16) * times & _MASK, _word(text, 24)
    g, h = (y + _word(text, size - 32)) * times & _MASK, (z + _word(text, size - 24)) * times & _MASK
    u = _rotated((e + f) & _MASK, 43) + _rotated(g, 30) + h
    v = e + _rotated((f + a) & _MASK, 18) + g
    return _both(u & _MASK, v & _MASK, times)


def _weak(text: bytes, at: int, a: int, b: int) -> tuple[int, int]:
    """Hash 32 bytes and two seeds to two words."""
    w, x, y, z = (_word(text, at + 8 * i) for i in range(4))
    a = (a + w) & _MASK
    b = _rotated((b + a + z) & _MASK, 21)
    c = a
    a = (a + x + y) & _MASK
    return (a + z) & _MASK, (b + _rotated(a, 44) + c) & _MASK


def _longer(text: bytes, size: int) -> int:
    x, y = 81, (81 * _K1 + 113) & _MASK
    z = _mixed((y * _K2 + 113) & _MASK) * _K2 & _MASK
    v, w = (0, 0), (0, 0)
    x = (x * _K2 + _word(text, 0)) & _MASK
    for at in range(0, (size - 1) // 64 * 64, 64):
        x, y, z, v, w = _round(text, at, x, y, z, v, w, _K1, 1)
    times = (_K1 + ((z & 0xFF) << 1)) & _MASK
    w = (w[0] + ((size - 1) & 63)) & _MASK, w[1]
    v = (v[0] + w[0]) & _MASK, v[1]
    w = (w[0] + v[0]) & _MASK, w[1]
    x, y, z, v, w = _round(text, size - 64, x, y, z, v, w, times, 9)
    first = _both(v[0], w[0], times) + _mixed(y) * _K0 + z
    second = _both(v[1], w[1], times) + x
    return _both(first & _MASK, second & _MASK, times)


def _round(text: bytes, at: int, x: int, y: int, z: int, v: tuple, w: tuple, times: int, weight: int) -> tuple:
    """Mix 64 bytes into the state."""
    x = _rotated((x + y + v[0] + _word(text, at + 8)) & _MASK, 37) * times & _MASK
    y = _rotated((y + v[1] + _word(text, at + 48)) & _MASK, 42) * times & _MASK
    x ^= w[1] * weight & _MASK
    y = (y + v[0] * weight + _word(text, at + 40)) & _MASK
    z = _rotated((z + w[0]) & _MASK, 33) * times & _MASK
    v = _weak(text, at, v[1] * times & _MASK, (x + w[0]) & _MASK)
    w = _weak(text, at + 32, (z + w[1]) & _MASK, (y + _word(text, at + 16)) & _MASK)
    return z, y, x, v, w


def concatenated(first: int, second: int) -> int:
    """Hash two fingerprints to one."""
    result = first ^ _MURMUR
    result ^= _mixed(second * _MURMUR & _MASK) * _MURMUR & _MASK
    result = result * _MURMUR & _MASK
    return _mixed(_mixed(result) * _MURMUR & _MASK)


def hash64(text: bytes) -> int:
    """Return the hash of `string_to_hash_bucket`, a MurmurHash with a fixed seed."""
    size = len(text)
    found = _SEED ^ (size * _MURMUR & _MASK)
    end = size // 8 * 8
    for at in range(0, end, 8):
        word = _word(text, at) * _MURMUR & _MASK
        found = (found ^ (_mixed(word) * _MURMUR & _MASK)) * _MURMUR & _MASK
    if end < size:
        found = (found ^ _word(text, end)) * _MURMUR & _MASK
    found = _mixed(found) * _MURMUR & _MASK
    return _mixed(found)


def siphash(text: bytes, key: tuple[int, int]) -> int:
    """Return the keyed hash SipHash-2-4."""
    state = [
        key[0] ^ 0x736F6D6570736575,
        key[1] ^ 0x646F72616E646F6D,
        key[0] ^ 0x6C7967656E657261,
        key[1] ^ 0x7465646279746573,
    ]
    padded = text + bytes(-(len(text) + 1) % 8) + bytes([len(text) & 0xFF])
    for at in range(0, len(padded), 8):
        word = _word(padded, at)
        state[3] ^= word
        _sip_rounds(state, 2)
        state[0] ^= word
    state[2] ^= 0xFF
    _sip_rounds(state, 4)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _sip_rounds(state: list[int], count: int) -> None:
    a, b, c, d = state
    for _ in range(count):
        a, c = (a + b) & _MASK, (c + d) & _MASK
        b, d = _rotated(b, 51) ^ a, _rotated(d, 48) ^ c
        a = _rotated(a, 32)
        c, a = (c + b) & _MASK, (a + d) & _MASK
        b, d = _rotated(b, 47) ^ c, _rotated(d, 43) ^ a
        c = _rotated(c, 32)
    state[:] = a, b, c, d
