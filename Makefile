# Fengtu: `make` lists what there is to do.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
export PYTHONPATH := .:site:trace

.DEFAULT_GOAL := help
GATES := databases typed formatted layered linted configured
.PHONY: help demo test check format bench install install-dev messages $(GATES)

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: install ## Run everything on http://127.0.0.1:8000 with five counties' demo content
	@env DJANGO_SETTINGS_MODULE=config.settings.demo $(BIN)/python manage.py demo

test: install-dev ## Run the whole suite: embedded parts, then every real service whose URL is set
	@$(BIN)/python -m tests.run

# the gates wait for one core, so two run at once; beside them the databases are built that the tests copy
check: install-dev ## Every gate: format, lint, types, imports, templates, migrations, messages, then the tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target $(GATES)
	@$(MAKE) --no-print-directory test

$(GATES): install-dev

databases:
	$(BIN)/python -m tests.template

formatted:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

typed:
	$(BIN)/mypy

layered:
	$(BIN)/lint-imports

linted:
	$(BIN)/djlint --lint --quiet site shop trace brand

configured:
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run -v0

bench: install-dev ## The benchmarks, each beside its limit or peer (ARGS="--json FILE --only NAME")
	@$(BIN)/python -m tests.benchmarks $(ARGS)

# templates are linted, not reformatted: white space shows between Chinese characters
format: install-dev ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: install ## Compile the translations
	@$(BIN)/python manage.py compile_catalogues

install: $(VENV)/.installed node_modules/.installed ## Install what running needs

install-dev: $(VENV)/.installed-dev node_modules/.installed ## Install what developing needs

$(UV):
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.installed: uv.lock pyproject.toml | $(UV)
	@echo "installing the locked packages"
	@$(UV) sync --frozen --inexact --quiet --no-default-groups --group frontend
	@touch $@

$(VENV)/.installed-dev: uv.lock pyproject.toml | $(VENV)/.installed
	@echo "installing the packages for development"
	@$(UV) sync --frozen --inexact --quiet
	@touch $@

node_modules/.installed: package-lock.json | $(VENV)/.installed
	@echo "installing the front-end packages"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
