# `make serve` builds the shipped graph and publishes it; `make test` passes the tests. Nothing else is needed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   ?= .venv
STATE  ?= state
PORT   ?= 8000
SOAK   ?= comes_back_from_the_store or any_text_is_safe or as_by_pyshacl or incremental_is_full or release_affects or accepted_is_lost
BIN    := $(VENV)/bin
ASSETS := src/wallograph/web/static/built/.ready
INPUTS := $(shell find data ontology src -type f -not -name '*.pyc' -not -path '*/static/*')

.PHONY: serve build test lint bench bench-sparql bench-shacl bench-portals bench-accept soak lock clean help

help:            ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: $(STATE)/.built  ## build the shipped graph if needed and publish it on http://localhost:$(PORT)
	@$(MAKE) --no-print-directory $(ASSETS) || echo "the query editor could not be built; /sparql is a plain form"
	$(BIN)/wallograph serve --state $(STATE) --port $(PORT)

build: $(STATE)/.built  ## build the shipped graph

$(STATE)/.built: $(VENV)/.ready $(INPUTS)
	$(BIN)/wallograph build --state $(STATE)
	@touch $@

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wallograph needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-assets: $(VENV)/.ready requirements-assets.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-assets.lock
	@touch $@

# The query editor. Without it /sparql is a plain form, which works too.
$(ASSETS): $(VENV)/.ready-assets $(shell find frontend -type f -not -path '*/node_modules/*')
	PYTHON=$(abspath $(BIN)/python) scripts/build-assets
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready requirements-test.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

test: $(VENV)/.ready-test $(ASSETS) lint  ## every test, the browser tests among them
	scripts/ensure-chromium
	scripts/ensure-nginx
	scripts/ensure-postgres
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/.ready-test  ## style, types, the import contract
	$(BIN)/ruff check src tests scripts bench
	$(BIN)/mypy
	$(BIN)/lint-imports --config importlinter.toml

bench: $(VENV)/.ready-test  ## build, start and document times; the table goes to bench/results/
	$(BIN)/python -m bench.build

bench-sparql: $(VENV)/.ready-test  ## the SPARQL endpoint beside its peers; the table goes to bench/results/
	$(BIN)/python -m bench.sparql

bench-shacl: $(VENV)/.ready-test  ## the SHACL engine beside its peers; the table goes to bench/results/
	$(BIN)/python -m bench.shacl

bench-portals: $(VENV)/.ready-test  ## documents and dumps beside their floors; the table goes to bench/results/
	$(BIN)/python -m bench.portals

bench-accept: $(VENV)/.ready-test  ## from a curator's "accept" until readers see it; the table goes to bench/results/
	$(BIN)/python -m bench.accept

soak: $(VENV)/.ready-test  ## the long campaigns, with a printed seed; the last result is kept in bench/results/
	@mkdir -p bench/results
	@seed=$${SEED:-$$(date +%s)}; echo "seed $$seed (SEED=$$seed make soak repeats it)" | tee bench/results/soak.txt; \
	SEED=$$seed WALLOGRAPH_SOAK=1 $(BIN)/python -m pytest tests/test_store.py tests/test_search.py tests/test_shacl_random.py \
	  tests/test_shacl_incremental.py tests/test_faults.py --hypothesis-seed=$$seed \
	  --hypothesis-show-statistics -k "$(SOAK)" 2>&1 | tee -a bench/results/soak.txt

lock:            ## renew the lock files from pyproject.toml
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet pip-tools
	.venv-lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-options \
	  --all-build-deps -o requirements.lock pyproject.toml
	.venv-lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-options \
	  --all-build-deps --extra test -o requirements-test.lock pyproject.toml
	.venv-lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-options \
	  --extra assets -o requirements-assets.lock pyproject.toml
	rm -rf .venv-lock

clean:           ## remove what was built
	rm -rf $(VENV) $(STATE) build dist
