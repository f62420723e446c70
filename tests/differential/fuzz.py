"""Random programs on real TensorFlow 1.15.5 and here, compared.

    TF=python3.7            # TensorFlow 1.15.5 with numpy<1.19 and protobuf<3.21
    $TF fuzz.py record optimize OUT.json.xz --seeds 0:300    # draws programs, and runs them on TensorFlow
    $TF fuzz.py record general  OUT.json.xz --seeds 0:300
    python fuzz.py check OUT.json.xz [--show 40] [--only SEED]
    python fuzz.py ways OUT.json.xz           # MiniGraph against itself: every way of running, bit for bit
    python fuzz.py show OUT.json.xz SEED      # the text of a program

Programs are texts. `general` ones are drawn while they run on TensorFlow, so most statements are legal; a few are not,
on purpose. Compared are values, static shapes, dtypes, which gradients are None, and errors by type and first sentence;
of `optimize` programs also node lists, collections, and the tags and values of summaries. `exclusions.py` says what is
left out. Where a graph has functional control flow, its nodes are those of TensorFlow's `enable_control_flow_v2`, and
its numbers those of plain TensorFlow 1.15, as here. What TensorFlow itself does not give twice the same is left out.
"""

from __future__ import annotations

import argparse
import base64
import collections
import functools
import json
import os
import pathlib
import sys
import time
import traceback
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
warnings.simplefilter("ignore")

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))

import differences  # noqa: E402
import program_runs  # noqa: E402
import recordings  # noqa: E402

FUNCTIONAL = ("If", "StatelessIf", "While", "StatelessWhile")


# Recorded programs as text


def _encode(value):
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    if isinstance(value, tuple):
        return {"tuple": [_encode(v) for v in value]}
    if isinstance(value, list):
        return [_encode(v) for v in value]
    return {"dict": {k: _encode(v) for k, v in value.items()}} if isinstance(value, dict) else value


def _decode(value):
    if isinstance(value, list):
        return [_decode(v) for v in value]
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "bytes":
        return base64.b64decode(inner)
    return tuple(map(_decode, inner)) if kind == "tuple" else {k: _decode(v) for k, v in inner.items()}


def save(rows, path):
    """Write recorded programs."""
    recordings.write(path, json.dumps(_encode(rows), separators=(",", ":")))


def load(path):
    """Read recorded programs: a list of dicts with the seed, the kind, the text, and TensorFlow's outcome."""
    return _decode(recordings.read(path))


# On TensorFlow


def record(args):
    tf = program_runs.load()
    low, high = map(int, args.seeds.split(":"))
    rows, start = [], time.time()
    for seed in range(low, high):
        try:
            row = RECORDERS[args.kind](tf, seed)
        except Exception:  # a program that TensorFlow cannot run at all
            print("seed", seed, "left out:", traceback.format_exc()[-300:])
            continue
        if row is not None:
            rows.append(dict(row, seed=seed, kind=args.kind))
        if seed % 100 == 99:
            print(seed + 1, "%.0f s" % (time.time() - start), flush=True)
    save(rows, args.out)


def record_optimize(tf, seed):
    """Draw and run a program around `optimize_loss`; None if TensorFlow gives other outcomes with more threads."""
    from optimize_programs import OptimizeProgram

    text = OptimizeProgram(seed).draw()
    tf.reset_default_graph()
    tf.enable_control_flow_v2()
    outcome = program_runs.with_alarm(60, program_runs.run_optimize, tf, text)
    for program_runs.BACKEND["threads"] in (2, 4):
        again = program_runs.with_alarm(60, program_runs.run_optimize, tf, text)
        if differences.compare_optimize(outcome, again):
            return None
    program_runs.BACKEND["threads"] = 1
    if any(node[0] in FUNCTIONAL for node in outcome.get("nodes", ())):
        tf.reset_default_graph()
        tf.disable_control_flow_v2()
        plain = program_runs.with_alarm(60, program_runs.run_optimize, tf, text)
        outcome["steps"] = plain["steps"]
        if "run" in plain:
            outcome["run"] = plain["run"]
    return {"text": text, "tf": outcome}


def record_general(tf, seed):
    """Draw and run a general program. Plain TensorFlow has no second gradients of loops: these come from version 2."""
    from general_programs import General

    tf.disable_control_flow_v2()
    text = program_runs.with_alarm(60, General(tf, seed).draw)
    outcome = program_runs.with_alarm(60, program_runs.run_general, tf, text)
    if "tf.while_loop(" in text:
        tf.enable_control_flow_v2()
        second = program_runs.with_alarm(60, program_runs.run_general, tf, text)["grads"]
        outcome["grads"] = [g for g in outcome["grads"] if g[0].startswith("grad1")] + [
            g for g in second if g[0].startswith("grad2")
        ]
    return {"text": text, "tf": outcome}


RECORDERS = {"optimize": record_optimize, "general": record_general}


# Here


def mismatches(tf, row):
    """Run a recorded program here, and compare.

    Returns:
        A list of (kind, where, what), and the names of the exclusions by which others were left out.
    """
    from exclusions import excluded
    from rounding import Rounding

    run, compare = {
        "optimize": (program_runs.run_optimize, differences.compare_optimize),
        "general": (program_runs.run_general, differences.compare_general),
    }[row["kind"]]

    def again(*nudges, **left):
        return program_runs.with_alarm(120, functools.partial(run, **left), tf, row["text"], *nudges)

    here, left = again(), {}
    if row["tf"].get("failed"):  # the seeds of later noise count the nodes that are left there
        left = {"left": len(row["tf"]["nodes"]) - len(here["nodes"])}
        here = again(**left)
    found = compare(row["tf"], here)
    rounding = Rounding(functools.partial(again, **left), row["tf"], here)
    rules = [excluded(row, mismatch, rounding) for mismatch in found]
    return [m for m, rule in zip(found, rules) if rule is None], [rule for rule in rules if rule is not None]


def check(args):
    """Print what differs, and how many programs each exclusion left something out of."""
    tf = program_runs.load()
    left_out, kinds, shown, rows = collections.Counter(), collections.defaultdict(list), 0, load(args.out)
    for row in rows:
        if args.only is not None and row["seed"] != args.only:
            continue
        found, rules = mismatches(tf, row)
        left_out.update(set(rules))
        for kind in {m[0] for m in found}:
            kinds[kind].append(row["seed"])
        if found and shown < args.show:
            shown += 1
            print("-- seed %d" % row["seed"])
            for kind, where, what in found[:4]:
                name = where.split(".")[0] + " ="
                line = next((line for line in row["text"].split("\n") if line.startswith(name)), "")
                print("     %s | %s | %s\n        %s" % (kind, where, str(what)[:300], line[:220]))
    print("%d programs, %d with a mismatch" % (len(rows), len({s for seeds in kinds.values() for s in seeds})))
    for kind, seeds in sorted(kinds.items(), key=lambda item: -len(item[1])):
        print("  %-24s %5d   %s" % (kind, len(seeds), seeds[:8]))
    print("left out:")
    for rule, count in left_out.most_common():
        print("  %5d programs   %s" % (count, rule))


def ways(args):
    """Print the programs whose ways of running differ."""
    from ways_of_running import differing_ways

    for row in load(args.out):
        found = differing_ways(row)
        if found:
            print("-- seed %d: %s" % (row["seed"], found[:3]))


def show(args):
    print(next(row["text"] for row in load(args.out) if row["seed"] == args.only))


def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command")
    recording = commands.add_parser("record")
    recording.add_argument("kind", choices=sorted(RECORDERS))
    recording.add_argument("out")
    recording.add_argument("--seeds", default="0:100")
    for name in ("check", "ways", "show"):
        command = commands.add_parser(name)
        command.add_argument("out")
        command.add_argument("only", nargs="?", type=int)
        command.add_argument("--show", type=int, default=30)
    args = parser.parse_args()
    {"record": record, "check": check, "ways": ways, "show": show}[args.command](args)


if __name__ == "__main__":
    sys.exit(main())
