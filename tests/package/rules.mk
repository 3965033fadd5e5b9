# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed, and how: library, headers, program with its companions, pages, completion, and what other
# build systems ask for. Pages and completion come from the program and the headers themselves.

VERSION    := $(shell sed -n 's/^.define OPTCERT_VERSION "\(.*\)"/\1/p' tests/certificate/version.h)
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
DATADIR    ?= $(PREFIX)/share
# Where the program looks for its companions: it is fixed relative to the program.
COMPANIONDIR := $(dir $(BINDIR))lib/optcert
INSTALL    ?= install
PACKAGE    := $(BUILD)/package

PUBLIC_HEADERS := $(sort $(wildcard impl/include/optcert/*.h))
# Pieces of other headers, with nothing to say to a caller.
HEADER_PIECES  := both_reals real_end real_f32 real_f64 fast_kernels fast_sde_kernels
HEADER_PAGES   := $(filter-out $(HEADER_PIECES),$(notdir $(PUBLIC_HEADERS:.h=)))
COMPANIONS     := optcert-runner liboptcert-builds.so liboptcert-defects.so
# $(call relative,FROM,TO)
relative = $$(realpath -ms --relative-to="$(1)" "$(2)")

pages: $(PACKAGE)/man.done ## the manual pages, into build/package/man
$(PACKAGE)/man.done: $(BUILD)/optcert $(PUBLIC_HEADERS) $(wildcard tests/package/man*)
	tests/package/man.sh $(BUILD)/optcert $(PACKAGE)/man $(VERSION) $(HEADER_PAGES)
	@touch $@

$(PACKAGE)/%: tests/package/%.in tests/certificate/version.h FORCE
	@mkdir -p $(@D)
	@sed 's|@VERSION@|$(VERSION)|g; s|@SOVERSION@|$(SOVERSION)|g; s|@PREFIX@|$(PREFIX)|g; s|@LIBDIR@|$(LIBDIR)|g; s|@INCLUDEDIR@|$(INCLUDEDIR)|g' \
	    $< > $@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }
FORCE:

install: lib program pages $(PACKAGE)/optcert.pc $(PACKAGE)/optcertConfig.cmake $(PACKAGE)/optcertConfigVersion.cmake ## install under PREFIX (default /usr/local), DESTDIR before it
	$(INSTALL) -d $(patsubst %,"$(DESTDIR)%",$(BINDIR) $(COMPANIONDIR) $(LIBDIR)/pkgconfig $(LIBDIR)/cmake/optcert \
	    $(INCLUDEDIR)/optcert $(DATADIR)/man/man1 $(DATADIR)/man/man3 $(DATADIR)/bash-completion/completions \
	    $(DATADIR)/zsh/site-functions $(DATADIR)/optcert $(DATADIR)/doc/optcert/examples $(DATADIR)/doc/optcert/spec)
	$(INSTALL) -m 755 $(BUILD)/optcert "$(DESTDIR)$(BINDIR)"
	$(INSTALL) -m 755 $(BUILD)/optcert-runner "$(DESTDIR)$(COMPANIONDIR)"
	$(INSTALL) -m 644 $(BUILD)/liboptcert-builds.so $(BUILD)/liboptcert-defects.so $(BUILD)/liboptcert-diagnostics.so \
	    impl/python/optcert.py "$(DESTDIR)$(COMPANIONDIR)"
	$(INSTALL) -m 644 $(BUILD)/liboptcert.so "$(DESTDIR)$(LIBDIR)/liboptcert.so.$(VERSION)"
	ln -sf liboptcert.so.$(VERSION) "$(DESTDIR)$(LIBDIR)/liboptcert.so.$(SOVERSION)"
	ln -sf liboptcert.so.$(SOVERSION) "$(DESTDIR)$(LIBDIR)/liboptcert.so"
	ln -sf "$(call relative,$(COMPANIONDIR),$(LIBDIR)/liboptcert.so.$(SOVERSION))" "$(DESTDIR)$(COMPANIONDIR)/liboptcert.so.$(SOVERSION)"
	$(INSTALL) -m 644 $(BUILD)/liboptcert.a "$(DESTDIR)$(LIBDIR)"
	$(INSTALL) -m 644 $(PUBLIC_HEADERS) "$(DESTDIR)$(INCLUDEDIR)/optcert"
	$(INSTALL) -m 644 $(PACKAGE)/optcert.pc "$(DESTDIR)$(LIBDIR)/pkgconfig"
	$(INSTALL) -m 644 $(PACKAGE)/optcertConfig.cmake $(PACKAGE)/optcertConfigVersion.cmake "$(DESTDIR)$(LIBDIR)/cmake/optcert"
	cp -P $(PACKAGE)/man/*.1 "$(DESTDIR)$(DATADIR)/man/man1"
	cp -P $(PACKAGE)/man/*.3 "$(DESTDIR)$(DATADIR)/man/man3"
	$(INSTALL) -m 644 tests/package/optcert.bash "$(DESTDIR)$(DATADIR)/bash-completion/completions/optcert"
	$(INSTALL) -m 644 tests/package/optcert.zsh "$(DESTDIR)$(DATADIR)/zsh/site-functions/_optcert"
	$(INSTALL) -m 755 tests/setup/data.sh "$(DESTDIR)$(DATADIR)/optcert"
	$(INSTALL) -m 644 $(wildcard tests/build/examples/*.* tests/package/ci/*) "$(DESTDIR)$(DATADIR)/doc/optcert/examples"
	$(INSTALL) -m 644 README.md CHANGES.md LICENSE "$(DESTDIR)$(DATADIR)/doc/optcert"
	$(INSTALL) -m 644 $(wildcard spec/*.md) "$(DESTDIR)$(DATADIR)/doc/optcert/spec"
	[ -n "$(DESTDIR)" ] || ldconfig 2>/dev/null || true

# The pages are those of this version, so that nothing of another's is removed.
uninstall: pages ## remove what install put there
	cd "$(DESTDIR)$(LIBDIR)" && rm -f liboptcert.so.$(VERSION) liboptcert.so.$(SOVERSION) liboptcert.so liboptcert.a pkgconfig/optcert.pc
	cd "$(DESTDIR)$(DATADIR)" && rm -f $(patsubst $(PACKAGE)/man/%,man/man1/%,$(wildcard $(PACKAGE)/man/*.1)) \
	    $$(cd $(abspath $(PACKAGE))/man && ls *.1 | sed 's|^|man/man1/|'; ls *.3 | sed 's|^|man/man3/|') \
	    bash-completion/completions/optcert zsh/site-functions/_optcert
	rm -rf "$(DESTDIR)$(COMPANIONDIR)" "$(DESTDIR)$(LIBDIR)/cmake/optcert" "$(DESTDIR)$(INCLUDEDIR)/optcert" \
	    "$(DESTDIR)$(DATADIR)/optcert" "$(DESTDIR)$(DATADIR)/doc/optcert"
	rm -f "$(DESTDIR)$(BINDIR)/optcert"
	[ -n "$(DESTDIR)" ] || ldconfig 2>/dev/null || true

install-check: lib program ## install into a folder of its own, use it from there, uninstall; nothing may be left
	tests/package/check.sh $(BUILD) $(PACKAGE)/check

abi-check: lib ## the library's binary interface is that of tests/package/abi.txt, or larger
	tests/package/abi.sh $(BUILD) check
	tests/package/abi-control.sh $(BUILD)
abi-record: lib ## write tests/package/abi.txt
	tests/package/abi.sh $(BUILD) record

reproducible: ## two builds in different folders have the same digests
	tests/package/reproducible.sh $(PACKAGE)/reproducible

deb: ## a Debian source package and the packages built from it, in build/deb
	tests/setup/install.sh build package
	tests/package/deb.sh $(BUILD)/deb $(VERSION)
clean-room: deb ## install the packages in a new Debian and use them there (root)
	tests/package/clean-room.sh $(BUILD)/deb $(BUILD)/clean-room

.PHONY: pages install uninstall install-check abi-check abi-record reproducible deb clean-room FORCE
