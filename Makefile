# vary: mutation testing for JVM bytecode
#
#   make              build build/vary (no network)
#   make deps         install what a fresh Debian machine lacks (as root)
#   make demo         deps, build, mutate the sample project, print its report
#   make test         deps, then everything CI runs
#   make check        unit tests, layers, tables, fuzz corpora; seconds, no JVM
#   make e2e          tests that start a JVM
#   make test-long    every class of the JDK and of the corpus; hours
#   make fuzz         the libFuzzer targets, with clang
#   make install PREFIX=/usr/local
#   make help         this text
#
#   ONLY=text         check, e2e: only tests whose file or name holds the text
#   SANITIZE=address,undefined   any target, built into a folder of its own
#   V=1               show the commands
#   JAVA_HOME=...     the JDK to build the harness with; default: that of javac

comma     := ,
JAVAC     := $(shell command -v javac)
JAVA_HOME ?= $(if $(JAVAC),$(shell dirname $$(dirname $$(readlink -f $(JAVAC)))))
CC        ?= cc
CFLAGS    ?= -O2 -g
PREFIX    ?= /usr/local
WARN      := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wvla \
             -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings
BUILD     := build$(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))
ALL_C     := $(wildcard util/*.c classfile/*.c operators/*.c engine/*.c wire/*.c \
                        jni/*.c runner/*.c report/*.c cli/*.c)
TEST_C    := $(filter %_test.c util/test_main.c,$(ALL_C))
LIB_C     := $(filter-out $(TEST_C) cli/main.c,$(ALL_C))
HARNESS   := $(wildcard jni/harness/*.java)
STUBS     := $(shell find jni/harness/api -name '*.java' 2>/dev/null)
obj        = $(1:%.c=$(BUILD)/%.o)
Q          = $(if $(V),,@)
CPPFLAGS  += -I. -I$(JAVA_HOME)/include -I$(JAVA_HOME)/include/linux
SAN        = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
LDLIBS    += -lzip -lcjson -ldl -lpthread

$(BUILD)/vary: $(call obj,$(LIB_C) cli/main.c) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/unit: $(call obj,$(LIB_C) $(TEST_C)) $(BUILD)/jni/harness.o
	$(Q)$(CC) $(SAN) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c Makefile
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(WARN) $(CPPFLAGS) $(CFLAGS) $(SAN) -MMD -MP -c -o $@ $<
