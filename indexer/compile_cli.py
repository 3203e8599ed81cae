"""The command `compile`: machine code of the modules that read pages, by mypyc and a C compiler."""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer import compiled
from indexer.exits import DONE, FAULT, complain

SETUP = """
from mypyc.build import mypycify
from setuptools import setup

modules = {modules!r}
setup(ext_modules=mypycify(["--ignore-missing-imports", *modules], group_name={group!r}))
"""
"""What builds them, in a folder with a copy of the sources."""
GROUP = "indexer.extract.all"
NEEDED = (
    "Nodig zijn een C-compiler, de kopregels van Python en mypy: `apt-get install gcc "
    "python3-dev` en `pip install 'kamerzoek[compiled]'`. Zonder dat werkt alles ook, langzamer."
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "compile", help="maak machinecode van de lezer van PDF's, die dan sneller is"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compile, unless that was done, and say so."""
    del options
    if compiled.places():
        print("De lezer van PDF's is al gecompileerd.")
        return DONE
    if importlib.util.find_spec("mypyc") is None:
        return complain(f"Mypyc is er niet. {NEEDED}", FAULT)
    print("De lezer van PDF's wordt gecompileerd; dat duurt ongeveer een minuut.", flush=True)
    with tempfile.TemporaryDirectory(prefix="kamerzoek-") as folder:
        fault = _build(Path(folder))
        if fault:
            return complain(f"Compileren lukt niet. {NEEDED}\n{fault}", FAULT)
    print(f"Klaar: {compiled.FOLDER}")
    return DONE


def _build(folder: Path) -> str:
    """Build in a folder and put the result in its place; return what went wrong, if anything."""
    root = compiled.PACKAGE.parent
    shutil.copytree(root, folder / "indexer", ignore=shutil.ignore_patterns("compiled", "*.so"))
    modules = [f"indexer/extract/{name}.py" for name in compiled.MODULES]
    (folder / "setup.py").write_text(SETUP.format(modules=modules, group=GROUP), "utf-8")
    done = subprocess.run(
        [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    made = folder / "indexer" / "extract"
    libraries = [*made.glob("*.so"), *made.glob("*.pyd")]
    if done.returncode or len(libraries) <= len(compiled.MODULES):
        return "\n".join((done.stdout + done.stderr).splitlines()[-10:])
    _put(libraries, compiled.of_sources(made))
    return ""


def _put(libraries: list[Path], stamp: str) -> None:
    """Put libraries in their folder; the stamp goes last, without which they are not used."""
    compiled.FOLDER.mkdir(parents=True, exist_ok=True)
    for old in (compiled.FOLDER / compiled.STAMP, *compiled.FOLDER.iterdir()):
        old.unlink(missing_ok=True)  # not written over: a running process has it in its memory
    for library in libraries:
        shutil.move(library, compiled.FOLDER / library.name)
    (compiled.FOLDER / compiled.STAMP).write_text(stamp, "ascii")
