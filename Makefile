# What README promises. Each step says what it does; a second run does only what has changed.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-web bench-scanner picture web

RUST := scripts/with-toolchain

help: ## tell what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

run: ## set up, build, fill a demo store and serve it on http://127.0.0.1:3000
	@scripts/setup run
	@$(RUST) scripts/run

test: ## set up, start a private PostgreSQL and run every test on both engines, then the pages in Chromium
	@scripts/setup test
	@$(RUST) scripts/with-postgres scripts/test

check: ## formatting, clippy with warnings denied, the rules of the tree
	@scripts/setup check
	@$(RUST) scripts/check

bench: ## measure lookup and sale on both engines against their limits; OPTIONS=--help tells more
	@scripts/setup bench
	@$(RUST) scripts/with-postgres scripts/bench $(OPTIONS)

bench-web: ## measure the cashier's size and start on a slow phone in Chromium, beside its budgets
	@scripts/setup bench-web
	@$(RUST) scripts/bench-web

picture: ## take README's picture of the cashier
	@scripts/setup picture
	@$(RUST) scripts/picture

bench-scanner: ## compare the camera's QR and barcode reader with jsQR and zxing-wasm; OPTIONS=--png=DIRECTORY keeps the photographs
	@scripts/setup bench-scanner
	@$(RUST) scripts/bench-scanner $(OPTIONS)

web: ## build what browsers load, if it has changed
	@scripts/setup run
	@$(RUST) scripts/web
