"""The words of a command line → options, with help and errors in Dutch.

In go a program's name and what it is for, out comes a parser of Python's own that speaks Dutch, and
so do the parsers of its commands. Nothing of ours is imported, so that every command may.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

WRONG_USE = 2
# What Python says (English) and what is told instead. What is not here is told as Python says it.
TOLD = (
    (r"the following arguments are required: (.*)", r"er ontbreekt: \1"),
    (r"one of the arguments (.*) is required", r"er ontbreekt een van: \1"),
    (r"unrecognized arguments: (.*)", r"niet bekend: \1"),
    (r"ambiguous option: (.*) could match (.*)", r"‘\1’ kan meer betekenen: \2"),
    (r"expected one argument", "er moet één waarde achter staan"),
    (r"expected at least one argument", "er moet ten minste één waarde achter staan"),
    (r"expected (\d+) arguments?", r"er moeten \1 waarden achter staan"),
    (r"invalid int value: '(.*)'", r"‘\1’ is geen heel getal"),
    (r"invalid float value: '(.*)'", r"‘\1’ is geen getal"),
    (r"invalid choice: '(.*)' \(choose from (.*)\)", r"‘\1’ kan niet; kies uit \2"),
    (r"invalid \S+ value: '(.*)'", r"‘\1’ kan niet"),
    (r"not allowed with argument (.*)", r"kan niet samen met \1"),
    (r"ignored explicit argument '(.*)'", r"‘\1’ hoort er niet achter"),
)


class _Help(argparse.HelpFormatter):
    """Python's help, with `gebruik:` before how a command is used."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class _Dutch(argparse.ArgumentParser):
    def __init__(self, **given: object) -> None:
        super().__init__(**{**given, "formatter_class": _Help, "add_help": False})  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "wat erbij hoort", "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze hulp en stop")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USE, f"{self.prog}: {in_dutch(message)}. Meer: {self.prog} --help\n")


def parser(program: str, description: str) -> argparse.ArgumentParser:
    """Return a parser that speaks Dutch; commands that are added to it do too."""
    return _Dutch(prog=program, description=description)


def in_dutch(message: str) -> str:
    """Return an error of Python's parser in Dutch, or as it stands when it is not known."""
    about = re.fullmatch(r"argument (.*?): (.*)", message, re.DOTALL)
    if about:
        return f"bij {about[1]}: {in_dutch(about[2])}"
    for said, told in TOLD:
        if match := re.fullmatch(said, message, re.DOTALL):
            return match.expand(told)
    return message.rstrip(".")
