PYTHON ?= python3
ARGS ?=
DO = $(PYTHON) factcheck/bootstrap.py

.PHONY: help setup run test check fix faults browser screens bench openapi catalogue lock

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 12

setup: ## make .venv with everything, for working on the project
	@$(DO) setup
run: ## set up what is missing and start everything (Ctrl-C stops it)
	@$(DO) run $(ARGS)
test: ## the test suite
	@$(DO) test $(ARGS)
check: ## style, types, walls, migrations
	@$(DO) check
fix: ## what can be mended by itself
	@$(DO) fix
faults: ## killed workers, lost brokers, with real processes
	@$(DO) faults $(ARGS)
browser: ## journeys in a real Chromium
	@$(DO) browser $(ARGS)
screens: ## pictures of the main screens: all to screens/, the best to docs/screens/
	@$(DO) screens $(ARGS)
bench: ## benchmarks
	@$(DO) bench $(ARGS)
openapi: ## write docs/openapi.yaml anew
	@$(DO) openapi
catalogue: ## gather texts, compile the translations
	@$(DO) catalogue
lock: ## compile the lock files anew
	@$(DO) lock
