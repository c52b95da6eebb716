# dvswift: `make demo` shows the main job, `make test` passes the tests; both set up what they need.

PREFIX ?= /usr/local
DESTDIR ?=
BENCH_FLAGS ?=
# One build folder, .build: release for use, demo and bench; debug for the tests.
BINARY := .build/release/dvswift
# The Python of the system, not a newer one from the user's PATH: scripts need only its standard library.
PYTHON := $(or $(wildcard /usr/bin/python3),python3)

# Folders are listed too: their time changes when a source is deleted.
SOURCES := Package.swift $(shell find Sources)
SHARE = $(DESTDIR)$(PREFIX)/share

.DEFAULT_GOAL := build
.PHONY: build install demo test bench bench-quick bench-remotes bench-hashing man lint format clean packages servers dvc
# "packages" must end before "build" starts, whatever -j says; swift build uses all cores itself.
.NOTPARALLEL:

build: $(BINARY)

# swift build leaves an unchanged binary untouched; touch tells make that it is up to date, so that
# a later `sudo make install` copies it without needing a Swift compiler.
$(BINARY): $(SOURCES)
	swift build -c release --static-swift-stdlib --product dvswift
	@touch $@

install: $(BINARY)
	install -D -s -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/dvswift
	install -d $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	    $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 644 $(wildcard man/*.1) $(SHARE)/man/man1
	$(BINARY) completion -s bash > $(SHARE)/bash-completion/completions/dvswift
	$(BINARY) completion -s zsh > $(SHARE)/zsh/site-functions/_dvswift
	$(BINARY) completion -s fish > $(SHARE)/fish/vendor_completions.d/dvswift.fish

# A real dataset tracked, a pipeline reproduced, its cache shared with a second clone.
demo: packages build
	Demo/run $(BINARY)

# The interop tests run real DVC beside dvswift, and remotes real servers. swift test prints the summary last.
# Should the tests themselves crash, the last lines say why: libc's complaint and the stack of the thread.
test: export LIBC_FATAL_STDERR_ = 1
test: export SWIFT_BACKTRACE = enable=yes,threads=crashed,registers=none,images=none,color=no
test: servers dvc
	swift test --disable-xctest

# dvswift, other tools and the floor side by side in about 40 minutes; rewrites docs/BENCHMARKS.md (bench-quick:
# prints only, under 3 minutes). BENCH_FLAGS='--only growth,stages' measures a part; --list names the parts, --resume FILE
# goes on where a run was broken off. TMPDIR is where the data lies: 50 GB and 12 million files.
bench: packages build dvc
	@.ci/ensure-packages bench
	$(PYTHON) Benchmarks/bench.py --dvswift $(BINARY) --dvc "$$(.ci/ensure-dvc)" \
	    --report docs/BENCHMARKS.md $(BENCH_FLAGS)

# Transfers to servers of this machine beside DVC, rclone and plain tools; rewrites docs/BENCHMARKS-REMOTES.md.
bench-remotes: packages servers build dvc
	$(PYTHON) Benchmarks/remotes.py --dvswift $(BINARY) --dvc "$$(.ci/ensure-dvc)" \
	    --rclone "$$(.ci/ensure-rclone)" --report docs/BENCHMARKS-REMOTES.md

# MD5 in lanes: each kernel, then dvswift beside md5sum on files in memory; prints only.
bench-hashing: packages build
	$(PYTHON) Benchmarks/hashing.py --dvswift $(BINARY)

bench-quick: packages build dvc
	$(PYTHON) Benchmarks/bench.py --dvswift $(BINARY) --dvc "$$(.ci/ensure-dvc)" --quick $(BENCH_FLAGS)

# Pages come from the commands' own help: run it after a change of options.
man: build
	$(PYTHON) man/generate.py $(BINARY) man

lint:
	.ci/lint

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

clean:
	swift package clean

# What the steps above stand on: Debian packages, those of servers for tests only, and DVC and rclone in
# virtual environments of their own.
packages:
	@.ci/ensure-packages

dvc:
	@.ci/ensure-dvc > /dev/null

servers:
	@.ci/ensure-packages servers
	@.ci/ensure-rclone > /dev/null
