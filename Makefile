# Every target makes the environments that it needs, from Python 3.11 or newer and a package index.
# Those of the tests, of SAM and of the emulator are apart: they pin different botocores, and
# functions run in the emulator's interpreter, where nothing but its own packages may be found.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
TOOLS := $(VENV)/tools
DEV := $(VENV)/dev
SAM := $(VENV)/sam
EMULATOR := $(VENV)/emulator
UV := $(CURDIR)/$(TOOLS)/bin/uv
# Ours alone: SAM and the emulator must not find our packages.
PY := PYTHONPATH=$(CURDIR)/layers/core:$(CURDIR) $(CURDIR)/$(DEV)/bin/python
ENV ?= default

export UV
export UV_PYTHON_DOWNLOADS := never
export SAM_CLI_TELEMETRY := 0

##@ Run

.PHONY: help
help: ## Show this list.
	@awk 'BEGIN {FS = ":.*## "} \
		/^##@ / {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

.PHONY: dev
dev: $(DEV)/.stamp $(SAM)/.stamp $(EMULATOR)/.stamp ## Start the whole stack here, with demo users; Ctrl-C stops it.
	@$(PY) -m local.start --foreground

.PHONY: stack
stack: $(DEV)/.stamp $(SAM)/.stamp $(EMULATOR)/.stamp ## The same in the background.
	@$(PY) -m local.start

.PHONY: stack-down
stack-down: $(DEV)/.stamp ## Stop what `make stack` started; its data stays.
	@$(PY) -m local.stop

.PHONY: redrive
redrive: $(DEV)/.stamp ## Send dead letters again: of the local stack, or of ENV=staging or prod on AWS.
	@$(PY) -m local.redrive $(if $(filter-out file,$(origin ENV)),--env $(ENV)) $(ARGS)

.PHONY: demo
demo: $(DEV)/.stamp ## Play a conversation on the running stack.
	@$(PY) -m local.demo

##@ Check

.PHONY: test
test: $(DEV)/.stamp $(SAM)/.stamp $(EMULATOR)/.stamp ## All tests that need no Docker (ARGS="-k ticket" narrows them).
	$(PY) -m pytest $(ARGS)

.PHONY: check
check: $(DEV)/.stamp $(SAM)/.stamp ## Style, types, import rules, template, generated files.
	$(DEV)/bin/ruff check .
	$(DEV)/bin/ruff format --check .
	$(DEV)/bin/mypy
	PYTHONPATH=layers/core:. $(DEV)/bin/lint-imports
	$(PY) -m local.contracts --check
	for env in default staging prod; do $(SAM)/bin/sam validate --lint --region us-east-1 --config-env $$env; done

.PHONY: test-sam-local
test-sam-local: $(DEV)/.stamp $(SAM)/.stamp $(EMULATOR)/.stamp ## Every function on every sample event, in Docker.
	$(PY) -m local.sam_local

.PHONY: bench
bench: $(DEV)/.stamp $(SAM)/.stamp $(EMULATOR)/.stamp ## Measure against the budgets; writes benchmarks/results/.
	$(PY) -m benchmarks

##@ Change

.PHONY: contracts
contracts: $(DEV)/.stamp ## Write OpenAPI and AsyncAPI anew from the models.
	$(PY) -m local.contracts --write

.PHONY: format
format: $(DEV)/.stamp ## Let ruff put the code in order.
	$(DEV)/bin/ruff check --fix .
	$(DEV)/bin/ruff format .

LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: lock
lock: $(TOOLS)/.stamp ## Write requirements/*.txt anew from *.in (UPGRADE=1 for the newest versions).
	cd requirements && for name in tools deps imaging dev sam emulator; do \
		cp -p $$name.txt $$name.old; \
		$(LOCK) $(if $(UPGRADE),--upgrade) $$name.in --output-file $$name.txt; \
		if cmp -s $$name.txt $$name.old; then mv $$name.old $$name.txt; else rm $$name.old; fi; done

##@ Ship

.PHONY: build
build: $(TOOLS)/.stamp $(SAM)/.stamp ## Build functions and layers for Lambda into .aws-sam/.
	@# Handlers are packed as they lie there; what tests compiled of them does not belong to it.
	find functions -name __pycache__ -prune -exec rm -rf {} +
	$(SAM)/bin/sam build --config-env $(ENV)

.PHONY: deploy
deploy: build ## Deploy to your AWS account (ENV=staging or prod picks the section of samconfig.toml).
	$(SAM)/bin/sam deploy --config-env $(ENV)

.PHONY: clean
clean: ## Remove environments, builds and caches; the local stack's data stays.
	rm -rf $(VENV) .aws-sam .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# ---------------------------------------------------------------- environments

# uv does not read pip's settings: where pip was told of a package mirror, uv is told too.
ifneq ($(PIP_INDEX_URL),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# The newest Python that really runs: a name on the PATH may be a shim with nothing behind it.
FIND_PYTHON := for python in $(PYTHON) python3.13 python3.12 python3.11 python3; do \
	if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo "$$python"; exit 0; fi; done; \
	echo "No Python 3.11 or newer with venv found; install one or name it: make PYTHON=/path/to/python3" >&2; exit 1

$(TOOLS)/.stamp: requirements/tools.txt
	@python=$$($(FIND_PYTHON)); echo "Setting up $(TOOLS) with $$("$$python" --version)"; \
	"$$python" -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/tools.txt
	@touch $@

$(VENV)/%/.stamp: requirements/%.txt $(TOOLS)/.stamp
	@echo "Setting up $(VENV)/$*"
	@test -x $(VENV)/$*/bin/python || $(UV) venv --quiet --clear --python $(TOOLS)/bin/python $(VENV)/$*
	@$(UV) pip sync --quiet --require-hashes --python $(VENV)/$*/bin/python requirements/$*.txt
	@touch $@

.SECONDARY:
