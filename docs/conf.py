"""The documentation site: `sphinx-build -W -n -b html docs build/site`, without any network."""

import builtins
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "_extensions"), str(HERE.parent)]  # the site describes this checkout

import minigraph  # noqa: E402

project = "MiniGraph"
version = release = minigraph.__version__
extensions = ["myst_parser", "repository", "sources", "api", "lessons", "accessible"]
exclude_patterns = ["_extensions"]
html_theme = "furo"
html_title = f"MiniGraph {release}"
html_copy_source = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}

default_role = "literal"  # docstrings write `x` for code
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]
pygments_style = "default"
nitpicky = True
nitpick_ignore = {("py:exc", name) for name in dir(builtins)}
python_display_short_literal_types = True
html_static_path = ["_static"]
html_css_files = ["site.css"]
