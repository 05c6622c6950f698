# tagtrend: one Makefile, not recursive. `make help` lists the targets; MODE=release|debug|asan|cov chooses a build.
MODE ?= release
CC ?= cc
PREFIX ?= /usr/local
DATADIR ?= $(PREFIX)/share/tagtrend
BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
VERSION := $(shell sed -n 's/^.define TT_VERSION "\(.*\)"/\1/p' include/tagtrend.h)
B := build/$(MODE)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla
CPPFLAGS += -Iinclude -Isrc -D_GNU_SOURCE -include src/base/banned.h
STD := -std=c11 -fPIC -fvisibility=default
# the same bytes wherever it is built
STD += -ffile-prefix-map=$(CURDIR)=.
LDFLAGS += -Wl,--as-needed
OPT.release := -O2 -g
OPT.debug := -O0 -g
OPT.asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
OPT.cov := -O0 -g --coverage
CFLAGS_ALL = $(STD) $(WARN) $(OPT.$(MODE)) $(CFLAGS)
# headers of other folders are system headers: their warnings are not ours
OUTSIDE := libxml-2.0 gmime-3.0
CPPFLAGS += $(patsubst -I%,-isystem %,$(filter -I%,$(shell pkg-config --cflags $(OUTSIDE) 2>/dev/null)))
LIBS := -lutf8proc -lcsv -lcjson -lmd4c -lyaml -lnettle -lpsl -larchive $(shell pkg-config --libs $(OUTSIDE) 2>/dev/null) -lm

LIB_SRC := $(sort $(wildcard src/run*.c)) $(sort $(wildcard src/base/*.c src/read/*.c src/parse/*.c src/tag/*.c src/trend/*.c src/report/*.c))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ := $(CLI_SRC:%.c=$(B)/%.o)
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$(B)/tests/%.t)
HEADERS := $(sort include/tagtrend.h src/run.h $(wildcard src/*/*.h))
SH_TESTS := $(sort $(wildcard tests/*.t))

.PHONY: all bench demo check check-all test layers warnings sample accept tables install uninstall dist distcheck deb help clean deps deps-check deps-all
.DEFAULT_GOAL := all

all: need $(B)/tagtrend $(B)/libtagtrend.so ## all: build the program (build/tagtrend) and the library
ifeq ($(MODE),release)
	@cp -f $(B)/tagtrend build/tagtrend.new && mv -f build/tagtrend.new build/tagtrend
endif

.PHONY: need
need:
	@sh tests/deps.sh build

demo: deps ## demo: install what is missing, build, run `report` on the sample archive
	@$(MAKE) --no-print-directory all
	build/tagtrend report -l lexicons --title "Model Weather" -o build/demo tests/archive
	@echo "Open build/demo/index.html"

check: deps-check ## check: install what the tests need, build, run the tests
	@$(MAKE) --no-print-directory all test layers

check-all: deps-all ## check-all: check, and sanitizers, both compilers, the man page, the pages in a browser
	@$(MAKE) --no-print-directory all layers warnings
	@$(MAKE) --no-print-directory all test
	@prove --failures --timer $(PROVE) -e '' tests/browser/page.t
	@$(MAKE) --no-print-directory distcheck deb
	@$(MAKE) --no-print-directory MODE=asan test

test: $(B)/libtagtrend.so
test: $(UNIT) $(B)/tagtrend $(B)/libtagtrend.a
	@TT_BUILD=$(B) TT_CC="$(CC) $(OPT.$(MODE))" TT_LIBS="$(LIBS)" prove --failures --timer $(PROVE) -e '' $(UNIT) $(SH_TESTS)

$(B)/tagtrend: $(CLI_OBJ) $(B)/libtagtrend.a
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/libtagtrend.a: $(LIB_OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(B)/libtagtrend.so: $(LIB_OBJ) $(B)/libtagtrend.map
	$(CC) $(CFLAGS_ALL) $(LDFLAGS) -shared -Wl,-soname,libtagtrend.so.0 -Wl,--version-script=$(B)/libtagtrend.map -o $@ $(LIB_OBJ) $(LIBS)

# the functions that tagtrend.h declares, and nothing else
$(B)/libtagtrend.map: include/tagtrend.h
	@mkdir -p $(@D)
	@{ echo 'TAGTREND_0 { global:'; sed -n '/^typedef/!s/^[a-z].*[ *]\(tt_[a-z_]*\)(.*/\1;/p' $<; echo 'local: *; };'; } > $@

$(B)/tests/%.t: tests/unit/%.c $(B)/libtagtrend.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -MMD -MP -MF $(@:.t=.d) $(LDFLAGS) -o $@ $< $(B)/libtagtrend.a $(LIBS) -lcmocka

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -DTT_DATADIR='"$(DATADIR)"' $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# where the installed lexicons are is compiled into run.o
$(B)/src/run.o: $(B)/datadir
$(B)/datadir: FORCE
	@mkdir -p $(@D)
	@echo '$(DATADIR)' | cmp -s - $@ || echo '$(DATADIR)' > $@
FORCE:

$(B)/completions/tagtrend.%: packaging/completions.sh $(B)/tagtrend
	@mkdir -p $(@D)
	@sh packaging/completions.sh $* $(B)/tagtrend $(DATADIR) > $@

PLACE = $(foreach v,B DESTDIR VERSION BINDIR LIBDIR INCLUDEDIR DATADIR MANDIR BASHDIR ZSHDIR FISHDIR LIBS,$v='$($v)') sh packaging/install.sh
install: all $(B)/libtagtrend.a $(patsubst %,$(B)/completions/tagtrend.%,bash zsh fish) ## install: program, library, man pages, lexicons, completions; PREFIX=/usr/local DESTDIR=
	@$(PLACE) install
uninstall: ## uninstall: remove what install put there
	@$(PLACE) uninstall

# Includes run one way: tagtrend.h <- base <- each room <- run.c; cli sees tagtrend.h and its own headers only.
layers: ## layers: prove that includes run one way and that each header stands alone
	@sh tests/layers.sh
	@for h in $(HEADERS); do \
	    $(CC) $(CPPFLAGS) -std=c11 $(WARN) -Werror -fsyntax-only -include $$h -x c /dev/null || exit 1; done

warnings: ## warnings: compile with gcc and clang, every warning an error
	@for c in gcc clang; do echo "$$c -Werror"; for f in $(LIB_SRC) $(CLI_SRC) $(UNIT_SRC); do \
	    $$c $(CPPFLAGS) -DTT_DATADIR='"x"' $(STD) $(WARN) -O1 -Werror -fsyntax-only $$f || exit 1; done; done

dist: ## dist: build/tagtrend-VERSION.tar.gz of what is committed
	@sh packaging/dist.sh
distcheck: dist ## distcheck: the tarball builds in two folders to the same bytes and passes tests
	@sh packaging/dist.sh check
deb: dist ## deb: Debian packages from the tarball, examined by lintian, in build/deb
	@sh packaging/dist.sh deb

sample: all ## sample: make reports/sample anew, the committed result on tests/archive
	rm -rf reports/sample
	build/tagtrend report -l lexicons --title "Model Weather" -o reports/sample tests/archive

BENCH := $(addprefix build/bench/bin/,gen measure md4c hyperscan)
bench: all ## bench: measure beside cat, md4c, ripgrep, ugrep, Hyperscan, Python, Perl (BENCH_MB=1000)
	@sh tests/deps.sh --install bench || echo "bench: goes on without them"
	@$(MAKE) --no-print-directory -k $(BENCH) || test -x build/bench/bin/measure
	@perl tests/bench/run.pl

build/bench/bin/%: tests/bench/%.c tests/bench/files.h
	@mkdir -p $(@D)
	$(CC) -D_GNU_SOURCE -include src/base/banned.h $(STD) $(WARN) $(OPT.release) -o $@ $< $(BENCH_LIB.$*)
BENCH_LIB.md4c := -lmd4c
BENCH_LIB.hyperscan := -lhs

accept: all ## accept: take the present output of the command-line cases as right (then read git diff)
	TT_BUILD=$(B) TT_ACCEPT=1 prove -e '' tests/cli.t
	TT_BUILD=$(B) TT_ACCEPT=1 TT_CC="$(CC) $(OPT.$(MODE))" prove -e '' tests/abi.t

tables: ## tables: make the generated tables anew (needs unicode-data and python3)
	python3 tests/spec/make_unicode_table.py > src/base/unicode_table.h
	python3 tests/spec/make_entity_table.py > src/base/entity_table.h

deps:
	@sh tests/deps.sh --install build
deps-check:
	@sh tests/deps.sh --install build check
deps-all:
	@sh tests/deps.sh --install build check all

help: ## help: this list
	@sed -n 's/^[a-z-]*:.*## //p' Makefile

clean: ## clean: remove build/
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT:.t=.d)
