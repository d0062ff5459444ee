# The two commands of the README are `make run` and `make test`; `make check` is what CI runs.
# Both set themselves up in .venv, from nothing but Python 3.11 or newer and make.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
# In the order of the folders: the few long tests of commands and pages come first, and none is left at the end.
IN_TWO := -n 2 --dist loadfile --no-loadscope-reorder
BENCHMARKS ?= lists participants migration importing

.DEFAULT_GOAL := help
.PHONY: help setup run serve test unit integration check format lint types contracts tables docs bench lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Install everything into .venv, pinned and checked by hash

# uv installs in a third of the time; where it cannot be had, pip does the same.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5' 2>/dev/null || true
	@if [ -x $(BIN)/uv ]; then \
		VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock; \
	else false; fi \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## Load the shipped data into ecf.db, print a token and three curl lines, and serve
	$(BIN)/ecf demo

serve: $(READY) ## Serve ecf.db as it is
	$(BIN)/ecf serve

test: $(READY) ## Run every test, on SQLite and on a real PostgreSQL
	$(BIN)/pytest $(IN_TWO)

unit: $(READY) ## Run the tests that open nothing
	$(BIN)/pytest tests/unit

integration: $(READY) ## Run the tests that open files, databases and servers
	$(BIN)/pytest $(IN_TWO) tests/integration

check: lint types contracts docs test ## Everything that CI checks

lint: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

format: $(READY) ## Format the code, and mend what can be mended
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

tables: $(READY) ## Write the tables of the documentation from the code
	$(BIN)/python -m docs.write_tables

docs: $(READY) ## Build the documentation as a site, in dist/site; whatever is wrong with it is an error
	$(BIN)/sphinx-build --quiet --fresh-env --fail-on-warning --keep-going --conf-dir docs \
		--doctree-dir dist/doctrees . dist/site
	@echo "dist/site/index.html"

bench: $(READY) ## Compare with others, and write the pages of docs/reference that show it
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target dist/bench \
		--require-hashes -r benchmarks/requirements.lock
	@for each in $(BENCHMARKS); do $(BIN)/python -m benchmarks.$$each $(OPTIONS) || exit 1; done

lock: $(READY) ## Pin the newest versions that pyproject.toml admits, with hashes and no index
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--upgrade --quiet --output-file requirements.lock
	$(BIN)/uv pip compile --group bench --constraint requirements.lock --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--upgrade --quiet --output-file benchmarks/requirements.lock

clean: ## Remove what was installed and built
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
