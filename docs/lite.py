"""Build the course as a web site on which Python runs in the browser, so that nobody installs anything.

    pip install '.[lite]'
    python docs/lite.py build/lite
    python docs/lite.py build/lite --pyodide pyodide-0.27.6

The site is JupyterLite with the lessons, MiniGraph's wheel, and the wheels that it needs. Python itself, and numpy, are
Pyodide: browsers load it from its public CDN (jsdelivr.net), unless a folder with a release of it is given here. With
that folder in it, the site needs no other server.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the lessons are those of this checkout

from minigraph.course import handout  # noqa: E402

# What a kernel loads when it starts, and what MiniGraph needs of Pyodide; each comes with what it depends on.
LOADED = ("micropip", "ssl", "sqlite3", "jedi", "ipython", "numpy")
# What Pyodide does not have: `comm` is for the kernel.
WHEELS = ("networkx", "graphviz", "comm")
# Not on the site: this lesson is about files of messages. These come with the package tensorboard, whose wheel needs
# grpcio, and for that there is none in Pyodide.
LEFT_OUT = ("11-saving-and-leaving",)
PYTHON = "3.12"  # of the Pyodide that the kernel asks for: see the extra `lite` in setup.cfg
FIRST_CELL = "%pip install -q minigraph"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path, help="the folder for the site; what is in it is replaced")
    parser.add_argument("--pyodide", type=pathlib.Path, metavar="FOLDER", help="an unpacked release of Pyodide")
    parser.add_argument("--no-solutions", action="store_true", help="leave the solutions of the exercises out")
    options = parser.parse_args()
    if options.pyodide and not (options.pyodide / "pyodide-lock.json").is_file():
        parser.error(f"{options.pyodide} has no pyodide-lock.json: give the folder of an unpacked release of Pyodide")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        write_lessons(work / "files", not options.no_solutions)
        collect_wheels(work / "pypi")
        if options.pyodide:
            copy_pyodide(options.pyodide, work / "static" / "pyodide")
        build(work, options.out.resolve())
    source = "Pyodide is in it" if options.pyodide else "Pyodide is not in it: browsers load it from cdn.jsdelivr.net"
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file())
    print(f"{options.out}: {size / 2**20:.0f} MB. {source}.")
    print(f"To try it: python3 -m http.server -d {options.out}")
    print("and open http://localhost:8000/lab/index.html?path=01-fetches.ipynb")


def lessons() -> list[pathlib.Path]:
    """Return the lessons that are on the site."""
    return [lesson for lesson in handout.lessons() if lesson.stem not in LEFT_OUT]


def write_lessons(folder: pathlib.Path, solutions: bool) -> None:
    """Write the lessons as notebooks that install MiniGraph first."""
    folder.mkdir()
    for lesson in lessons():
        notebook = handout.notebook(lesson.read_text(encoding="utf-8"), solutions)
        notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)"}
        first = {"cell_type": "code", "execution_count": None, "id": "install", "metadata": {}, "outputs": []}
        notebook["cells"].insert(0, {**first, "source": FIRST_CELL})
        (folder / f"{lesson.stem}.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def collect_wheels(folder: pathlib.Path) -> None:
    """Build MiniGraph's wheel, and download those that it needs beside numpy."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    # From a copy: a build leaves files behind, and takes over those of an earlier one.
    with tempfile.TemporaryDirectory() as copy:
        for name in ("minigraph", "docs/lessons"):
            shutil.copytree(ROOT / name, pathlib.Path(copy, name), ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("setup.py", "setup.cfg", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, copy)
        subprocess.run([*pip, "wheel", "--no-deps", "-w", str(folder), copy], check=True)
    any_system = ["--only-binary=:all:", "--python-version", PYTHON, "--implementation", "py", "--abi", "none"]
    subprocess.run([*pip, "download", "--no-deps", *any_system, "-d", str(folder), *WHEELS], check=True)


def copy_pyodide(release: pathlib.Path, folder: pathlib.Path) -> None:
    """Copy of a release of Pyodide what the lessons need: Python itself, and the packages in `LOADED`."""
    folder.mkdir(parents=True)
    packages = json.loads((release / "pyodide-lock.json").read_text())["packages"]
    names = needed(LOADED, {normal(name): package["depends"] for name, package in packages.items()})
    wanted = [package["file_name"] for name, package in packages.items() if normal(name) in names]
    for path in [*release.glob("pyodide*.*"), *release.glob("python_stdlib.zip"), *(release / name for name in wanted)]:
        if path.suffix != ".whl" or path.name in wanted:
            shutil.copy(path, folder)


def needed(names: tuple[str, ...], depends: dict[str, list[str]]) -> set[str]:
    """Return packages with all that they depend on."""
    found: set[str] = set()
    waiting = [normal(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [normal(each) for each in depends[name]]
    return found


def normal(name: str) -> str:
    """Return the name of a package in the one spelling that stands for all: `prompt_toolkit` is `prompt-toolkit`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def build(work: pathlib.Path, out: pathlib.Path) -> None:
    """Let JupyterLite make the site of what is in a folder."""
    shutil.rmtree(out, ignore_errors=True)
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": {"appName": "MiniGraph"}}
    (work / "jupyter-lite.json").write_text(json.dumps(config))
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", ".", "--contents", "files"]
    subprocess.run([*command, "--no-sourcemaps", "--output-dir", str(out)], cwd=work, check=True)


if __name__ == "__main__":
    main()
