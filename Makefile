# Each target works from a fresh clone: it makes .venv, installs what is locked, and does its work.
# Variables: HOST, PORT, WORKERS (make serve), PYTHON (which Python makes .venv), ARGS (passed on to what is started).

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
DJANGO := $(BIN)/python manage.py

# What speaks with PostgreSQL, Redis or S3 is installed where an address, from the environment or .env, names one.
address = $(subst ",,$(subst ',,$(or $($(1)),$(shell sed -n 's/^$(1)=//p' .env 2>/dev/null))))
SERVERS := $(filter postgres% psql% pgsql% redis% s3%,$(foreach name,DATABASE_URL CACHE_URL STORAGE_URL,$(call address,$(name))))
SITE_LOCK := $(if $(SERVERS),requirements-servers.lock,requirements.lock)
SITE := $(VENV)/$(SITE_LOCK:.lock=.installed)
DEV := $(VENV)/requirements-dev.installed

# Static files are collected, hashed and packed anew only where one of them, a package or the settings has changed since, or the
# folder is another. -newercm looks at the inode: a copy or a checkout may keep the time of a file, but not that.
STATIC := $(or $(call address,STATIC_ROOT),build/static)
STATIC_SOURCES = $(wildcard $(addsuffix /static,driversite news sponsors)) driversite/settings.py $(SITE)
COLLECT = [ -e '$(STATIC)/.collected' ] && [ -e '$(STATIC)/staticfiles.json' ] && \
	[ -z "$$(find $(STATIC_SOURCES) -newercm '$(STATIC)/.collected' 2>/dev/null || echo unknown)" ] || ( \
	rm -f '$(STATIC)/.collected' && mkdir -p '$(STATIC)' && touch '$(STATIC)/.collecting' && \
	$(DJANGO) collectstatic --no-input --verbosity 0 && mv '$(STATIC)/.collecting' '$(STATIC)/.collected' )

# Somebody who says nothing wants to develop, at the address asked for; what the environment or .env says stands.
unless_said = if [ -z "$$$(1)" ] && ! grep -qs '^$(1)=' .env; then export $(1)='$(2)'; fi
, := ,
HOSTS := $(if $(filter 0.0.0.0,$(HOST)),*,127.0.0.1$(,)localhost$(,)$(HOST))
# Ctrl-C while the site is prepared is no failure either; afterwards the server takes the shell's place.
QUIETLY = trap 'exit 0' INT

.PHONY: help run prepare serve test lint format bench screenshots messages lock

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## /make \1|/p' Makefile | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

run: $(SITE)  ## the site for trying and developing, with demo content where it is empty
	@$(call unless_said,DEBUG,true); $(call unless_said,ALLOWED_HOSTS,$(HOSTS)); \
	$(call unless_said,SITE_URL,http://$(HOST):$(PORT)); $(QUIETLY); \
	$(DJANGO) migrate --verbosity 0 && \
	$(DJANGO) demo --if-empty && \
	echo && echo "Driversite: http://$(HOST):$(PORT)/   Admin: http://$(HOST):$(PORT)/admin/   Ctrl-C stops it." && echo && \
	DJANGO_RUNSERVER_HIDE_WARNING=true exec $(DJANGO) runserver $(HOST):$(PORT)

prepare: $(SITE)  ## all that the production server needs: what is locked, tables, static files; refuses what cannot work
	@export DEBUG=false; $(QUIETLY); \
	$(BIN)/python -m driversite.environment.places && \
	$(DJANGO) migrate --verbosity 0 && { $(COLLECT); }

serve: prepare  ## the production server and the task worker; needs a .env, see docs/operating.md
	@export DEBUG=false; $(QUIETLY); \
	exec $(DJANGO) serve --host $(HOST) --port $(PORT) --workers $(WORKERS) $(ARGS)

test: $(DEV)  ## all tests; DATABASE_URL=postgres://… for PostgreSQL, ARGS="-k calendar" for some
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(DEV)  ## what must be clean before a change goes in
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@find templates -name '*.html' -exec $(BIN)/djade --check {} +
	@DEBUG=true $(DJANGO) makemigrations --check --dry-run

format: $(DEV)  ## Python and templates in the one format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@find templates -name '*.html' -exec $(BIN)/djade {} + || true

bench: $(DEV)  ## everything measured in one table; ARGS="cached hour" for some; details by python -m tests.bench.pages
	@$(BIN)/python -m tests.bench $(ARGS)

screenshots: $(DEV)  ## every kind of page as a picture in build/screenshots, and the README's
	@$(BIN)/python -m tests.browser.screenshots $(ARGS)

messages: $(DEV)  ## collect the interface's texts for translation and compile them (needs gettext)
	@command -v msgfmt >/dev/null || { echo "gettext is missing. On Debian and Ubuntu: apt install gettext" >&2; exit 1; }
	@DEBUG=true $(DJANGO) makemessages --locale de --no-location --no-wrap --no-obsolete --ignore $(VENV) --ignore build
	@DEBUG=true $(DJANGO) compilemessages --locale de --ignore $(VENV)

LOCKED = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock"

lock: $(DEV)  ## pin what pyproject.toml asks for; ARGS=--upgrade takes newer versions
	@$(LOCKED) $(ARGS) --all-extras --output-file requirements-dev.lock
	@$(LOCKED) --extra postgres --extra redis --extra s3 --constraint requirements-dev.lock --output-file requirements-servers.lock
	@$(LOCKED) --constraint requirements-dev.lock --output-file requirements.lock

# One mark per lock file: a changed lock is installed again, an unchanged one costs nothing.
$(VENV)/%.installed: %.lock | $(VENV)/made
	@echo "Installing $< into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Driversite needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo missing)." >&2; \
		echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
