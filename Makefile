# The two commands are `make book` and `make test`; both set up their own environment.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: book pdf test region dossier check changed same new-region workbook upgrade codecheck notebooks messages lab bench faults audit lock clean

book: $(READY)
	$(BIN)/python scripts/build.py $(if $(DASK),--dask $(DASK))

pdf: book
	$(BIN)/python scripts/pdf.py

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadscope

region: $(READY)
	$(BIN)/python scripts/build.py --region $(REGION)

dossier: $(READY)
	$(BIN)/python scripts/build.py --region $(REGION) --dossier

check: $(READY)
	$(BIN)/python scripts/check.py $(REGION) $(if $(JSON),--json)

same: $(READY)
	$(BIN)/python scripts/same.py $(BEFORE) $(AFTER)

new-region: $(READY)
	$(BIN)/python scripts/new_region.py $(REGION) $(if $(WORKBOOK),--workbook "$(WORKBOOK)")

workbook: $(READY)
	$(BIN)/python scripts/workbook.py $(REGION) $(if $(LANGUAGE),--language $(LANGUAGE))

upgrade: $(READY)
	$(BIN)/python scripts/upgrade.py $(REGION)

changed: $(READY)
	$(BIN)/python scripts/changed.py $(BEFORE) $(AFTER) $(if $(TOLERANCE),--tolerance $(TOLERANCE))

codecheck: $(READY)
	$(BIN)/python scripts/codecheck.py

notebooks: $(READY)
	$(BIN)/python scripts/notebooks.py

messages: $(READY)
	$(BIN)/python scripts/messages.py

lab: $(READY)
	$(BIN)/python -m jupyterlab --notebook-dir notebooks

bench: $(READY)
	$(BIN)/python scripts/bench.py

faults: $(READY)
	$(BIN)/python scripts/faults.py

# Known weaknesses of the locked versions; asks PyPI, and needs uv as the next one does.
audit:
	uvx pip-audit --requirement requirements.lock --disable-pip --require-hashes

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes -o requirements.lock

clean:
	rm -rf build _build book/generated .pytask pytask.lock .pytest_cache .hypothesis .ruff_cache

# Bytecode is compiled here because PYTHONDONTWRITEBYTECODE would make every kernel compile its imports again.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-compile -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q -j 0 $(VENV)/lib src || true
	touch $@
