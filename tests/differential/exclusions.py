"""What a comparison with TensorFlow 1.15.5 leaves out.

That is: its own limits and faults, rounding, and what MiniGraph does otherwise on purpose. Each rule is as narrow as it
can be: it looks at the kind of the mismatch, at the statement that made the value (or those that it comes from), and at
TensorFlow's message or number. `excluded` returns the name of the rule that takes a mismatch.
"""

from __future__ import annotations

import ast
import re

VALUES = ("value", "grad value")


class Mismatch:
    """A mismatch of one program, with what rules ask about it."""

    def __init__(self, row, mismatch, rounding):
        self.is_rounding = lambda: rounding.explains(self.kind, self.where)
        self.kind, self.where, self.what = mismatch[0], mismatch[1], str(mismatch[2])
        self.text, self.outcome, self.program = row["text"], row["tf"], row["kind"]
        self.statements = dict(re.findall(r"^(t\d+) = (.*)$", self.text, re.M))
        self.name = self.where.split(".")[0]

    def statement(self):
        return self.statements.get(self.name, "")

    def is_after(self, message):
        """Return True if a call has failed with that message there, after another that failed."""
        errors = [call[1]["text"] for call in self.outcome["calls"][: int(self.where) + 1] if call[0] == "error"]
        return any(message in text for text in errors[1:])

    def comes_from(self, is_culprit):
        """Return True if the value comes from a statement of that kind, in however many steps; a gradient: from any."""
        if self.where.startswith("grad"):
            return any(map(is_culprit, self.statements.values()))
        seen, waiting = set(), [self.name]
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self.statements:
                continue
            seen.add(name)
            if is_culprit(self.statements[name]):
                return True
            waiting += re.findall(r"\bt\d+\b", self.statements[name].split("lambda:", 1)[1])
        return False


def _has_gaps(statement):
    """Return True for a dynamic_stitch that leaves rows of its result unset."""
    found = re.search(r"tf\.dynamic_stitch\((\[\[.*?\]\]),", statement)
    indices = [i for each in ast.literal_eval(found.group(1)) for i in each] if found else []
    return len(set(indices)) < max(indices, default=-1) + 1


def _may_overflow(statement):
    return bool(re.search(r" // | % |\bdiv|mod\(|floor_div|reduce_mean", statement))


RULES = {
    # TensorFlow's limits and faults
    "TF: a dilated convolution has no gradient on the CPU": lambda m: (
        m.kind == "no run error" and "dilation rates larger than 1" in m.what
    ),
    "TF: Atan2's gradient is not summed over broadcast axes": lambda m: (
        m.kind == "no error"
        and "Forward operation: Atan2" in m.what
        or m.kind == "grad static"
        and "tf.atan2(" in m.text
    ),
    "TF: SoftsignGrad has no gradient": lambda m: m.kind == "no error" and "SoftsignGrad" in m.what,
    "TF: the second gradient of MatrixDeterminant is wrong": lambda m: (
        m.kind == "grad value" and m.where.startswith("grad2") and "tf.matrix_determinant(" in m.text
    ),
    "TF: MaxPoolGradGrad of 1x1 is wrong": lambda m: (
        m.kind == "grad value"
        and m.where.startswith("grad2")
        and bool(re.search(r"max_pool\(t\d+, \[1, 1, 1, 1\]", m.text))
    ),
    "TF: denormal numbers are flushed to 0": lambda m: m.kind in VALUES and "denormals: " in m.what,
    "TF: dynamic_stitch leaves gaps uninitialised": lambda m: m.kind in VALUES and m.comes_from(_has_gaps),
    "TF: integers overflow in // and reduce_mean": lambda m: (
        m.kind == "value" and "np.int" in m.what and "2147483647" in m.text and m.comes_from(_may_overflow)
    ),
    "TF: Eigen's sqrt(inf) is nan in whole packets": lambda m: (
        m.kind in VALUES
        and "tf nan" in m.what
        and "WILD(" in m.text
        and m.comes_from(lambda s: bool(re.search(r"tf\.sqrt\(|reduce_std|euclidean_norm|l2_normalize", s)))
    ),
    "TF: softmax along an axis of a tensor of unknown rank is a TypeError": lambda m: (
        m.kind == "no error" and "'NoneType' and 'int'" in m.what and "softmax" in m.statement()
    ),
    "TF: complex and accumulate_n do not take refs": lambda m: (
        m.kind == "no error"
        and ("float32_ref float32_ref" in m.what or "inputs must be a list of at least one Tensor" in m.what)
    ),
    "TF: Reciprocal of integers is XLA's, with its messages": lambda m: (
        m.kind == "run error text" and "tf.reciprocal(" in m.statement()
    ),
    "TF: a message that was not filled in": lambda m: (
        "error text" in m.kind and "('Invalid learning_rate %s.'" in m.what
    ),
    # Those of programs with a loop are control flow v2's, since v1 has none; v1's of a constant branch is None.
    "TF: the second gradient of what a body depends on linearly is None, or zeros if loops have second gradients": lambda m: (
        m.where.startswith("grad2")
        and "tf.while_loop(" in m.text
        and (m.kind == "grad None" or m.kind == "grad value" and "tf nan" in m.what)
    ),  # zero times nan
    # Rounding
    "rounding: the bits of a rounded number": lambda m: (
        m.kind == "value" and "tf.bitcast(" in m.statement() and "PH(" not in m.statement()
    ),
    "rounding: no more than the last places of what a program begins with make": lambda m: m.is_rounding(),
    # What MiniGraph does otherwise
    "here: bfloat16 has no numpy type": lambda m: (
        m.kind == "spurious run error" and "bfloat16 has no numpy type" in m.what
    ),
    "here: noise is cast to the gradient's type": lambda m: (
        m.kind.startswith("call")
        and "gradient_noise_scale" in m.text
        and bool(
            re.search(
                "'AddV2' Op has type float32 that does not match type float64|"
                "float32 for IndexedSlices with dtype float64",
                m.what,
            )
        )
    ),
    "here: multipliers are cast to the gradient's type": lambda m: (
        m.kind.startswith("call") and "gradient_multipliers" in m.text and "Input 'y' of 'Mul' Op has type" in m.what
    ),
    "here: a call that fails leaves no variable": lambda m: (
        m.kind.startswith("call")
        and "already exists, disallowed" in m.what
        and m.is_after("already exists, disallowed")
    ),
    "here: no gradients are a ValueError, also with a summary of their norm": lambda m: (
        m.kind == "call error type" and "tf IndexError(list index out of range)" in m.what and "No variables" in m.what
    ),
}


# Rules that no recorded program needs; longer runs of `fuzz.py` met them.
RARE = {
    "TF: the second gradient of MatrixDeterminant is wrong",
    "TF: MaxPoolGradGrad of 1x1 is wrong",
    "TF: denormal numbers are flushed to 0",
    "TF: softmax along an axis of a tensor of unknown rank is a TypeError",
    "TF: complex and accumulate_n do not take refs",
    "TF: Reciprocal of integers is XLA's, with its messages",
    "here: bfloat16 has no numpy type",
    "here: multipliers are cast to the gradient's type",
    "here: no gradients are a ValueError, also with a summary of their norm",
}


def excluded(row, mismatch, rounding):
    """Return the name of the first rule that takes a mismatch, or None."""
    m = Mismatch(row, mismatch, rounding)
    return next((name for name, rule in RULES.items() if rule(m)), None)
