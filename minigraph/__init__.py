"""MiniGraph: the deferred graphs of TensorFlow 1.x in Python and numpy. `import minigraph as tf`."""
import importlib as _importlib
import os as _os

__version__ = "0.1.0"
_SKIPPED = {}


def _star(module):
    try:
        found = _importlib.import_module("minigraph." + module)
    except ModuleNotFoundError as error:
        if not str(error.name).startswith("minigraph"):
            raise
        _SKIPPED[module] = error
        return
    except ImportError as error:
        _SKIPPED[module] = error
        return
    for name in found.__all__:
        globals()[name] = getattr(found, name)


def _sub(name, module):
    try:
        globals()[name] = _importlib.import_module("minigraph." + module)
    except (ImportError, AttributeError) as error:
        _SKIPPED[module] = error


from minigraph.graph import errors  # noqa: E402
from minigraph.graph import dtypes as _d  # noqa: E402
for _t in _d._ALL:
    globals()[_t.name] = _t
    globals()[_t._as_ref.name] = _t._as_ref
half, double = _d.half, _d.double
for _m in ("dtypes collections context convert graph indexed_slices operation opdef shapes seeds").split():
    _star("graph." + _m)
from minigraph.graph.graph import Graph  # noqa: E402
from minigraph.graph.operation import Operation, Tensor  # noqa: E402
from minigraph.graph.opdef import RegisterGradient, NotDifferentiable, NoGradient  # noqa: E402
from minigraph.graph.static import constant_value as _cv  # noqa: E402
from minigraph.graph.errors import GraphWarning, OpError  # noqa: E402
_here = _os.path.dirname(__file__)
for _m in sorted(f[:-3] for f in _os.listdir(_os.path.join(_here, "ops")) if f.endswith(".py") and f != "__init__.py"):
    if _m not in ("activations", "softmax", "bias", "conv", "pool", "norm", "top_k", "philox", "tape", "summary", "embedding") and not _m.startswith("training"):
        _star("ops." + _m)
_star("gradients")
_star("custom_gradient")
_star("variables")
for _m in ("variable", "initializers", "template"):
    _star("variables." + _m)
for _m in ("session", "config", "plan"):
    _star("runtime." + _m)
_sub("initializers", "variables.initializers_api")
for _n in ("nn", "layers", "losses", "summary", "train", "contrib", "viz"):
    _sub(_n, _n)
try:
    from minigraph.variables.variable import install_operators as _io
    _io()
except ImportError as _e:
    _SKIPPED["install_operators"] = _e
try:
    viz.install()  # noqa: F821
except Exception as _e:
    _SKIPPED["viz.install"] = _e
