# Board papers from a self-assessment and its evidence. `make` alone says what there is.

MAKEFLAGS += -rR
.SUFFIXES:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BOARDPACK := $(BIN)/python -m pipeline
CYCLE ?=
DRAFT ?=
AUDIENCE ?= ned
# Names reach the program through the environment, letter for letter: neither make nor the shell looks into them.
override CYCLE := $(value CYCLE)
override AUDIENCE := $(value AUDIENCE)
export CYCLE AUDIENCE
AS_DRAFT := $(if $(filter-out 0 n N no No NO false False FALSE off Off OFF,$(DRAFT)),--draft)

.PHONY: help FORCE
help: ## What there is to make
	@echo "make board-paper checks the references and writes the board paper of the newest cycle."
	@echo
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo
	@echo "  CYCLE=2025-26   another cycle than the newest"
	@echo "  DRAFT=1         a draft that says what is missing, where a final paper is refused"
	@echo "  AUDIENCE=ned    who the question sheet is for: ned, lead or partner"

# --- papers ---------------------------------------------------------------------------------------------------------

# The program looks at every input, at itself and at what lies in build/, and makes what is missing or out of date.
.PHONY: board-paper baf-annex annual-report papers
board-paper: | $(BIN)/.run ## The board paper
	@$(BOARDPACK) build board-paper "$$CYCLE" $(AS_DRAFT)

baf-annex: | $(BIN)/.run ## The annex to the Board Assurance Framework
	@$(BOARDPACK) build baf-annex "$$CYCLE" $(AS_DRAFT)

annual-report: | $(BIN)/.run ## The health inequalities section of the annual report
	@$(BOARDPACK) build annual-report-section "$$CYCLE" $(AS_DRAFT)

papers: board-paper baf-annex annual-report ## The three papers

# Any template here becomes a paper: save templates/committee-paper.docx, run make build/2025-26/committee-paper.docx.
# A paper is written whole or not at all, so none is deleted, whatever stops its making.
.PRECIOUS: build/%.docx
build/%.docx: export PAPER = $@
build/%.docx: FORCE | $(BIN)/.run
	@$(BOARDPACK) build "$$PAPER"

# --- everything else ------------------------------------------------------------------------------------------------

.PHONY: check heatmaps trail forms questions pack publish bundle
check: | $(BIN)/.run ## Check every reference and answer, and say whether a final paper can be made
	@$(BOARDPACK) check "$$CYCLE"

heatmaps: | $(BIN)/.run ## The maturity heatmaps, as PNG and SVG
	@$(BOARDPACK) judge "$$CYCLE"
	@$(BOARDPACK) draw "$$CYCLE"

trail: | $(BIN)/.run ## The audit trail: one row for each citation, and a page to search it
	@$(BOARDPACK) trail "$$CYCLE"

forms: | $(BIN)/.run ## Excel and Word forms for each respondent
	@$(BOARDPACK) forms "$$CYCLE"

questions: | $(BIN)/.run ## Questions for non-executives, leads or partners (AUDIENCE=ned)
	@$(BOARDPACK) questions "$$CYCLE" --audience "$$AUDIENCE"

pack: | $(BIN)/.run ## One accessible PDF of the papers (needs LibreOffice)
	@$(BOARDPACK) pack "$$CYCLE"

publish: | $(BIN)/.run ## What may go on the website, in one folder
	@$(BOARDPACK) publish "$$CYCLE"

bundle: | $(BIN)/.run ## Papers, trail and evidence in one archive that verifies itself
	@$(BOARDPACK) bundle "$$CYCLE"

.PHONY: test lint bench pictures reference lock clean
test: $(BIN)/.dev ## Run the tests
	@$(BIN)/python -m pytest -n auto

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

clean: ## Remove everything made, and the Python environment
	rm -rf build $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
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
