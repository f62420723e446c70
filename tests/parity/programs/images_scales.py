"""tf.image's structural similarity at several scales, of even and of odd sizes."""

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
made = {
    "scales": (I.ssim_multiscale(x, y, 1.0, power_factors=(0.4, 0.6), filter_size=5), []),
    "scales bytes": (I.ssim_multiscale(bytes_x, bytes_y, 255, power_factors=[0.2, 0.3, 0.5], filter_size=5), []),
}
results = {}
with tf.Session() as sess:
    for name, (z, inputs) in made.items():
        results[name] = sess.run(z)
        results[name + " shape"] = str(z.shape)
        for i, dz in enumerate(tf.gradients(tf.square(z), inputs) if inputs else []):
            results["%s gradient %d" % (name, i)] = sess.run(dz)
