"""The dense updates of the optimizers: for each a formula from old values to new ones.

`Apply…` updates whole variables; `SparseApply…` (see `apply_sparse`) applies the same formula to some rows.
"""

from typing import Any

from minigraph.graph import errors
from minigraph.ops.training.update import Update


class ApplyMomentum(Update):
    """accum = accum * momentum + grad; var -= lr * accum (or Nesterov's step)."""

    use_nesterov: bool = False

    inputs = ("var: &T", "accum: &T", "lr: T", "grad: T", "momentum: T")

    def update(self, xp, var, accum, lr, grad, momentum):
        accum = accum * momentum + grad
        if self.use_nesterov:
            return var - (grad * lr + accum * momentum * lr), accum
        return var - accum * lr, accum


class ApplyAdagrad(Update):
    """accum += grad**2; var -= lr * grad / sqrt(accum)."""

    update_slots: bool = True

    inputs = ("var: &T", "accum: &T", "lr: T", "grad: T")

    def update(self, xp, var, accum, lr, grad):
        if self.update_slots:
            accum = accum + grad * grad
        return var - grad * lr * (1 / xp.sqrt(accum)).astype(var.dtype), accum


class ApplyAdagradDA(Update):
    """Dual averaging: the variable is recomputed from the sums of gradients and of their squares."""

    inputs = (
        "var: &T",
        "gradient_accumulator: &T",
        "gradient_squared_accumulator: &T",
        "grad: T",
        "lr: T",
        "l1: T",
        "l2: T",
        "global_step: int64",
    )

    def update(self, xp, var, total, squares, grad, lr, l1, l2, step):
        total, squares = total + grad, squares + grad * grad
        step = var.dtype.type(step)
        pull = xp.sign(total) * xp.maximum(xp.abs(total) - l1 * step, var.dtype.type(0)) if l1 > 0 else total
        return -lr * pull / (l2 * step * lr + xp.sqrt(squares)), total, squares


class ApplyAdadelta(Update):
    """Steps in proportion to the root mean squares of earlier steps and of the gradients."""

    inputs = ("var: &T", "accum: &T", "accum_update: &T", "lr: T", "rho: T", "epsilon: T", "grad: T")

    def update(self, xp, var, accum, accum_update, lr, rho, epsilon, grad):
        one = var.dtype.type(1)
        accum = accum * rho + grad * grad * (one - rho)
        step = xp.sqrt(accum_update + epsilon) / xp.sqrt(accum + epsilon) * grad
        return var - step * lr, accum, accum_update * rho + step * step * (one - rho)


class ApplyAdam(Update):
    """Steps by the mean of the gradients divided by the root of the mean of their squares (Kingma and Ba, 2014)."""

    use_nesterov: bool = False

    inputs = (
        "var: &T",
        "m: &T",
        "v: &T",
        "beta1_power: T",
        "beta2_power: T",
        "lr: T",
        "beta1: T",
        "beta2: T",
        "epsilon: T",
        "grad: T",
    )

    def update(self, xp, var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad):
        one = var.dtype.type(1)
        rate = lr * xp.sqrt(one - beta2_power) / (one - beta1_power)
        m = m + (grad - m) * (one - beta1)
        v = v + (grad * grad - v) * (one - beta2)
        mean = grad * (one - beta1) + beta1 * m if self.use_nesterov else m
        return var - mean * rate / (xp.sqrt(v) + epsilon), m, v


class ApplyRMSProp(Update):
    """Steps by the gradient divided by the root of the mean of its squares, with momentum."""

    inputs = ("var: &T", "ms: &T", "mom: &T", "lr: T", "rho: T", "momentum: T", "epsilon: T", "grad: T")

    def update(self, xp, var, ms, mom, lr, rho, momentum, epsilon, grad):
        ms = ms + (grad * grad - ms) * (var.dtype.type(1) - rho)
        mom = mom * momentum + grad * lr / xp.sqrt(ms + epsilon)
        return var - mom, ms, mom


class ApplyCenteredRMSProp(Update):
    """As ApplyRMSProp, with the variance of the gradient instead of its mean square."""

    inputs = ("var: &T", "mg: &T", "ms: &T", "mom: &T", "lr: T", "rho: T", "momentum: T", "epsilon: T", "grad: T")

    def update(self, xp, var, mg, ms, mom, lr, rho, momentum, epsilon, grad):
        rest = var.dtype.type(1) - rho
        ms = ms + (grad * grad - ms) * rest
        mg = mg + (grad - mg) * rest
        mom = mom * momentum + grad * lr / xp.sqrt(ms - mg * mg + epsilon)
        return var - mom, mg, ms, mom


class _Ftrl(Update):
    def follow(self, xp, var, accum, linear, grad, lr, l1, l2, shrinkage, lr_power):
        """Return the new variable and accumulators; `shrinkage` may be None."""
        check_rates(lr, l1, l2, shrinkage, lr_power)
        pull = grad if shrinkage is None else grad + 2 * shrinkage * var
        new_accum = accum + grad * grad
        old_root, root = (_root(xp, a, lr_power) for a in (accum, new_accum))
        linear = linear + pull - (root - old_root) / lr * var
        return self.solution(xp, linear, l1, root / lr + 2 * l2), new_accum, linear

    def solution(self, xp, linear, l1, curvature):
        """Return the variable: 0 where the linear part does not exceed its penalty, or is NaN."""
        step = (l1 * xp.sign(linear) - linear) / curvature
        return xp.where(xp.abs(linear) > l1, step, linear.dtype.type(0))


def check_rates(lr: Any, l1: Any, l2: Any, shrinkage: Any = None, lr_power: Any = None) -> None:
    """Raise InvalidArgumentError for a rate that is not positive (or is NaN), and for negative penalties."""
    told = (
        ("lr", "a positive", lr > 0),
        ("l1 regularization strength", "a non-negative", l1 >= 0),
        ("l2 regularization strength", "a non-negative", l2 >= 0),
        ("l2 shrinkage regularization strength", "a non-negative", shrinkage is None or shrinkage >= 0),
        ("lr_power", "a non-positive", lr_power is None or lr_power <= 0),
    )
    for name, kind, holds in told:
        if not holds:
            raise errors.InvalidArgumentError(None, None, f"{name} is not {kind} scalar: []")


def _root(xp: Any, accum: Any, lr_power: Any) -> Any:
    return xp.sqrt(accum) if lr_power == -0.5 else accum**-lr_power


class ApplyFtrl(_Ftrl):
    """Follow the regularized leader (McMahan et al., Ad click prediction, 2013)."""

    inputs = ("var: &T", "accum: &T", "linear: &T", "grad: T", "lr: T", "l1: T", "l2: T", "lr_power: T")

    def update(self, xp, var, accum, linear, grad, lr, l1, l2, lr_power):
        return self.follow(xp, var, accum, linear, grad, lr, l1, l2, None, lr_power)


class ApplyFtrlV2(_Ftrl):
    """As ApplyFtrl, with shrinkage: an L2 penalty of the loss that does not enter the accumulators."""

    inputs = (*ApplyFtrl.inputs[:-1], "l2_shrinkage: T", ApplyFtrl.inputs[-1])

    def update(self, xp, *values):
        return self.follow(xp, *values)


def _proximal(xp: Any, point: Any, rate: Any, l1: Any, l2: Any) -> Any:
    """Return the point shrunk towards zero by the two penalties."""
    one, zero = point.dtype.type(1), point.dtype.type(0)
    if l1 > 0:
        point = xp.sign(point) * xp.maximum(xp.abs(point) - rate * l1, zero)
    return point / (one + l2 * rate)


class ApplyProximalGradientDescent(Update):
    """A gradient step followed by a step of the penalties."""

    inputs = ("var: &T", "alpha: T", "l1: T", "l2: T", "delta: T")

    def update(self, xp, var, alpha, l1, l2, delta):
        return _proximal(xp, var - delta * alpha, alpha, l1, l2)


class ApplyProximalAdagrad(Update):
    """An Adagrad step followed by a step of the penalties."""

    inputs = ("var: &T", "accum: &T", "lr: T", "l1: T", "l2: T", "grad: T")

    def update(self, xp, var, accum, lr, l1, l2, grad):
        check_rates(lr, l1, l2)
        accum = accum + grad * grad
        rate = (lr / xp.sqrt(accum)).astype(var.dtype)
        return _proximal(xp, var - grad * rate, rate, l1, l2), accum
