# vary: mutation testing for JVM bytecode
#
#   make              build build/vary (no network)
#   make deps         install what a fresh Debian machine lacks (as root)
#   make demo         deps, build, mutate the sample project, print its report
#   make test         deps, then everything CI runs
#   make check        unit tests, layers, tables, fuzz corpora: seconds, no JVM
#   make e2e          tests that start a JVM
#   make test-long    every class of the JDK and of the corpus
#   make bless        rewrite the expected mutants of tests/operators
#   make fuzz         the libFuzzer targets, with clang, FUZZ_SECONDS=60 each
#   make install      to PREFIX=/usr/local
#   make clean        remove build*/
#   make help         this text
#
#   ONLY=text         check, e2e: only tests whose file or name holds the text
#   SANITIZE=address,undefined   any target, built into a folder of its own
#   V=1               show the commands
#   JAVA_HOME=...     the JDK to build the harness with; default: that of javac

comma     := ,
JAVAC     := $(shell command -v javac)
JAVA_HOME ?= $(if $(JAVAC),$(shell dirname $$(dirname $$(readlink -f $(JAVAC)))))
CFLAGS    ?= -O2 -g
PREFIX    ?= /usr/local
WARN      := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wvla \
             -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings
BUILD     := build$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))
ALL_C     := $(wildcard util/*.c toml/*.c classfile/*.c operators/*.c engine/*.c proof/*.c oracle/*.c wire/*.c \
                        jni/*.c project/*.c crew/*.c run/*.c store/*.c measure/*.c explain/*.c \
                        judge/*.c runner/*.c report/*.c cli/*.c)
TEST_C    := $(filter %_test.c util/test_main.c,$(ALL_C))
LIB_C     := $(filter-out $(TEST_C) cli/main.c,$(ALL_C))
FUZZ_C    := $(filter-out fuzz/replay.c,$(wildcard fuzz/*.c))
TOOL_C    := $(wildcard tests/*_main.c)
obj        = $(1:%.c=$(BUILD)/%.o)
Q          = $(if $(V),,@)
CPPFLAGS  += -I. -I$(JAVA_HOME)/include -I$(JAVA_HOME)/include/linux
SAN        = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
LDLIBS    += -lsqlite3 -lzip -lcjson -ldl -lpthread -lm

.PHONY: all deps demo test check e2e test-long bless fuzz install clean help
.SECONDARY:
all: $(BUILD)/vary

# ---- what is built ----

$(BUILD)/vary: $(call obj,$(LIB_C) cli/main.c) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/unit: $(call obj,$(LIB_C) $(TEST_C)) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# tests/x_main.c, and what tests/x/ has for it -> build/x: programs that tests use
$(BUILD)/worker: $(wildcard tests/worker/*.c)

$(BUILD)/%: tests/%_main.c $(call obj,$(LIB_C)) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# bench/x_main.c -> build/x
$(BUILD)/%: bench/%_main.c $(call obj,$(LIB_C)) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/replay-%: fuzz/%.c fuzz/replay.c $(call obj,$(LIB_C)) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/fuzz-%: fuzz/%.c $(call obj,$(LIB_C)) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c Makefile
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(SAN) -MMD -MP -c -o $@ $<

# The worker's Java classes, embedded. They run on every Java from 11 up and are
# checked against declarations of the test engines' interfaces (jni/harness/api).
HARNESS_JAVA := $(wildcard jni/harness/*.java)
HARNESS_FIX  := $(wildcard jni/harness/fix/*.java)
HARNESS_API  := $(shell find jni/harness/api -name '*.java' 2>/dev/null)
HARNESS_JC   := -g:none -proc:none -nowarn -encoding UTF-8 --release 11

$(BUILD)/harness.stamp: $(HARNESS_JAVA) $(HARNESS_FIX) $(HARNESS_API)
	$(Q)test -x "$(JAVA_HOME)/bin/javac" || { echo "no javac: install a JDK (make deps) or set JAVA_HOME"; exit 1; }
	$(Q)rm -rf $(BUILD)/harness $(BUILD)/harness-api $(BUILD)/harness-fix
	$(Q)mkdir -p $(BUILD)/harness $(BUILD)/harness-api $(BUILD)/harness-fix
	$(Q)$(JAVA_HOME)/bin/javac $(HARNESS_JC) -Xlint:-options -d $(BUILD)/harness-api $(HARNESS_API)
	$(Q)$(JAVA_HOME)/bin/javac $(HARNESS_JC) -Xlint:-options -cp $(BUILD)/harness-api -d $(BUILD)/harness $(HARNESS_JAVA)
	$(Q)$(JAVA_HOME)/bin/javac $(HARNESS_JC) -Xlint:-options -cp $(BUILD)/harness -d $(BUILD)/harness-fix $(HARNESS_FIX)
	$(Q)touch $@

-include jni/harness.mk
-include $(shell find build* -name '*.d' 2>/dev/null)

# ---- set-up ----

deps:
	$(Q)tools/deps build

demo: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)examples/build.sh examples/shop
	$(Q)echo '$$ vary mutate examples/shop'
	$(Q)build/vary mutate examples/shop

install: $(BUILD)/vary
	install -D -m 755 $(BUILD)/vary $(DESTDIR)$(PREFIX)/bin/vary

clean:
	rm -rf build build-*

help:
	@sed -n '/^#/!q; s/^# \{0,1\}//p' Makefile

# ---- tests ----

test:
	$(Q)tools/deps test
	$(Q)tools/test-all $(ONLY)

check: $(BUILD)/unit $(BUILD)/throughput $(FUZZ_C:fuzz/%.c=$(BUILD)/replay-%)
	$(Q)tools/check BUILD=$(BUILD) $(ONLY)

e2e: $(BUILD)/vary
	$(Q)for run in tests/*/run.sh; do echo "== $$run"; VARY=$(BUILD)/vary $$run || exit 1; done

bless: $(BUILD)/vary
	$(Q)tests/operators/run.sh --bless

test-long: $(BUILD)/vary
	$(Q)tests/long.sh $(ONLY)

FUZZ_SECONDS ?= 60
fuzz:
	$(Q)tools/fuzz $(FUZZ_SECONDS) $(ONLY)
