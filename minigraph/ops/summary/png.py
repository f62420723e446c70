"""A PNG encoder."""

import struct
import zlib

import numpy as np

__all__: list[str] = []  # for summaries and tf.image


def png(image: np.ndarray, compression: int = -1) -> bytes:
    """Encode an image of uint8 or uint16 with 1 to 4 channels as PNG.

    Args:
        image: (height, width, channels).
        compression: zlib's level.

    Example:
        >>> png(np.zeros((2, 2, 1), np.uint8))[:4]
        b'\\x89PNG'
    """
    height, width, channels = image.shape
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    big_endian = np.ascontiguousarray(image, image.dtype.newbyteorder(">"))
    rows = np.insert(big_endian.view(np.uint8).reshape(height, -1), 0, 0, axis=1)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, image.itemsize * 8, colour, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows.tobytes(), compression))
        + chunk(b"IEND", b"")
    )
