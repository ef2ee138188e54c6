# Board papers from a self-assessment and its evidence. `make` alone says what there is.

MAKEFLAGS += -rR
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BOARDPACK := $(BIN)/python -m pipeline
BOARDPACK_SETUP := $(BIN)/.run

# What a user makes is made here as in any other workspace, by the program of this folder.
include $(dir $(lastword $(MAKEFILE_LIST)))pipeline/data/workspace/Makefile
$(filter-out help clean,$(COMMANDS)): | $(BOARDPACK_SETUP)

# --- for those who work on boardpack --------------------------------------------------------------------------------

.PHONY: test coverage lint bench pictures reference lock
test: $(BIN)/.dev ## Run the tests
	@$(BIN)/python -m pytest -n auto

coverage: $(BIN)/.dev ## Run the tests, and say which lines none of them reaches
	@$(BIN)/python -m pytest -n auto --cov=pipeline --cov-report=term-missing:skip-covered

lint: $(BIN)/.dev ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(BIN)/.dev ## Measure speed beside other ways of doing the same
	@$(BIN)/python -m bench

pictures: board-paper heatmaps ## The README's pictures, from the sample (needs LibreOffice)
	@$(BIN)/python -m tools.pictures

reference: $(BIN)/.dev ## The page of finding codes and the JSON Schemas in docs/, from the program
	@$(BIN)/python -m tools.reference

# Newer releases only on request: UPGRADE=--upgrade, or UPGRADE='--upgrade-package docxtpl'.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)
lock: $(BIN)/.dev ## Write the lock files anew after a change of pyproject.toml, and say what changed
	@$(LOCK) pyproject.toml --group build --output-file requirements.lock
	@$(LOCK) pyproject.toml --group dev --output-file requirements-dev.lock
	@git diff --unified=0 -- requirements.lock requirements-dev.lock | grep "^[-+][a-z]" || echo "Nothing changed."

clean::
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the Python environment, from lock files with hashes --------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.12"; exit 2; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)

$(BIN)/.run: requirements.lock | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: requirements-dev.lock $(BIN)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
