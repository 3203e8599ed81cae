"""The command `compile`: machine code of the busiest modules, by mypyc and a C compiler.

What Python itself makes anew in each process is made once too: the bytecode of all modules, the
code of expressions and of the methods of dataclasses.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer import compiled
from indexer.commands.exits import DONE, FAULT, complain

SETUP = """
from mypyc.build import mypycify
from setuptools import setup

modules = {modules!r}
setup(ext_modules=mypycify(["--ignore-missing-imports", *modules], group_name={group!r}))
"""
"""What builds those of a package, in a folder with a copy of the sources."""
NEEDED = (
    "Nodig zijn een C-compiler, de kopregels van Python en mypy: `apt-get install gcc "
    "python3-dev` en `pip install 'kamerzoek[compiled]'`. Zonder dat werkt alles ook, langzamer."
)


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to a parser."""
    parser = commands.add_parser(
        "compile", help="maak machinecode van het drukste werk, dat dan sneller is"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compile what is not compiled yet, and say so."""
    del options
    # Also where Python is told to write none of it (PYTHONDONTWRITEBYTECODE).
    for package in ("indexer", "search_app"):
        compileall.compile_dir(compiled.ROOT.parent / package, quiet=2)
    for made_before in ("expressions", "generated"):
        command = [sys.executable, "-m", f"indexer.{made_before}"]
        subprocess.run(command, check=False)  # noqa: S603 - our own words
    wanted = [package for package in compiled.MODULES if not compiled.places(package)]
    if not wanted:
        print("Het drukste werk is al gecompileerd.")
        return DONE
    if importlib.util.find_spec("mypyc") is None:
        return complain(f"Mypyc is er niet. {NEEDED}", FAULT)
    print("Dit duurt ongeveer een minuut.", flush=True)
    for package in wanted:
        with tempfile.TemporaryDirectory(prefix="kamerzoek-") as folder:
            fault = _build(package, Path(folder))
        if fault:
            return complain(f"Compileren lukt niet. {NEEDED}\n{fault}", FAULT)
        print(f"Gecompileerd: {compiled.folder(package)}", flush=True)
    return DONE


def _build(package: str, folder: Path) -> str:
    """Build in a folder and put the result in its place; return what went wrong, if anything."""
    root = folder / "indexer"
    shutil.copytree(compiled.ROOT, root, ignore=shutil.ignore_patterns("compiled", "*.so"))
    modules = [f"indexer/{package}/{name}.py" for name in compiled.MODULES[package]]
    setup = SETUP.format(modules=modules, group=f"indexer.{package}.all".replace("/", "."))
    (folder / "setup.py").write_text(setup, "utf-8")
    done = subprocess.run(
        [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    libraries = [*(root / package).glob("*.so"), *(root / package).glob("*.pyd")]
    if done.returncode or len(libraries) <= len(modules):
        return "\n".join((done.stdout + done.stderr).splitlines()[-10:])
    _put(libraries, compiled.folder(package), compiled.of_sources(package, root))
    return ""


def _put(libraries: list[Path], folder: Path, stamp: str) -> None:
    """Put libraries in their folder; the stamp goes last, without which they are not used."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (folder / compiled.STAMP, *folder.glob("*.so"), *folder.glob("*.pyd")):
        old.unlink(missing_ok=True)  # not written over: a running process has it in its memory
    for library in libraries:
        shutil.move(library, folder / library.name)
    (folder / compiled.STAMP).write_text(stamp, "ascii")
