# Everything you can do with this clone. `make` alone shows the list.

SETUP := python3 scripts/setup.py
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
unexport PYTHONDONTWRITEBYTECODE # each process of the tests would compile everything anew
SPREAD := --numprocesses 4 --dist loadfile --no-loadscope-reorder
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

.PHONY: help run setup test prove soak check format clauses bench web wheel lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start Silkroad with its demo shop and say where to look (SILKROAD_PORT, SILKROAD_DATA_DIR)
	@$(SETUP) run
	@exec $(BIN)/silkroad demo

setup: ## Install everything that working on Silkroad needs
	@$(SETUP) test

test: check ## Check everything: the gates, then the tests, real browser included
	npm --prefix web --silent test
	$(BIN)/python -m pytest $(SPREAD)

prove: check ## Everything, everywhere, up to an hour: what a release has to pass
	npm --prefix web --silent test
	TEST_DEPTH=prove $(BIN)/python -m pytest $(SPREAD)

soak: setup ## The long trials: a thousand kills, and fuzzing for SOAK_MINUTES (default 60)
	TEST_DEPTH=soak $(BIN)/python -m pytest -m soak

check: setup ## Only the gates: style, types, import contracts, the released policy
	ruff check
	ruff format --check
	mypy
	lint-imports
	silkroad policy check
	npm --prefix web --silent run check

format: setup ## Put every file into the house style
	ruff check --fix
	ruff format
	npm --prefix web --silent run format

clauses: setup ## Run the tests that the clauses of the policy name, into build/clauses.json
	@rm -f build/tests.json
	silkroad clauses --tests > build/clauses.txt
	-$(BIN)/python -m pytest $(SPREAD) --continue-on-collection-errors @build/clauses.txt
	silkroad clauses --results build/tests.json --json > build/clauses.json
	silkroad clauses --results build/tests.json --check

bench: setup ## Measure speed and size beside a bare floor, into build/bench.json
	$(BIN)/python -m bench

web: ## Build the web files into silkroad/web/
	@$(SETUP) run

wheel: setup ## Build the installable package, web files inside, into dist/
	silkroad policy check --effective
	$(BIN)/python -m build --no-isolation --outdir dist

lock: ## Lock the newest allowed dependencies again (needs uv)
	@for name in bootstrap runtime scale dev node; do (cd requirements && uv pip compile --quiet \
	    --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header --output-file $$name.txt $$name.in) || exit 1; done

clean: ## Remove everything that make has made
	rm -rf .venv build dist silkroad/web web/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
