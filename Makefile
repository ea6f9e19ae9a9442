# Each target sets up what it needs, in .venv and nowhere else.
# Needs make and Python 3.11 or newer. To choose one: make test PYTHON=/path/to/python3.12

VENV := .venv
BIN := $(VENV)/bin
DEMO := runs/demo

# The first of these that runs and is new enough; looked up only when .venv has to be made.
CANDIDATES := python3.13 python3.12 python3.11 python3
NEW_ENOUGH := import sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in $(CANDIDATES); do \
	"$$python" -c "$(NEW_ENOUGH)" >/dev/null 2>&1 && echo "$$python" && break; done)

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test check bench docs clean

help:
	@echo "make demo    run Unictown on an invented campus and write its report"
	@echo "make test    run the tests"
	@echo "make check   style, types and import contracts"
	@echo "make bench   time the engine beside its rivals and the machine's limits"
	@echo "make docs    build the documentation into site/"
	@echo "make clean   remove .venv, caches and what these targets built"

demo: $(VENV)/.ready-run
	@$(BIN)/glasstown run unictown-campus --out $(DEMO) --replace
	@$(BIN)/glasstown report $(DEMO)

test: $(VENV)/.ready-test
	$(BIN)/pytest -n 2

check: $(VENV)/.ready-check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.ready-rivals
	@$(BIN)/python benchmarks/run.py $(BENCH)

docs: $(VENV)/.ready-docs
	$(BIN)/mkdocs build --strict

clean:
	rm -rf $(VENV) $(DEMO) site build dist .hypothesis .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# .ready-run is the package with its run-time dependencies; .ready-X adds the extra X.
# Versions come from constraints.txt, the builder's own too, hence no build isolation.
$(VENV)/.ready-%: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Setting up $(VENV) ($*): a minute or so the first time."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		hatchling
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--no-build-isolation --editable ".$(if $(filter-out run,$*),[$*])"
	@touch $@

# mesa-frames asks for NumPy 1, and runs with NumPy 2 all the same.
$(VENV)/.ready-rivals: $(VENV)/.ready-bench
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
		--no-deps mesa-frames
	@touch $@

# Debian's Python may come without ensurepip: its own pip then puts one into .venv.
$(BIN)/python:
	@test -n "$(PYTHON)" || { \
		echo "Glasstown needs Python 3.11 or newer, and none of these runs: $(CANDIDATES)." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c "$(NEW_ENOUGH)" 2>/dev/null || { \
		echo "$(PYTHON) does not run, is older than 3.11, or has no venv module." >&2; exit 1; }
	@if $(PYTHON) -c "import ensurepip" 2>/dev/null; then \
		$(PYTHON) -m venv --clear $(VENV); \
	else \
		$(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --quiet --disable-pip-version-check --python $@ install pip; \
	fi || { rm -rf $(VENV); \
		echo "No virtual environment could be made: $(PYTHON) needs pip (Debian: python3-venv)." >&2; exit 1; }
