"""tf.image's files: JPEG and PNG written and read, by format and by what the file says, and pixels as JPEG spoils them."""

import struct

import numpy as np

import minigraph as tf

I = tf.image
rows, columns = np.mgrid[:37, :45]
pixels = np.stack([128 + 100 * np.sin(columns / 9.0), 128 + 100 * np.cos(rows / 7.0), columns * 5 % 256], -1)
x = tf.constant(pixels.astype(np.uint8), name="x")
grey = tf.constant(pixels[..., :1].astype(np.uint8), name="grey")
clear = tf.constant(np.concatenate([pixels, rows[..., None] * 6], -1).astype(np.uint8), name="clear")
wide = tf.constant((pixels[..., :1] * 250).astype(np.uint16), name="wide")
bitmap = struct.pack("<2sIIIIiiHHIIiiII", b"BM", 54 + 8 * 2, 0, 54, 40, 2, 2, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(range(16))
jpeg = I.encode_jpeg(x, name="jpeg")
small = I.encode_jpeg(x, quality=40, chroma_downsampling=False, progressive=True)
png = I.encode_png(x, name="png")
clear_png, grey_png, wide_png = I.encode_png(clear), I.encode_png(grey, compression=9), I.encode_png(wide)
contents = tf.placeholder_with_default(jpeg, [], name="contents")
made = {
    "jpeg bytes": jpeg,
    "small bytes": small,
    "jpeg": I.decode_jpeg(jpeg),
    "jpeg small": I.decode_jpeg(small, channels=3, name="colored"),
    "jpeg grey": I.decode_jpeg(jpeg, 1),
    "jpeg half": I.decode_jpeg(jpeg, ratio=2),
    "jpeg eighth": I.decode_jpeg(contents, ratio=8),
    "jpeg plain": I.decode_jpeg(jpeg, fancy_upscaling=False),
    "jpeg accurate": I.decode_jpeg(jpeg, dct_method="INTEGER_ACCURATE"),
    "jpeg of grey": I.decode_jpeg(I.encode_jpeg(grey, format="grayscale"), channels=3),
    "jpeg crop": I.decode_and_crop_jpeg(jpeg, [3, 5, 20, 30]),
    "jpeg shape": I.extract_jpeg_shape(jpeg, tf.int64),
    "is jpeg": I.is_jpeg([jpeg, png], name="is"),
    "png": I.decode_png(png),
    "png grey": I.decode_png(png, channels=1),
    "png clear": I.decode_png(clear_png),
    "png without": I.decode_png(clear_png, 3),
    "png with": I.decode_png(grey_png, 4),
    "png 16": I.decode_png(wide_png, dtype=tf.uint16),
    "png 16 as 8": I.decode_png(wide_png),
    "png 8 as 16": I.decode_png(png, dtype=tf.uint16, name="more"),
    "bmp": I.decode_bmp(bitmap),
    "gif of png": I.decode_gif(png),
    "image": I.decode_image(contents),
    "image png": I.decode_image(clear_png, channels=3, dtype=tf.float32),
    "image bmp": I.decode_image(bitmap, name="any"),
    "spoilt": I.adjust_jpeg_quality(x, 20),
    "spoilt floats": I.adjust_jpeg_quality(tf.image.convert_image_dtype(x, tf.float32), 50),
}
results = {}
with tf.Session() as sess:
    for name, y in made.items():
        results[name] = repr(sess.run(y)) if y.dtype == tf.string else sess.run(y)
        results[name + " shape"] = str(y.shape)
    results["fed"] = sess.run([made["image"], made["jpeg eighth"]], {contents: sess.run(small)})[0]
