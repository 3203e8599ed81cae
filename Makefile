# Kamerzoek: `make run` shows it, `make test` checks it. Needs git, make and Python 3.11+.
PYTHON ?= python3
# A plain path to this folder: what else pip puts there takes .01 second of every command's start.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --config-settings editable_mode=compat
PAPERS ?= corpus/sample
INDEX ?= index
PORT ?= 8000
BIN = .venv/bin

.PHONY: install compiled run test newer lint soak bench bench-hostile load lock audit sbom quality corpus opensearch nodes screens clean
install: .venv/installed-compiled
	@$(BIN)/python -m indexer compile || true

run: .venv/installed
	@$(BIN)/python -m indexer build $(PAPERS) --index $(INDEX) || [ $$? -eq 3 ]
	@KAMERZOEK_LOG=$${KAMERZOEK_LOG:-fouten} $(BIN)/python -m search_app serve --index $(INDEX) --port $(PORT)

test: compiled lint
	@$(BIN)/python -m pytest
	@KAMERZOEK_SOURCE=1 $(BIN)/python -m pytest -q -m 'not compiled and not soak' tests/extract tests/analysis \
		tests/engine/test_oracle.py tests/engine/test_codec.py tests/engine/matching/test_proximity.py \
		tests/engine/arrays tests/engine/postings tests/engine/shown
	@.ci/newer

# Some of the tests with a newer Python than that of .venv, where one is.
newer: .venv/installed-dev
	@.ci/newer

# Machine code of the modules that read pages and words and look at places, where there is a C compiler.
# Without it their source is run, with the same results.
compiled: .venv/installed-dev
	@$(BIN)/python -m indexer compile || true

lint: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# The long run: kills, faults and hostile input in large numbers. What each test did, with its seed and
# the faults that took effect, is kept as rows in FAULTS and shown as a table.
FAULTS ?= build/faults.jsonl
soak: .venv/installed-dev
	@mkdir -p $(dir $(FAULTS))
	@FAULTS=$(abspath $(FAULTS)) $(BIN)/python -m pytest -m soak $(SOAK); code=$$?; \
	    [ ! -e $(FAULTS) ] || $(BIN)/python -m tests.faults $(FAULTS); exit $$code

bench: .venv/installed-bench compiled
	@$(BIN)/python -m tests.bench.run $(BENCH)
	@$(BIN)/python -m tests.bench.extraction

# Our engine beside Whoosh, SQLite FTS5, tantivy, Xapian and bm25s on 100,000 passages: an hour.
bench-engine: .venv/installed-bench
	@$(BIN)/python -m tests.bench.scale.run --write $(BENCH)

# 5,000 hostile files, ours beside pdfminer.six as it is: some minutes.
bench-hostile: .venv/installed-bench
	@$(BIN)/python -m tests.bench.hostile --write

# People on the server: 20 and 100, alone and while the index is renewed (LOAD="--seconds 120").
load: .venv/installed-load
	@$(BIN)/python -m tests.bench.load.run --write $(LOAD)

# What is deployed, pinned with hashes: made again with newer versions within setup.cfg's ranges.
LOCK = deploy/requirements.lock
lock: .venv/installed-release
	@mkdir -p build
	@$(BIN)/uv pip compile setup.cfg --extra loops --extra opensearch --extra s3 --universal --generate-hashes \
		--python-version 3.11 --no-header --upgrade --quiet --output-file build/lock
	@{ echo '# Made by `make lock` from setup.cfg: what the image installs, each file by its hash.'; \
		cat build/lock; } > $(LOCK)

# Known holes in what is deployed; without network it says so and is no failure.
audit: .venv/installed-release
	@$(BIN)/python -m pytest -q tests/test_lock.py
	@if $(BIN)/python -c 'import socket; socket.create_connection(("pypi.org", 443), 5)' 2>/dev/null; \
		then $(BIN)/pip-audit --requirement $(LOCK) --disable-pip --require-hashes; \
		else echo "Left out: pip-audit asks pypi.org, which cannot be reached from here."; fi

# The bill of materials of what is deployed, in CycloneDX.
sbom: .venv/installed-release
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements $(LOCK) --of JSON --output-reproducible -o build/sbom.cdx.json
	@echo build/sbom.cdx.json

# How often the papers are read right: `make quality TABLES="marks pairs"` for some of the tables.
quality: .venv/installed-dev
	@$(BIN)/python -m tests.quality $(TABLES)

# Fetches what real OpenSearch nodes for tests need (Java 17 or newer and Maven must be there).
opensearch: .venv/installed-dev
	@$(BIN)/python -m tests.opensearch.nodes fetch

# Runs OpenSearch nodes on this machine for development: `make nodes NODES=3`.
NODES ?= 1
nodes: .venv/installed-dev
	@$(BIN)/python -m tests.opensearch.nodes $(NODES)

# Typesets the sample papers and their truth files again from corpus/source.
corpus: .venv/installed-dev
	@$(BIN)/python corpus/source/typeset.py

# Pictures of the main pages for docs/handleiding.md.
screens: .venv/installed-dev
	@$(BIN)/python -m tests.browser.screens docs/schermen

clean:
	rm -rf .venv .opensearch index build *.egg-info indexer/*/compiled indexer/*/*/compiled

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Kamerzoek needs Python 3.11 or newer; try: make PYTHON=python3.12 run" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/installed: setup.cfg | .venv/bin/python
	@echo "Installing into .venv (once): a minute or more"
	@$(PIP) --editable .
	@touch $@

.venv/installed-compiled: setup.cfg | .venv/bin/python
	@echo "Installing into .venv (once): a minute or more"
	@$(PIP) --editable '.[compiled]'
	@touch .venv/installed $@

.venv/installed-dev: setup.cfg | .venv/bin/python
	@echo "Installing into .venv, with the development tools (once): some minutes"
	@$(PIP) --editable '.[dev]'
	@touch .venv/installed $@

.venv/installed-bench: setup.cfg | .venv/bin/python
	@$(PIP) --editable '.[dev,bench]'
	@touch .venv/installed .venv/installed-dev $@

.venv/installed-load: setup.cfg | .venv/bin/python
	@$(PIP) --editable '.[dev,load]'
	@touch .venv/installed .venv/installed-dev $@

.venv/installed-release: setup.cfg | .venv/bin/python
	@$(PIP) --editable '.[dev,release]'
	@touch .venv/installed .venv/installed-dev $@
