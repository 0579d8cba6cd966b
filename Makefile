# The two commands of a fresh machine are `make run` and `make test`; each does its own set-up (.ci/setup).
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
CORES := $(shell nproc 2>/dev/null || echo 1)
# one more than there are cores: many tests wait for processes of the terminal
WORKERS := $(shell echo $$(($(CORES) + 1)))
VISITS ?= 1000
WALK ?= --story resubmission --out out/walk
PHOTOS ?=
JSCANIFY ?=
ARGS ?=

.PHONY: help run test bench bench-scan sweep soak soak-camera walk golden gallery contact-sheet lock clean setup setup-test

help: ## print this list
	@echo "make run            the terminal, with simulated devices and a stand-in portal: ARGS=\"--config FILE\""
	@echo "                without a display it makes a whole visit by itself; its pictures go to OUT=DIR"
	@echo "                STAY=1: it serves without a display too; glass and hands are on a page, whose address is printed"
	@echo "make test           every check: style, types, import rules, tests"
	@echo "make walk           one whole visit by itself, with pictures: WALK=\"--story NAME --out DIR\""
	@echo "make bench          the measurements (figures, not verdicts)"
	@echo "make bench-scan     how well pages are found, beside other ways to do it; on photographs too with PHOTOS=FOLDER"
	@echo "                and beside jscanify with JSCANIFY=FOLDER (tests/figures/web_scanner.py)"
	@echo "make sweep          what takes minutes: every screen however it is wanted,"
	@echo "                every story in every language, a paper refused for every reason (make test: for three),"
	@echo "                hand-overs watched under Xvfb, visits killed at random moments, memory searched,"
	@echo "                a hundred thousand steps of any visits, a million damaged answers of cards"
	@echo "make soak           visitors in a row, and what outlives them counted: VISITS=1000, more than an hour"
	@echo "make soak-camera    a thousand stills with every camera, a cable pulled every fifty: healing and memory"
	@echo "make golden         accept how the screens look now, after looking: tests/screens/golden"
	@echo "make gallery        every screen in every language, size, panel and theme on one page: out/gallery/index.html"
	@echo "make contact-sheet  the picture in the README, anew from a walk"
	@echo "make lock           choose the dependencies anew and lock them with hashes"
	@echo "make clean          remove the environment and everything made"
	@echo "The first call of run, test, walk, bench, sweep or soak sets everything up; later calls start at once."

setup:
	@.ci/setup run

setup-test:
	@.ci/setup test

run: setup
	@exec $(BIN)/kiosk run --simulate $(if $(OUT),--out $(OUT)) $(if $(STAY),--stay) $(ARGS)

walk: setup
	@exec $(BIN)/kiosk walk $(WALK)

test: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

bench: setup-test
	$(BIN)/pytest -m bench --capture=no tests/figures $(ARGS)

bench-scan: setup-test
	PHOTOS=$(PHOTOS) JSCANIFY=$(JSCANIFY) $(BIN)/pytest -m bench --capture=no tests/figures/test_scan.py $(ARGS)

sweep: setup-test
	$(BIN)/pytest -m sweep --numprocesses=$(CORES) tests/screens $(ARGS)
	$(BIN)/pytest -m sweep --capture=no tests/journeys tests/drivers/card tests/drivers/portal $(ARGS)

golden: setup-test
	$(BIN)/python -m tests.screens.golden

gallery: setup-test
	$(BIN)/python -m tests.screens.gallery out/gallery

contact-sheet: setup
	$(BIN)/kiosk walk --story resubmission --out out/contact-sheet
	cp out/contact-sheet/contact-sheet.png tests/journeys/screens.png

soak: setup-test
	VISITS=$(VISITS) $(BIN)/pytest -m sweep --capture=no tests/journeys/test_soak.py $(ARGS)

soak-camera: setup-test
	$(BIN)/pytest -m sweep --capture=no tests/drivers/camera $(ARGS)

lock:
	@.ci/lock

clean:
	rm -rf .venv build dist out *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find kiosk drivers screens tests -name __pycache__ -type d -prune -exec rm -rf {} +
