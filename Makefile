# Everything starts from a fresh clone with Python 3.11 or newer; docs/configuration.md lists what can be set:
# make run WORKERS=3 PORT=9000 · make test ARGS="-k invite" · make run PYTHON=python3.12
PYTHON ?= python3
STEP = @$(PYTHON) -m wewatch.bootstrap

.PHONY: init run admin redis test lint lock clean

init: # packages, bundle, static files
	$(STEP) init

run: # serve http://localhost:8000
	$(STEP) run

admin: # an account for /admin/
	$(STEP) admin

redis: # the store alone, in the foreground
	$(STEP) redis

test: # lint, Python, JavaScript and browser tests
	$(STEP) test

lint:
	$(STEP) lint

lock: # pin requirements*.in anew into requirements*.txt
	$(STEP) lock

clean: # what can be made again; never the data folder
	rm -rf .venv node_modules build .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "The data folder is kept: it holds the rooms, the users and the secret key."
