# Parley's commands. `make help` lists them; all of them install into .venv only, and can be run again and again.

.DEFAULT_GOAL := environment
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Compiled once, not at every start: that is a third of the time to start.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
ARGS ?=
bin := .venv/bin
pip := bin/python -m pip --disable-pip-version-check --no-input --quiet install
install := .venv/$(pip)

.PHONY: environment
environment: .venv/.parley  ## Build .venv, with Parley in it as .venv/bin/parley (bare `make` does this)

.PHONY: run
run: .venv/.parley  ## Start Parley on http://localhost:8080 (PARLEY_PORT changes the port); what it keeps is in var/
	@exec $(bin)/parley serve

.PHONY: demo
demo: .venv/.parley  ## Start Parley with made-up people and a year of their meetings, in var/demo; says with whom to sign in
	@PARLEY_DATA=var/demo $(bin)/parley demo
	@PARLEY_DATA=var/demo exec $(bin)/parley serve

.PHONY: test
test: .venv/.test  ## Check and test everything; installs Chromium, nginx and PostgreSQL from Debian when it may (ARGS="-k door" picks)
	@sh tests/prepare.sh
	@$(MAKE) check
	@$(bin)/pytest --numprocesses auto $(ARGS)

.PHONY: check
check: .venv/.test  ## Check format, style, imports and types, in well under a minute
	@$(bin)/ruff format --check --output-format concise
	@$(bin)/ruff check
	@$(bin)/lint-imports --no-logo --cache-dir .cache/imports
	@$(bin)/mypy

.PHONY: format
format: .venv/.test  ## Format the code and mend what can be mended by machine
	@$(bin)/ruff check --fix --quiet --exit-zero
	@$(bin)/ruff format

.PHONY: bench
bench: .venv/.bench  ## Measure Parley beside its peers; prints a table and writes JSON
	@$(bin)/python -m bench $(ARGS)

.PHONY: messages
messages: .venv/.test  ## Bring the translations in step with the source (src/parley/locale)
	@$(bin)/python scripts/messages.py $(ARGS)

.PHONY: reference
reference: .venv/.test  ## Write the pages of docs/reference that are made from the source
	@$(bin)/python scripts/reference.py

.PHONY: lock
lock:  ## Pin the newest versions of all dependencies, with hashes (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH." >&2; exit 1; }
	uv pip compile $(lock) requirements/build.in --output-file requirements/build.txt
	uv pip compile $(lock) pyproject.toml --output-file requirements/run.txt
	uv pip compile $(lock) requirements/test.in --output-file requirements/test.txt
	uv pip compile $(lock) requirements/bench.in --output-file requirements/bench.txt
lock := --quiet --no-config --no-header --generate-hashes --universal --python-version 3.11 --upgrade

.PHONY: clean
clean:  ## Remove what these commands built; var/ stays
	rm -rf .venv .cache dist

.PHONY: help
help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

# Stamps: each says that a step is done, so that the next run has nothing to do.

.venv/.made:
	@command -v $(PYTHON) >/dev/null || { echo "Parley needs Python 3.11 or newer, and $(PYTHON) is not there. On Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Parley needs Python 3.11 or newer; this is $$($(PYTHON) --version). Another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is not there. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making .venv (once) ..."
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/.run: .venv/.made requirements/build.txt requirements/run.txt
	@echo "Installing what Parley runs on ..."
	@$(install) --require-hashes --requirement requirements/build.txt --requirement requirements/run.txt
	@touch $@

.venv/.parley: .venv/.run pyproject.toml
	@$(install) --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.test: .venv/.run requirements/test.txt | .venv/.parley
	@echo "Installing what the tests need ..."
	@$(install) --require-hashes --requirement requirements/test.txt
	@touch $@

# Parley and its peers are measured as each would be installed alone: neither imports what came with the other.
.venv/.bench: .venv/.test requirements/run.txt requirements/bench.txt
	@echo "Installing what the benchmarks need ..."
	@$(PYTHON) -m venv --clear $(alone)/parley
	@$(alone)/parley/$(pip) --require-hashes --requirement requirements/build.txt --requirement requirements/run.txt
	@$(alone)/parley/$(pip) --no-build-isolation --no-deps --editable .
	@$(PYTHON) -m venv --clear $(alone)/peers
	@$(alone)/peers/$(pip) --require-hashes --requirement requirements/bench.txt
	@touch $@
alone := .venv/bench
