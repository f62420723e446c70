"""tf.image's measures: total variation, gradients, edges, signal to noise, similarity."""

import numpy as np

import minigraph as tf

I = tf.image
generator = np.random.RandomState(3)
pixels = generator.uniform(0, 1, [2, 24, 21, 3]).astype(np.float32)
noise = generator.normal(0, 0.1, pixels.shape).astype(np.float32)
x = tf.constant(pixels, name="x")
y = tf.constant(np.clip(pixels + noise, 0, 1), name="y")
bytes_x = tf.constant((pixels * 255).astype(np.uint8), name="bytes_x")
bytes_y = tf.constant((np.clip(pixels + noise, 0, 1) * 255).astype(np.uint8), name="bytes_y")
free = tf.placeholder_with_default(x, [None, None, None, 3], name="free")
dy, dx = I.image_gradients(x)
made = {
    "variation": (I.total_variation(x), [x]),
    "variation one": (I.total_variation(x[0], name="noise"), [x]),
    "variation free": (I.total_variation(free), [x]),
    "dy": (dy, [x]),
    "dx": (dx, [x]),
    "sobel": (I.sobel_edges(x), [x]),
    "sobel free": (I.sobel_edges(free), [x]),
    "psnr": (I.psnr(x, y, max_val=1.0), [x, y]),
    "psnr bytes": (I.psnr(bytes_x, bytes_y, max_val=255), []),
    "psnr one": (I.psnr(x[0], y[1], 1.0, name="ratio"), [x, y]),
    "ssim": (I.ssim(x, y, max_val=1.0), [x, y]),
    "ssim free": (I.ssim(free, y, max_val=1.0, filter_size=7, filter_sigma=1.0), [x, y]),
    "ssim bytes": (I.ssim(bytes_x, bytes_y, max_val=255), []),
}
results = {}
with tf.Session() as sess:
    for name, (z, inputs) in made.items():
        results[name] = sess.run(z)
        results[name + " shape"] = str(z.shape)
        for i, dz in enumerate(tf.gradients(tf.square(z), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dz)
