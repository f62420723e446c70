"""What setup.cfg cannot say: the lessons, which lie with the documentation, are part of the wheel.

Any Python can read it: an old one is told so here, before it looks for packages that it cannot have.
"""

import glob
import os
import sys

if sys.version_info < (3, 10):
    sys.exit(
        "MiniGraph needs Python 3.10 or later, and this is Python %d.%d. Make the virtual environment with a "
        "newer one, such as python3.12 -m venv .venv" % sys.version_info[:2]
    )

from setuptools import setup  # noqa: E402
from setuptools.command.build_py import build_py  # noqa: E402


class BuildWithLessons(build_py):
    """Copies the lessons beside the module that reads them; an editable installation finds them where they are."""

    def run(self):
        super().run()
        if getattr(self, "editable_mode", False):  # older setuptools have no such mode
            return
        folder = os.path.join(self.build_lib, "minigraph", "course", "lessons")
        self.mkpath(folder)
        for lesson in glob.glob(os.path.join("docs", "lessons", "[0-9]*.md")):
            self.copy_file(lesson, folder)


setup(cmdclass={"build_py": BuildWithLessons})
