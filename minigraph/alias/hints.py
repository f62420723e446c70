"""What a program of TensorFlow 1.x's time has to change for today's Python and numpy, from the error it ends in."""

from __future__ import annotations

import re
import traceback
from typing import Any

from minigraph.graph.absent import missing

__all__ = ["hint"]

_PYTHON_2 = {  # names that Python 3 has not
    "xrange": "Python 3 calls it range",
    "raw_input": "Python 3 calls it input",
    "unicode": "in Python 3 every str is unicode: write str",
    "basestring": "Python 3 calls it str",
    "long": "in Python 3 every int is long: write int",
    "reduce": "Python 3 has it in a module: from functools import reduce",
    "unichr": "Python 3 calls it chr",
    "file": "Python 3 calls it open",
    "execfile": "write exec(open(path).read())",
    "cmp": "Python 3 has none: (a > b) - (a < b)",
    "reload": "Python 3 has it in a module: from importlib import reload",
}
_MODULES = {  # modules that are gone
    "cPickle": "Python 3 calls it pickle",
    "Queue": "Python 3 calls it queue",
    "StringIO": "write from io import StringIO",
    "cStringIO": "write from io import StringIO",
    "urllib2": "Python 3 calls it urllib.request",
    "urlparse": "Python 3 calls it urllib.parse",
    "ConfigParser": "Python 3 calls it configparser",
    "Tkinter": "Python 3 calls it tkinter",
    "HTMLParser": "Python 3 calls it html.parser",
    "commands": "write subprocess.getoutput",
    "sklearn.cross_validation": "it is called sklearn.model_selection",
    "sklearn.externals": "write import joblib",
    "imp": "Python 3.12 calls it importlib",
}
_NUMPY = {  # names that numpy has given up
    **dict.fromkeys(("float", "int", "bool", "object", "str", "complex"), "Python's own type has that name: {0}"),
    "long": "write int",
    "unicode": "write str",
    **dict.fromkeys(("infty", "Inf", "Infinity", "PINF"), "numpy 2 calls it np.inf"),
    "NINF": "write -np.inf",
    "NaN": "numpy 2 calls it np.nan",
    "float_": "write np.float64",
    "complex_": "write np.complex128",
    "unicode_": "write np.str_",
    "string_": "write np.bytes_",
    "product": "it is called np.prod",
    "cumproduct": "it is called np.cumprod",
    "alltrue": "it is called np.all",
    "sometrue": "it is called np.any",
    "in1d": "it is called np.isin",
    "row_stack": "it is called np.vstack",
    "trapz": "it is called np.trapezoid",
    "asscalar": "write array.item()",
}
_SCIPY = {
    "imread": "scipy.misc has none: import matplotlib.pyplot as plt; plt.imread(path), or imageio.v2.imread",
    "imsave": "scipy.misc has none: import matplotlib.pyplot as plt; plt.imsave(path, image), or imageio.v2.imwrite",
    "imresize": "scipy.misc has none: Pillow's Image.fromarray(image).resize((width, height))",
    "imrotate": "scipy.ndimage.rotate",
    "logsumexp": "it is in scipy.special",
    "comb": "it is in scipy.special",
    "factorial": "it is in scipy.special",
}
_ARRAY = {"tostring": "numpy calls it tobytes"}
_DICT = {"iteritems": "items", "itervalues": "values", "iterkeys": "keys", "has_key": "in", "next": "next(iterator)"}


def hint(error: BaseException, script: str) -> str | None:
    """Return one line on what to change in a program, with the place, or None.

    Args:
        error: what it ended in.
        script: the name of its file.

    Example:
        >>> hint(NameError("name 'xrange' is not defined", name="xrange"), "train.py")
        'xrange: Python 3 calls it range'
    """
    said = _said(error)
    if said is None:
        return None
    where = _place(error, script)
    return f"{where}: {said}" if where else said


def _said(error: BaseException) -> str | None:
    text = str(error)
    if isinstance(error, SyntaxError):
        return _of_syntax(error)
    if isinstance(error, NameError):
        return _named(error.name or "", _PYTHON_2)
    if isinstance(error, ImportError):
        return _of_import(error, text)
    if isinstance(error, AttributeError):
        return _of_attribute(error, text)
    if isinstance(error, TypeError):
        return _of_type(text)
    if isinstance(error, ValueError) and "setting an array element with a sequence" in text:
        return "numpy makes no array of rows of different lengths any longer: np.array(rows, dtype=object)"
    if isinstance(error, ValueError) and "Object arrays cannot be loaded when allow_pickle=False" in text:
        return "write np.load(path, allow_pickle=True), if you trust the file"
    if isinstance(error, UnicodeDecodeError):
        return "a file of Python 2: open(path, 'rb'), and pickle.load(file, encoding='latin1')"
    return None


def _named(name: str, table: dict[str, str]) -> str | None:
    return f"{name}: {table[name]}" if name in table else None


def _of_syntax(error: SyntaxError) -> str | None:
    line = error.text or ""
    if "print" in line and ("parenthes" in str(error) or re.search(r"\bprint\s+[^(\s=]", line)):
        return "print is a function in Python 3: print(...)"
    if re.search(r"\bexec\s+[^(\s]", line):
        return "exec is a function in Python 3: exec(...)"
    if re.search(r"except\s+[\w.]+\s*,\s*\w+", line):
        return "Python 3 writes except Error as name:"
    if "<>" in line:
        return "Python 3 writes !="
    if re.search(r"\b0\d+\b", line) and "leading zeros" in str(error):
        return "Python 3 writes octal numbers as 0o17"
    if isinstance(error, TabError) or "inconsistent use of tabs" in str(error):
        return "Python 3 does not mix tabs and spaces: python -m reindent, or replace the tabs by eight spaces"
    return None


def _of_import(error: ImportError, text: str) -> str | None:
    module = error.name or ""
    found = _named(module, _MODULES)
    match = re.match(r"cannot import name '(\w+)'", text)
    if found is None and match:
        return _of_name(module, match[1])
    return found


def _of_name(module: str, name: str) -> str | None:
    """Return what to say of a name that a module does not have."""
    if module == "tensorflow" or module.startswith("tensorflow."):
        advice = str(missing(name, module.partition(".")[2])).partition("\n")[2]
        return f"{module}.{name}: {advice.splitlines()[-1]}" if advice else None
    if module.partition(".")[0] == "numpy":
        return f"np.{name}: {_NUMPY[name].format(name)}" if name in _NUMPY else None
    return _named(name, _SCIPY) if module.startswith("scipy.misc") else None


def _of_attribute(error: AttributeError, text: str) -> str | None:
    name = error.name or ""
    match = re.match(r"module '([\w.]+)' has no attribute '(\w+)'", text)
    if match:
        return None if match[1].startswith(("tensorflow", "minigraph")) else _of_name(match[1], match[2])
    if re.match(r"'dict' object", text) and name in _DICT:
        return f"dict.{name}: in Python 3 {'write key in dict' if name == 'has_key' else 'it is dict.' + _DICT[name]}"
    if re.match(r"'numpy\.\w+' object", text):
        return _named(name, _ARRAY)
    if name == "next":
        return "iterator.next(): in Python 3 it is next(iterator)"
    return None


def _of_type(text: str) -> str | None:
    if "'float' object cannot be interpreted as an integer" in text:
        return "a division gives a float in Python 3: write // for a whole number"
    if re.search(r"unsupported operand type\(s\) for \+: '(dict_|range|map)", text) or re.search(
        r"'(map|zip|filter|dict_\w+)' object is not subscriptable|object of type '(map|zip|filter)' has no len", text
    ):
        return "map, zip, filter, range and dict.keys() are no lists in Python 3: write list(...)"
    if "a bytes-like object is required, not 'str'" in text:
        return "texts and bytes are two things in Python 3: b'...', or text.encode()"
    if text == "reshape() got an unexpected keyword argument 'newshape'":
        return "newshape: numpy calls it shape: np.reshape(array, shape)"
    return None


def _place(error: BaseException, script: str) -> str:
    """Return "file:line" of the innermost line of the program."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    own: Any = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.partition("[")[0] == script]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else ""
