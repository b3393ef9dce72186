# Set-up needs python3 (3.11 or newer) alone; another interpreter: make PYTHON=python3.12
PYTHON ?= python3
# More arguments for the program that a target starts: make test ARGS="tests/shared -x"
ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# Without addresses of any index: a lock must work with every mirror.
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := setup
.NOTPARALLEL:
.PHONY: setup run test lint format lock fuzz bench cut soak screenshots clean

setup:  ## make .venv and install everything into it
	@$(PYTHON) -m tools.bootstrap

run: setup  ## run the demo hall
	@$(BIN)/jiaohao demo $(ARGS)

test:  ## run every test
	@$(PYTHON) -m tools.bootstrap --tests
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: setup  ## check format, style, types, import contracts, QML and translations
	@$(BIN)/python -m tools.lint $(ARGS)

format: setup  ## put Python and QML into the agreed format
	@$(BIN)/python -m tools.lint --fix

bench: setup  ## measure speed against bare drivers and an empty window
	@$(BIN)/python -m benchmarks $(ARGS)

cut: setup  ## pull the network cable between a hall's programs and its database (root on Linux), and measure
	@$(BIN)/python -m benchmarks.cut $(ARGS)

soak: setup  ## kill programs by force, a thousand times on each engine, and prove that nothing was lost
	@$(BIN)/python -m benchmarks.soak $(ARGS)

screenshots: setup  ## draw the pictures of docs/images anew, from a demo hall at work
	@$(BIN)/python -m tools.screenshots $(ARGS)

fuzz: setup  ## let atheris send pads, scanners and key maps whatever it thinks of (Linux)
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-fuzz.lock
	@$(BIN)/python -m tools.fuzz $(ARGS)

lock:  ## resolve the dependencies anew (needs uv)
	$(LOCK) --python-version 3.11 --group dev --extra voice pyproject.toml -o requirements.lock
	$(LOCK) --python-version 3.13 --group emupos -o requirements-emupos.lock
	$(LOCK) --python-version 3.11 --group pyproject.toml:fuzz -o requirements-fuzz.lock

clean:  ## remove what set-up and tests made
	rm -rf .venv .venv-emupos .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build
