# The commands that README promises: each installs what is missing, then runs a task of xtask.
# A second run does only what has changed.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run test check check-frontol-wine bench bench-web bench-scanner picture web

XTASK := scripts/with-toolchain cargo xtask

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 28

run: ## set up, build, fill a demo store and serve it on http://127.0.0.1:3000
	@scripts/setup run
	@$(XTASK) run

test: ## set up, start a private PostgreSQL, run every test on both engines, then the pages in Chromium
	@scripts/setup test
	@$(XTASK) test

check: ## formatting, clippy with warnings denied, the rules of the tree
	@scripts/setup check
	@$(XTASK) check

check-frontol-wine: ## run the script for Frontol in the engine of Windows Script Host, if Wine is installed
	@command -v wine >/dev/null || { echo "Wine is missing: apt-get install wine" >&2; exit 1; }
	@scripts/setup check-frontol-wine
	@$(XTASK) check-frontol-wine

bench: ## measure lookups, sales and the panel's pages on both engines beside their limits; OPTIONS=--help lists the options
	@scripts/setup bench
	@$(XTASK) bench $(OPTIONS)

bench-web: ## measure size and start of the cashier on a slow phone in Chromium beside its budgets
	@scripts/setup bench-web
	@$(XTASK) bench-web

picture: ## take README's pictures of the cashier and of the consoles
	@scripts/setup picture
	@$(XTASK) picture

bench-scanner: ## compare the scanner with jsQR and zxing-wasm; OPTIONS=--png=DIRECTORY keeps the photographs
	@scripts/setup bench-scanner
	@$(XTASK) bench-scanner $(OPTIONS)

web: ## build what browsers load, if it has changed
	@scripts/setup run
	@$(XTASK) build-web
