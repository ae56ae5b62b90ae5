# Two commands are enough: `make demo`, `make test`. The others are parts of them.
PORT ?= 8000
PYTHON ?= python3.11
VENV := .venv
UV := $(VENV)/tools/bin/uv
INSTALLED := $(VENV)/installed

.PHONY: install demo test check test-postgres test-browser screenshots bench

install: $(INSTALLED)

$(INSTALLED): requirements/development.txt pyproject.toml
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv --without-pip $(VENV)
	@test -x $(UV) || ($(PYTHON) -m venv $(VENV)/tools && $(VENV)/tools/bin/pip install --quiet --disable-pip-version-check uv)
	@VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --require-hashes requirements/development.txt
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
