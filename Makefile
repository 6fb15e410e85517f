# Everything here needs Go and nothing else, but for test-apache (Java).
GO ?= go

# A test that fails fails its target, also where its output goes through grep.
SHELL = bash
.SHELLFLAGS = -o pipefail -c

# The test runner's own words, without those of tests that only begin.
TOLD = grep -vE '^=== (RUN|PAUSE|CONT|NAME)'

# Tools, pinned, fetched and run by Go itself.
GOFUMPT      = $(GO) run mvdan.cc/gofumpt@v0.12.0
GOLANGCILINT = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK  = $(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: help run build test lessons test-apache bench-apache apache-jars check race soak bench fmt lint vuln fuzz contract browser golden pictures recordings cross clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

run: ## open the console
	@$(GO) run .

build: ## build ./atelier
	$(GO) build -trimpath -o atelier .

# The packages that wait longest begin first. Tests with real faults mostly wait,
# so more of them run at once than there are cores.
LONGEST = ./lessons/bench ./ui/api ./ui/headless
BROAD   = -p 3 -parallel 6

test: ## all tests that need only Go
	$(GO) test $(BROAD) -timeout 5m $(TELL) $(LONGEST) ./...

# Lessons mostly wait, so several of them run side by side; each has a bench of
# its own. On Apache Kafka three brokers are enough for two cores. Where the
# machine stood still meanwhile, an experiment shows nothing: it is made again.
CLUSTER ?= embedded
LANGUAGE ?= *
BESIDE ?= $(if $(filter apache,$(CLUSTER)),1,4)
lessons: build ## every lesson's labs, by the built binary (CLUSTER=apache: on Apache Kafka)
	@printf '%s\n' lessons/content/$(LANGUAGE)/*.md | sort -t / -k 4 -r | xargs -P $(BESIDE) -I {} sh -c \
		'for try in 1 2 3; do result=$$(./atelier --cluster $(CLUSTER) --script {} --format json | tail -n 1); echo "{}: $$result" | cut -c 1-300; \
		case $$result in *\"status\":\"passed\"*) exit 0;; *stood_still_ms*) ;; *) exit 1;; esac; done; exit 1'

# What runs on Apache Kafka: how its brokers are started and what becomes of
# them, what their doors refuse, the bench's suite (with broker failures under
# load, secured doors, proxies of an external Toxiproxy), the built binary at a
# cluster of others, every lesson (in English on a cluster of others, in French
# on our own: the labs are the same), and ten times over what a lesson stands on.
# Of the bench's suite, closing under toxics is left out: it starts thirty
# clusters, and shows nothing of theirs.
SOAK ?= 10
test-apache: ## the same truths on Apache Kafka itself (Java, and once 42 MB of jars)
	ATELIER_APACHE=1 $(GO) test -count 1 -p 1 -timeout 15m -v ./kafka/cluster/... ./lessons/bench -skip CloseUnderEveryToxic | $(TOLD)
	ATELIER_APACHE=1 $(GO) test -count 1 -timeout 15m -v ./ui/headless -run '^(TestSecuredCluster|TestLessonsOnAClusterOfOthers)$$' | $(TOLD)
	$(MAKE) lessons CLUSTER=apache LANGUAGE=fr
	ATELIER_APACHE=1 $(GO) test ./lessons/bench -run '^(TestHeart|TestLossAtALeadersDeath)$$' -count $(SOAK) -v -timeout 20m | $(TOLD)

bench-apache: ## the ratios of make bench that also hold on Apache Kafka
	ATELIER_APACHE=1 $(GO) test ./kafka -run '^$$' -bench TapAndLedger -benchtime 4x
	ATELIER_APACHE=1 $(GO) test ./kafka/cluster -run '^$$' -bench Attach -benchtime 40x
	ATELIER_APACHE=1 $(GO) test ./kafka/cluster/apache -run '^$$' -bench Start -benchtime 9x

apache-jars: ## write the checksums of Apache Kafka's jars anew, from what mvn resolves
	ATELIER_PINS=1 $(GO) test -count 1 ./kafka/cluster/apache -run '^TestPins$$'

check: fmt-check lint race vuln ## formatting, lint and the race detector

race: ## all tests under the race detector
	$(GO) test -race -timeout 10m $(LONGEST) ./...

# Labs mostly wait, so twelve lessons run side by side, each on a bench of its
# own: two minutes for sixty of them, on two cores that nobody else wants.
soak: ## every lesson's labs 10 times out of 10, the heart experiment 20 out of 20, random keys, the course by keys
	ATELIER_SOAK_LESSONS=10 $(GO) test -count 1 -v ./ui/headless -run '^TestLessons$$' -timeout 10m | $(TOLD)
	$(MAKE) -j 3 soak-heart soak-course soak-keys

.PHONY: soak-heart soak-course soak-keys
soak-heart:
	$(GO) test ./lessons/bench -run '^TestHeart$$' -parallel 6 -count 20 -v -timeout 20m | grep -E '^(---|ok|FAIL|panic|\s+heart)'

# New keys each time; ATELIER_SOAK_SEED=n: those of a seed, as a failure tells it.
soak-keys:
	ATELIER_SOAK=1m nice $(GO) test -count 1 ./ui/console -run '^TestRandomKeysAndSizes$$' -timeout 15m

soak-course:
	ATELIER_SOAK=1m $(GO) test -count 1 ./ui/console -run '^TestTheCourseByKeys$$' -v -timeout 15m | $(TOLD)

bench: ## the bounds of speed, as ratios within one run
	$(GO) test ./kafka -run '^$$' -bench . -benchtime 8x
	$(GO) test ./kafka/cluster -run '^$$' -bench Attach -benchtime 200x
	$(GO) test ./lessons/bench -run '^$$' -bench 'Proxied|Open' -benchtime 8x
	$(GO) test ./lessons/bench -run '^$$' -bench CloseUnder -benchtime 3x
	$(GO) test ./kafka/ledger/tape -run '^$$' -bench . -benchtime 20x
	$(GO) test ./ui/headless -run '^$$' -bench FirstAck -benchtime 20x
	$(GO) test ./ui/headless -run '^$$' -bench Million -benchtime 1x
	$(GO) test ./ui/api -run '^$$' -bench . -benchtime 4x
	$(GO) test ./ui/console -run '^$$' -bench 'Written|Idle|Screen|Sessions|Hour' -benchtime 1x
	$(GO) test ./ui/console ./lessons/lab -run '^$$' -bench . -skip 'Written|Idle|Screen|Sessions|Hour' -benchmem

fmt: ## format the code
	$(GOFUMPT) -w .

.PHONY: fmt-check
fmt-check:
	@files="$$($(GOFUMPT) -l .)"; if [ -n "$$files" ]; then echo "not formatted (make fmt):"; echo "$$files"; exit 1; fi

lint: ## vet and golangci-lint
	$(GO) vet ./...
	$(GOLANGCILINT) run --allow-parallel-runners ./...

vuln: ## known vulnerabilities, where their database can be reached
	@if $(GOVULNCHECK) -version 2>/dev/null | grep -q 'DB updated'; then $(GOVULNCHECK) ./...; \
	else echo "govulncheck: its database can't be reached from here; skipped"; fi

FUZZTIME ?= 10s
fuzz: ## each fuzz target for FUZZTIME
	@for target in ./kafka/tap:FuzzTap ./kafka/access:FuzzRead ./kafka/ledger/tape:FuzzRead ./lessons/lab:FuzzParse ./lessons/lab:FuzzComplete ./lessons/check:FuzzCompile ./lessons/course:FuzzParse ./lessons/review:FuzzReview ./lessons/progress:FuzzDecode ./ui/plain:FuzzText ./ui/api/ask:FuzzSend ./chaos:FuzzAttribute ./chaos:FuzzGroup ./chaos:FuzzGroupProxy; do \
		echo "$$target"; $(GO) test $${target%%:*} -run '^$$' -fuzz "^$${target##*:}\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x || exit 1; done

# Schemathesis, pinned with all that it needs, in a Python of its own.
CONTRACT := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/atelier/contract-$(shell cksum < ui/api/contract/requirements.txt | cut -d ' ' -f 1)
SEED ?= 1
contract: $(CONTRACT)/bin/st ## the HTTP API against its own document (needs Python; SEED=n: other requests)
	ATELIER_CONTRACT=$(CONTRACT)/bin/st ATELIER_CONTRACT_SEED=$(SEED) $(GO) test -count 1 -timeout 5m -v ./ui/program -run '^TestContract$$' | $(TOLD)

$(CONTRACT)/bin/st:
	python3 -m venv $(CONTRACT)
	$(CONTRACT)/bin/pip install --quiet --disable-pip-version-check --retries 10 --timeout 60 -r ui/api/contract/requirements.txt

browser: ## Swagger UI in a real browser (needs Chromium or Chrome)
	ATELIER_BROWSER=1 $(GO) test -count 1 -timeout 5m -v ./ui/api -run '^TestSwaggerUIInABrowser$$' | $(TOLD)

golden: ## draw the golden screens anew; review them as pictures
	$(GO) test ./ui/console -run 'Screens|Colours|Views' -update
	$(GO) test ./ui/console/portrait -run TestPortrait -update
	$(GO) test ./ui/linear -run Sentences -update

PICTURES ?= $(CURDIR)/assets/pictures
pictures: ## the README's pictures anew, of a real run; look at them
	ATELIER_PICTURES="$(PICTURES)" $(GO) test -count 1 ./ui/console -run '^TestPictures$$'

recordings: ## the shipped recordings anew: labs of the course on Apache Kafka (needs Java)
	ATELIER_RECORDINGS=1 $(GO) test -count 1 -v ./ui/program -run '^TestRecord$$' | $(TOLD)

cross: ## build for the systems that learners sit at
	@for target in linux/amd64 linux/arm64 darwin/arm64 darwin/amd64 windows/amd64; do \
		echo "$$target"; GOOS=$${target%%/*} GOARCH=$${target##*/} CGO_ENABLED=0 $(GO) build -trimpath -o /dev/null . || exit 1; done

clean: ## remove what build made
	rm -f atelier
