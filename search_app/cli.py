"""The commands that read an index: serve, search, evaluate, bench.

In go arguments, out come text or JSON and an exit code: 0, 2 for wrong use, 1 for a fault with a
sentence that says what to do.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from indexer.arguments import parser
from indexer.engine.errors import EngineError
from indexer.engine.interface import Index
from indexer.engine.locate import engine_for
from indexer.refused import told
from search_app.answers.form import LARGEST, options_of
from search_app.answers.ministries import meant
from search_app.answers.payload import answer_lines, answers_json
from search_app.answers.service import answer, make_desk
from search_app.answers.uploads import read_file
from search_app.app import HEADERS, create_app
from search_app.errors import ParameterError, UserError
from search_app.measuring.answers_run import make_answers_run, read_questions
from search_app.measuring.bench import measure
from search_app.measuring.evaluate import make_run, read_qrels, read_run, read_topics, write_run
from search_app.measuring.evaluation import evaluation_lines, evaluation_report
from search_app.search.lines import result_lines
from search_app.search.parameters import Parameters
from search_app.search.service import search
from search_app.server import Server
from search_app.serving import journal
from search_app.serving.circles import sweep_seldom
from search_app.settings import read_settings
from search_app.web.payload import search_json
from search_app.web.shared import HOLDER


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        return _done(int(arguments.run(arguments)))
    except (EngineError, UserError) as error:
        allowed = error.allowed if isinstance(error, ParameterError) else ()
        listed = f" Toegestaan: {', '.join(allowed)}." if allowed else ""
        print(f"{error}{listed}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads it has seen enough (`| head`). What is left would be written at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"Lezen of schrijven lukt niet: {told(error)}.", file=sys.stderr)
        return 1


def _done(code: int) -> int:
    """Return a code once all is written: at the end of the process a closed pipe is an error."""
    sys.stdout.flush()
    return code


def _parser() -> argparse.ArgumentParser:
    made = parser("kamerzoek", "Zoeken in Kamerstukken.")
    commands = made.add_subparsers(required=True, metavar="OPDRACHT")

    def command(name: str, run: object, told: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=told, description=told)
        added.set_defaults(run=run)
        added.add_argument("--index", required=True, metavar="PLAATS", help="map van de index")
        return added

    serve = command("serve", _serve, "Toon de zoekpagina in de browser.")
    serve.add_argument("--host", help="adres om op te luisteren (127.0.0.1)")
    serve.add_argument("--port", type=int, help="poort (8000)")
    find = command("search", _search, "Zoek op de opdrachtregel.")
    find.add_argument("query", metavar="ZOEKVRAAG")
    find.add_argument("-n", type=_size, default=10, help="aantal stukken (10)")
    find.add_argument("--json", action="store_true", help="als JSON, zoals de API")
    asked = command("answers", _answers, "Zoek voor elke vraag in een bestand eerdere antwoorden.")
    _add_answers(asked)
    judge = command("evaluate", _evaluate, "Meet de rangorde aan de hand van oordelen.")
    judge.add_argument("--topics", type=Path, required=True)
    judge.add_argument("--qrels", type=Path, required=True)
    judge.add_argument("--run-out", type=Path)
    judge.add_argument("--against", type=Path, metavar="RUN", help="vergelijk met een eerdere run")
    judge.add_argument("--mode", choices=("search", "answers"), default="search")
    judge.add_argument("--json", action="store_true")
    bench = command("bench", _bench, "Meet hoe snel zoekvragen beantwoord worden.")
    bench.add_argument("--queries", type=Path, required=True, help="bestand, een vraag per regel")
    bench.add_argument("--json", action="store_true")
    return made


def _add_answers(asked: argparse.ArgumentParser) -> None:
    """Add what `answers` takes: a file, and how to narrow and order what is found."""
    asked.add_argument(
        "file", type=Path, metavar="BESTAND", help="tekst, Word, OpenDocument of PDF met vragen"
    )
    asked.add_argument("-n", type=_few, default=5, help="antwoorden per vraag (5)")
    asked.add_argument("--newest", action="store_true", help="nieuwste antwoord eerst")
    asked.add_argument(
        "--ministry", action="append", default=[], metavar="MINISTERIE", help="naam of deel ervan"
    )
    asked.add_argument("--minister", default="", metavar="NAAM", help="beantwoord door")
    asked.add_argument("--from", dest="since", metavar="DATUM", help="vanaf deze datum")
    asked.add_argument("--to", dest="until", metavar="DATUM", help="tot en met deze datum")
    asked.add_argument("--pairs", action="store_true", help="alleen vragen met hun antwoord")
    asked.add_argument("--json", action="store_true", help="als JSON, zoals de API")


def _size(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 100:
        return int(text)
    raise argparse.ArgumentTypeError("geef een getal van 1 tot 100")


def _few(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= LARGEST:
        return int(text)
    raise argparse.ArgumentTypeError(f"geef een getal van 1 tot {LARGEST}")


def _open(arguments: argparse.Namespace) -> closing[Index]:
    return closing(engine_for(arguments.index).open(arguments.index))


def _serve(arguments: argparse.Namespace) -> int:
    settings = read_settings(
        os.environ, index=arguments.index, host=arguments.host, port=arguments.port
    )
    with _open(arguments) as index:  # a missing index is told here, not by the first visitor
        papers = index.summary.papers
    sweep_seldom()
    journal.set_up(settings.log, queries=bool(settings.log_queries))
    app = create_app(settings, warmed=True)
    with app.extensions[HOLDER].use():  # opened and warmed before the door opens
        server = Server(app, settings, HEADERS)
    print(f"Kamerzoek met {papers} stukken: http://{settings.host}:{server.port} (stop: Ctrl-C)")
    sys.stdout.flush()
    server.run()
    return 0


def _search(arguments: argparse.Namespace) -> int:
    with _open(arguments) as index:
        page = search(Parameters(q=arguments.query, size=arguments.n), index)
    if arguments.json:
        print(json.dumps(search_json(page), ensure_ascii=False))
    else:
        print("\n".join(result_lines(page)))
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    qrels = read_qrels(arguments.qrels)
    before = read_run(arguments.against) if arguments.against else None
    started = time.perf_counter()
    with _open(arguments) as index:
        if arguments.mode == "answers":
            run = make_answers_run(index, read_questions(arguments.topics), qrels)
        else:
            run = make_run(index, read_topics(arguments.topics), qrels)
    if arguments.run_out:
        write_run(run, arguments.run_out)
    report = evaluation_report(run, qrels, before)
    report["seconds"] = round(time.perf_counter() - started, 3)
    if arguments.json:
        print(json.dumps(report))
    else:
        print("\n".join(evaluation_lines(report)))
    return 0


def _answers(arguments: argparse.Namespace) -> int:
    """Print the earlier answers for each question of a file."""
    asked = read_file(arguments.file)
    with _open(arguments) as index:
        options = options_of(
            {
                "ministry": meant(arguments.ministry or (), index),
                "minister": arguments.minister,
                "from": arguments.since,
                "to": arguments.until,
                "sort": "newest" if arguments.newest else "relevance",
                "pairs": arguments.pairs,
                "n": arguments.n,
            }
        )
        found = answer(asked, options, make_desk(index), most=None)
    if arguments.json:
        print(json.dumps(answers_json(found), ensure_ascii=False))
    else:
        print("\n".join(answer_lines(found)))
    return 0


def _bench(arguments: argparse.Namespace) -> int:
    lines = arguments.queries.read_text("utf-8").splitlines() if arguments.queries.exists() else []
    queries = [line.strip() for line in lines if line.strip()]
    if not queries:
        told = f"{arguments.queries} is er niet of is leeg; geef een bestand met zoekvragen."
        print(told, file=sys.stderr)
        return 2
    with _open(arguments) as index:
        figures = measure(index, queries)
    if arguments.json:
        print(json.dumps(figures))
    else:
        print(f"{figures['queries']} zoekvragen: p50 {figures['p50']} ms, p95 {figures['p95']} ms")
        for threads, rate in figures["per_second"].items():
            print(f"{threads} draden: {rate} per seconde")
    return 0
