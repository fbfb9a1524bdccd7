# moonwire: make help lists what there is.
GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
TARGETS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
FUZZTIME ?= 10s
INTEROP = $(shell grep -rl --include=*_test.go '^//go:build interop' .)

export CGO_ENABLED ?= 0

.PHONY: help run build test check race targets lint interop peers bench fuzz generate mibs dist clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build, then take the tour: a network in this process, and how long a datagram through it may be
	./moonwire run tour

build: ## build ./moonwire
	$(GO) build -trimpath -ldflags "-s -w -X moonwire/host/cli.version=$(VERSION)" -o moonwire ./host/cmd/moonwire

test: ## all tests that need only Go
	$(GO) test -timeout 30m ./...

check: lint race targets ## format, vet, staticcheck, race tests, fresh pages, builds for every system (needs gcc)
	$(GO) generate ./...
	git diff --exit-code

lint:
	@out=$$(gofmt -l host bindings stdlib scripts); test -z "$$out" || { echo "gofmt would change: $$out"; exit 1; }
	$(GO) vet ./...
	$(GO) vet -tags interop ./...
	$(GO) tool staticcheck -tags interop ./...

race:
	CGO_ENABLED=1 $(GO) test -race -short -timeout 30m ./...

targets:
	@for t in $(TARGETS); do echo "build $$t"; GOOS=$${t%/*} GOARCH=$${t#*/} $(GO) build ./... || exit 1; done
	GOOS=windows $(GO) vet ./...
	GOOS=darwin $(GO) vet ./...

interop: ## compare with the real peers (make peers installs them)
	@names=$$(sed -n 's/^func \(Test[A-Za-z0-9_]*\)(.*/\1/p' $(INTEROP) | paste -sd '|'); test -n "$$names" && \
	$(GO) test -tags interop -timeout 30m -run "^($$names)$$" $(sort $(dir $(INTEROP)))

peers: ## install the peers that interop and bench compare with (Debian, root)
	./.ci/peers

bench: build ## speed and memory as ratios against peers measured in the same run
	$(GO) run ./host/cmd/bench ./moonwire

fuzz: ## every fuzz target for FUZZTIME
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p || exit 1; done; done

generate: ## write the generated pages anew
	$(GO) generate ./...

mibs: ## write the table of MIB names anew, from Debian's python3-pysnmp4 and python3-pysnmp4-mibs
	$(GO) run ./host/mib/facts/generate -o host/mib/facts/table.gz

dist: ## six archives with checksums in dist/
	$(GO) run ./host/cmd/dist $(VERSION)

clean: ## remove what the targets above built
	rm -rf moonwire dist
