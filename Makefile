# Two commands are enough: `make demo` and `make test`. The others are parts of them.
PORT ?= 8000
PYTHON ?= python3.11
JOBS ?= auto
VENV := .venv
UV := $(VENV)/tools/bin/uv
INSTALLED := $(VENV)/installed
RUN := $(VENV)/bin
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=pourtous.config.settings.test
PYTEST := $(RUN)/pytest -n $(JOBS)

.PHONY: install demo test check test-sqlite test-postgres test-browser system-packages screenshots bench messages lock clean

install: $(INSTALLED)  ## Build .venv with everything; afterwards .venv/bin/pourtous works

$(INSTALLED): requirements/development.txt pyproject.toml
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Install Debian's package python3.11-venv first."; exit 1; }
	@test -x $(RUN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	@test -x $(UV) || { $(PYTHON) -m venv $(VENV)/tools && $(VENV)/tools/bin/pip install --quiet --disable-pip-version-check uv; }
	@VIRTUAL_ENV=$(VENV) $(UV) pip sync --quiet --require-hashes requirements/development.txt
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install  ## Start the platform with the demonstration territory
	@$(RUN)/pourtous demo --port $(PORT)

test: install system-packages test-sqlite test-postgres  ## All tests, on both databases and in the browser

test-sqlite: install
	@$(PYTEST)

test-postgres: install
	@$(RUN)/python -m tools.throwaway_postgres $(PYTEST) -m "not browser"; status=$$?; \
	 if [ $$status = 3 ] && [ -z "$$CI" ]; then exit 0; fi; exit $$status

test-browser: install system-packages
	@$(PYTEST) -m browser

system-packages:
	@tools/system_packages.sh

check: install  ## Lint, types, contracts
	@$(RUN)/ruff check
	@$(RUN)/ruff format --check
	@$(RUN)/mypy
	@$(RUN)/lint-imports --no-logo 2>/dev/null || $(RUN)/lint-imports
	@git ls-files -z 'src/*.html' | xargs -0 $(RUN)/djade --target-version 5.2 --check
	@$(RUN)/djlint src --lint --quiet
	@$(TEST_SETTINGS) $(RUN)/python -m django makemigrations --check --dry-run
	@$(TEST_SETTINGS) $(RUN)/python -m tools.catalogues --check

screenshots: install system-packages  ## Every key page, phone and desktop, as PNG under var/screenshots
	@$(RUN)/python -m tools.screenshots

bench: install  ## Measurements, each beside its reference; fails when a figure falls short
	@$(RUN)/python -m bench

messages: install  ## Bring the French catalogues and the data dictionary in step with the code
	@$(TEST_SETTINGS) $(RUN)/python -m tools.catalogues
	@$(RUN)/python -m tools.data_dictionary

lock: install  ## Lock the newest versions allowed, with hashes, without addresses
	@$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements/runtime.txt
	@$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -c requirements/runtime.txt -o requirements/development.txt
