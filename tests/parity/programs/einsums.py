"""`tf.einsum` in all its forms: nodes, values, gradients, shapes, errors."""
import numpy as np

import minigraph as tf

results, random = {}, np.random.RandomState(2)
SIZES = {"a": 2, "b": 3, "c": 4, "d": 2, "i": 3, "j": 4, "k": 5, "l": 2, "b1": 2}
FORMS = """ij,jk->ik ij,jk ij->ji ij->i ij->j ij-> ij i,i-> i,j->ij ij,ij->ij ij,ij->i bij,bjk->bik bij,bkj->bik bij,bij->b
    bij,jk->bik ijk,k->ij abcd,abce->abde i,ij,j-> ij,jk,kl->il ij,jk,kl->li aij,ajk,akl->ail bij,bjk->bki ji,kj->ik
    ab,cd->abcd abc,bd->acd ij,kj->ki ii ->""".split()[:-1]
DOTS = ["...ij,...jk->...ik", "b...,b...->...", "...ij,jk->...ik", "i...->...i", "...,...", "...i,i->..."]
for number, form in enumerate(FORMS):
    with tf.Graph().as_default(), tf.Session() as sess:
        letters = form.split("->")[0].split(",")
        sizes = {letter: 2 + "abcdeijkl".index(letter) % 4 for letter in "abcdeijkl"}
        arrays = [random.randn(*[sizes[x] for x in each]).astype(np.float32) for each in letters]
        inputs = [tf.constant(x) if number % 2 else tf.placeholder(tf.float32, [None] + list(x.shape[1:])) for x in arrays]
        feeds = {} if number % 2 else dict(zip(inputs, arrays))
        y = tf.einsum(form, *inputs)
        found = tf.gradients(tf.reduce_sum(tf.square(y)), inputs)
        results[form] = [str(y.shape), sess.run([y, found], feeds)]
for form in DOTS:
    with tf.Graph().as_default(), tf.Session() as sess:
        arrays = [random.randn(2, 2, 3, 3).astype(np.float32) for _ in form.split("->")[0].split(",")]
        if ",i->" in form:
            arrays[1] = random.randn(3).astype(np.float32)
        if ",jk" in form:
            arrays[1] = random.randn(3, 4).astype(np.float32)
        y = tf.einsum(form, *[tf.constant(x) for x in arrays], name="dotted")
        results[form] = [str(y.shape), sess.run(y)]
a, b = tf.ones([2, 3]), tf.ones([3, 4])
for name, function in sorted({
    "format": lambda: tf.einsum("ij;jk", a, b), "count": lambda: tf.einsum("ij,jk,kl", a, b),
    "twice": lambda: tf.einsum("ii,ij->j", a, b), "rank": lambda: tf.einsum("ijk,jk->i", a, b),
    "sizes": lambda: tf.einsum("ij,jk->ik", b, b, name="named"), "keyword": lambda: tf.einsum("ij,jk", a, b, nam="x"),
    "dot": lambda: tf.einsum("i.j,jk", a, b), "dots": lambda: tf.einsum("...i...j,jk", a, b),
    "unknown": lambda: tf.einsum("...j,jk", tf.placeholder(tf.float32), b),
    "output": lambda: tf.einsum("ij,jk->il", a, b),
}.items()):
    try:
        function()
    except Exception as error:
        results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
