"""Everything about the package is said in setup.cfg; this file is what older installers look for."""
from setuptools import setup

setup()
