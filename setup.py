"""Everything about the package is said in setup.cfg; this file is what older installers look for.

Any Python can read it: an old one is told so here, before it looks for packages that it cannot have.
"""

import sys

if sys.version_info < (3, 10):
    sys.exit(
        "MiniGraph needs Python 3.10 or later, and this is Python %d.%d. Make the virtual environment with a "
        "newer one, such as python3.12 -m venv .venv" % sys.version_info[:2]
    )

from setuptools import setup  # noqa: E402

setup()
