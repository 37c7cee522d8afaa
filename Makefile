# Every target sets up what it needs: python3 (3.11 or newer) and make are enough.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= .remuner
RUNS ?= 20
EFFORT ?= 10
FORM ?= quick
COMPOSE ?= docker compose
BIN := .venv/bin
READY := .venv/.ready
CLIENT := tests/e2e/typescript
CLIENT_READY := $(CLIENT)/node_modules/.package-lock.json
CONSOLE := src/remuner/console/index.html
CONSOLE_READY := console/node_modules/.package-lock.json
NODE := PATH=$(CURDIR)/$(BIN):$$PATH
NPM_CI := npm ci --loglevel error --no-update-notifier --ignore-scripts --no-audit --no-fund
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
ifneq ($(shell test -w "$$HOME" && echo writable),writable)
export UV_CACHE_DIR := $(CURDIR)/.venv/.cache
export npm_config_cache := $(CURDIR)/.venv/.npm
endif

help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | while IFS=$$'\t' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: $(READY) $(CLIENT_READY) $(CONSOLE) browser ## Install everything that the other targets need; start nothing

$(READY): requirements-dev.lock requirements-uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "remuner needs Python 3.11 or newer: make PYTHON=python3.13 ...")'
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock; } || { rm -rf .venv; echo "no Python environment: on Debian, apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/uv pip sync -q --compile-bytecode --require-hashes --python $(BIN)/python requirements-dev.lock
	@$(BIN)/uv pip install -q --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(CLIENT_READY): $(READY) $(CLIENT)/package-lock.json
	@$(NODE) $(NPM_CI) --prefix $(CLIENT)
	@touch $@

$(CONSOLE_READY): $(READY) console/package-lock.json
	@$(NODE) $(NPM_CI) --prefix console
	@touch $@

$(CONSOLE): $(CONSOLE_READY) $(shell find console/src console/public -type f) console/index.html console/vite.config.ts
	@cd console && $(NODE) npm run -s build -- --logLevel warn

console: $(CONSOLE) ## Build the web console

browser: # Debian's Chromium, where there is none and root may install it; without one the tests say what to do
	@$(PYTHON) tests/e2e/browser.py || test "$$(id -u)" != 0 || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get -qq install chromium libatomic1 >/dev/null; } || true

run: $(READY) $(CONSOLE) ## Run the whole product on http://127.0.0.1:8000 (PORT=8123 DATA_DIR=dir)
	@exec $(BIN)/remuner serve --port $(PORT) --data-dir $(DATA_DIR)

test: $(READY) $(CLIENT_READY) $(CONSOLE) browser ## Run every test, on a PostgreSQL and a Valkey of the session's own
	@cd console && $(NODE) npm test -s
	@$(BIN)/pytest -q -n auto --dist worksteal

test-cached: $(READY) $(CLIENT_READY) $(CONSOLE) browser ## Run every test of the API on the persistence `cached`, not only those that run on both
	@PERSISTENCE=cached $(BIN)/pytest -q -n auto --dist worksteal --ignore tests/e2e

test-containers: $(READY) $(CONSOLE) browser ## Run the console's tests against what `docker compose up -d remuner-frontend` has started, while it is empty
	@CONSOLE_URL=http://localhost:8080 CONSOLE_KEY=$$($(COMPOSE) run --rm -T operator remuner keys create --name tests) $(BIN)/pytest -q tests/e2e/console

screenshots: $(READY) $(CONSOLE) browser ## Take a picture of each page of the console, into docs/screenshots
	@$(BIN)/python -m tests.e2e.screenshots docs/screenshots

coverage: $(READY) $(CLIENT_READY) $(CONSOLE) browser ## Run every test and ask for 95 % of the branches
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n auto --dist worksteal
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report --skip-covered --show-missing --fail-under=95

soak: $(READY) ## Run the heavy race and fault tests (RUNS=20)
	@for run in $$(seq $(RUNS)); do echo "run $$run of $(RUNS)"; $(BIN)/pytest -q -m soak || exit 1; done

fuzz: RUNS = 3
fuzz: $(READY) ## Run the property tests with more effort, several times (EFFORT=10 RUNS=3)
	@for run in $$(seq $(RUNS)); do echo "run $$run of $(RUNS)"; EFFORT=$(EFFORT) $(BIN)/pytest -q -n auto --dist worksteal -m fuzz --timeout 3600 || exit 1; done

wrk: # What makes the load, where there is none and root may install it; without it the benchmarks say what to do
	@command -v wrk >/dev/null || test "$$(id -u)" != 0 || { apt-get -qq update && apt-get -qq install -y --no-install-recommends wrk; } >/dev/null || true

bench: $(READY) wrk ## Measure the contenders of each job side by side, and calls through the proxy (FORM=full JOB=switch)
	@$(BIN)/python -m benchmarks --$(FORM) $(if $(JOB),--job $(JOB))
	@test -n "$(filter-out proxy,$(JOB))" || $(BIN)/python -m benchmarks.calls --$(FORM)

bench-process: $(READY) wrk ## Measure one process: memory, start, tail, two workers; queries and bytes of each route (FORM=full)
	@$(BIN)/python -m benchmarks.routes
	@$(BIN)/python -m benchmarks.process --$(FORM)

bench-scale: $(READY) wrk ## Measure the latency with 1,000 to 1,000,000 users (FORM=full)
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || test "$$(id -u)" != 0 || { apt-get -qq update && apt-get -qq install -y --no-install-recommends postgresql; } >/dev/null || true
	@$(BIN)/python -m benchmarks.scale --$(FORM)

bench-console: $(READY) $(CONSOLE) browser ## Measure the console: Lighthouse, and rows after a keystroke
	@$(NODE) $(NPM_CI) --prefix benchmarks/lighthouse
	@$(BIN)/python -m benchmarks.console

check: $(READY) $(CONSOLE_READY) ## Check formatting, lint, strict types, import contracts, generated files
	@$(BIN)/black -q --check src tests benchmarks || { echo "run: make format" >&2; exit 1; }
	@$(BIN)/ruff check -q src tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache | tail -2
	@for file in docs/openapi/v1.*.json; do minor=$$(basename $$file .json); minor=$${minor#v1.}; $(BIN)/remuner openapi --api-version $$minor | cmp -s - $$file || { echo "$$file: minor $$minor is not what was released. Make a new minor (docs/versions.md); or, for the newest before its release: make openapi" >&2; exit 1; }; done
	@cd console && $(NODE) npm run -s check

openapi: $(READY) $(CONSOLE_READY) ## Write the OpenAPI document of the newest minor, and what the console takes from it
	@$(BIN)/remuner openapi > docs/openapi/new.json
	@mv docs/openapi/new.json docs/openapi/v$$(sed -n 's/^    "version": "\(.*\)",*$$/\1/p' docs/openapi/new.json).json
	@cd console && $(NODE) npm run -s generate

format: $(READY) $(CONSOLE_READY) ## Format with black, then ruff --fix; the console with prettier
	@$(BIN)/black -q src tests benchmarks
	@$(BIN)/ruff check -q --fix src tests benchmarks
	@cd console && $(NODE) npm run -s format

lock: $(READY) ## Pin the newest releases that pyproject.toml allows, with hashes
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 --extra embedded pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 -c requirements.lock pyproject.toml -o requirements-backend.lock
	@$(BIN)/uv pip compile -q --upgrade --universal --generate-hashes --no-header --python-version 3.11 --extra embedded --group dev --group bench -c requirements.lock -c requirements-uv.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove what setup and the tests made (never the data)
	@rm -rf .venv $(CLIENT)/node_modules console/node_modules benchmarks/lighthouse/node_modules src/remuner/console .mypy_cache .ruff_cache .pytest_cache .coverage .coverage.*

.PHONY: help setup browser console run test test-cached test-containers screenshots coverage soak fuzz wrk bench bench-process bench-scale bench-console check openapi format lock clean
