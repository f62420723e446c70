"""`tf.distributions` with `validate_args`: the same values, and what is refused."""
import numpy as np

import minigraph as tf

ds, results = tf.distributions, {}
p = [[0.2, 0.3, 0.5], [0.6, 0.3, 0.1]]
MAKE = {
    "normal": lambda **o: ds.Normal([0.0, 1.0], [1.0, 2.5], **o), "normal wide": lambda **o: ds.Normal([[0.0], [1.0]], [1.0, 2.0, 3.0], **o),
    "uniform": lambda **o: ds.Uniform([0.0, -1.0], 2.0, **o), "laplace": lambda **o: ds.Laplace(1.0, [0.5, 2.0], **o),
    "gamma": lambda **o: ds.Gamma([0.5, 2.0], [1.0, 3.0], **o), "exponential": lambda **o: ds.Exponential([0.5, 4.0], **o),
    "beta": lambda **o: ds.Beta([0.5, 2.0], [1.0, 3.0], **o), "student": lambda **o: ds.StudentT([3.0, 5.0], 0.5, [1.0, 2.0], **o),
    "bernoulli": lambda **o: ds.Bernoulli(probs=[0.2, 0.7], **o), "bernoulli logits": lambda **o: ds.Bernoulli(logits=[0.2, -0.7], dtype=tf.float32, **o),
    "categorical": lambda **o: ds.Categorical(probs=p, **o), "categorical logits": lambda **o: ds.Categorical(logits=np.log(p).astype(np.float32), **o),
    "dirichlet": lambda **o: ds.Dirichlet([[1.0, 2.0, 3.0], [0.5, 0.6, 4.0]], **o),
    "multinomial": lambda **o: ds.Multinomial([4.0], probs=p[:1], **o),
    "dirichlet multinomial": lambda **o: ds.DirichletMultinomial(4.0, p, **o),
}
POINTS = {"bernoulli": [1, 0], "bernoulli logits": [1.0, 0.0], "categorical": [2, 0], "categorical logits": [2, 0],
          "uniform": [0.5, 1.0], "beta": [0.25, 0.5], "dirichlet": [[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]],
          "multinomial": [[2.0, 1.0, 1.0]], "dirichlet multinomial": [[2.0, 1.0, 1.0], [3.0, 1.0, 0.0]],
          "normal wide": [0.3, 0.4, 1.5]}
FUNCTIONS = "prob log_prob cdf log_cdf survival_function log_survival_function quantile".split()
STATISTICS = "entropy mean mode variance stddev covariance".split()
LACKING = {  # what a distribution does not have
    "bernoulli": "cdf log_cdf survival_function log_survival_function quantile covariance", "beta": "quantile covariance",
    "categorical": "quantile mean variance stddev covariance", "exponential": "quantile covariance",
    "dirichlet": "cdf log_cdf survival_function log_survival_function quantile mode",
    "dirichlet multinomial": "cdf log_cdf survival_function log_survival_function quantile entropy mode",
    "gamma": "quantile covariance", "laplace": "quantile covariance", "normal": "covariance", "normal wide": "covariance",
    "multinomial": "cdf log_cdf survival_function log_survival_function quantile entropy mode",
    "student": "quantile covariance", "uniform": "quantile mode covariance"}
LACKING.update({"bernoulli logits": LACKING["bernoulli"], "categorical logits": LACKING["categorical"]})

def fails(name, function):
    try:
        getattr(MAKE[name](), function)(*([0.5] if function in FUNCTIONS else []))
    except Exception as error:
        results["lacking %s %s" % (name, function)] = [type(error).__name__, str(error).split("\n")[0]]


for name in sorted(MAKE):
    with tf.Graph().as_default():
        tf.set_random_seed(12)
        d = MAKE[name](validate_args=True)
        label = name
        fetches = {}
        calls = [("sample", lambda: d.sample([4], seed=7)), ("one", lambda: d.sample()), ("grid", lambda: d.sample([2, 2]))] + [
            (f, lambda f=f: getattr(d, f)(tf.constant(POINTS.get(name, [0.5, 1.5]) if f != "quantile" else 0.25))) for f in FUNCTIONS]
        calls += [(f, getattr(d, f)) for f in STATISTICS] + [
            ("batch", d.batch_shape_tensor), ("event", d.event_shape_tensor), ("scalar event", d.is_scalar_event),
            ("scalar batch", d.is_scalar_batch)]
        for which, make in calls:
            if which not in LACKING.get(name, "").split():
                fetches[which] = make()
        results[label + " is"] = [
            str(d.batch_shape), str(d.event_shape), d.dtype.name, d.name, str(d.reparameterization_type),
            d.validate_args, d.allow_nan_stats, sorted(k for k in d.parameters), str(d)]
        results[label + " shapes"] = {which: str(t.shape) for which, t in fetches.items()}
        with tf.Session() as sess:
            results[label] = {which: sess.run(t) for which, t in fetches.items()}

with tf.Graph().as_default():
    normal = ds.Normal(tf.placeholder(tf.float32), 1.0)
    for name, function in sorted({
        "lacking": lambda: [fails(name, f) for name in sorted(LACKING) for f in LACKING[name].split()],
        "both": lambda: ds.Bernoulli(logits=0.1, probs=0.5), "neither": lambda: ds.Categorical(),
        "ints": lambda: ds.Normal(1, 2),
        "no kl": lambda: ds.kl_divergence(normal, ds.Bernoulli(0.5)), "no quantile": lambda: ds.Gamma(1.0, 1.0).quantile(0.5),
        "shapes": lambda: ds.Normal.param_static_shapes(tf.TensorShape([None])), "unknown": lambda: str(normal),
    }.items()):
        try:
            results["made " + name] = str(function())
        except Exception as error:
            results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]

BAD = {
    "normal": lambda: ds.Normal(0.0, [1.0, -1.0], validate_args=True).mean(), "uniform": lambda: ds.Uniform([1.0], 0.0, validate_args=True).low,
    "gamma": lambda: ds.Gamma(-1.0, 1.0, validate_args=True).concentration, "bernoulli": lambda: ds.Bernoulli(probs=1.5, validate_args=True).probs,
    "bernoulli value": lambda: ds.Bernoulli(probs=0.5, validate_args=True).prob(2), "beta value": lambda: ds.Beta(1.0, 2.0, validate_args=True).prob(1.5),
    "nan": lambda: ds.Beta(0.5, 0.5, allow_nan_stats=False).mode(), "student": lambda: ds.StudentT(1.0, 0.0, 1.0, allow_nan_stats=False).mean(),
    "nans": lambda: ds.StudentT([1.0, 1.5, 3.0], 0.0, 1.0).variance(), "simplex": lambda: ds.Dirichlet([1.0, 2.0], validate_args=True).prob([0.5, 0.6]),
    "categorical": lambda: ds.Categorical(probs=[0.2, 0.3], validate_args=True).probs,
    "multinomial": lambda: ds.Multinomial(3.0, probs=[0.5, 0.5], validate_args=True).prob([2.0, 2.0])}
with tf.Graph().as_default(), tf.Session() as sess:
    for name, function in sorted(BAD.items()):
        try:
            results["bad " + name] = sess.run(function())
        except Exception as error:
            results["bad " + name] = [type(error).__name__, str(error).split("\n")[0][:60]]
