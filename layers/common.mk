# What the Makefiles of the layers share. `sam build` runs them in a scratch directory, hence the
# absolute paths, and tells them where to put the result: $(ARTIFACTS_DIR).
#
#   CHIRRUP_BUILD_ARCH=x86_64           for functions deployed with Architecture=x86_64
#   CHIRRUP_BUILD_PYTHON=<interpreter>  for that interpreter on this machine (the local run)
ROOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))..)
PACKAGES = $(ARTIFACTS_DIR)/python
CHIRRUP_BUILD_ARCH ?= arm64

# `make` of the repository puts uv there; `sam build` by hand may use one of its own.
UV ?= $(firstword $(wildcard $(ROOT)/.venv/tools/bin/uv) uv)

# Lambda's layers are read-only: without bytecode every cold start compiles all that it imports,
# which doubles the import time. Bytecode is bound to the version of Python, not to the processor,
# so any 3.13 will do; unchecked, since the archive does not keep the times of files. One process,
# for the same bytes each time: an unchanged layer is then not deployed again.
COMPILER := $(or $(CHIRRUP_BUILD_PYTHON),$(shell \
	for python in $(ROOT)/.venv/tools/bin/python python3.13 python3; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; \
		then echo "$$python"; break; fi; done))

# Where wheels are taken for: that interpreter, or Lambda's.
ifdef CHIRRUP_BUILD_PYTHON
TARGET := --python "$(CHIRRUP_BUILD_PYTHON)"
else
# Python 3.13 runs on Amazon Linux 2023 there, whose glibc is 2.34.
PLATFORM_arm64 := aarch64-manylinux_2_28
PLATFORM_x86_64 := x86_64-manylinux_2_28
TARGET := --python-platform $(PLATFORM_$(CHIRRUP_BUILD_ARCH)) --python-version 3.13
endif

# Installs what requirements/$(1).txt lists, with hashes, from wheels alone: any machine can build.
define install
mkdir -p "$(PACKAGES)"
	"$(UV)" pip install --quiet --no-python-downloads --require-hashes --only-binary :all: \
		$(TARGET) --target "$(PACKAGES)" --requirements "$(ROOT)/requirements/$(1).txt"
	rm -rf "$(PACKAGES)/bin"
endef

define compile
	@find "$(PACKAGES)" -name __pycache__ -prune -exec rm -rf {} +
	@if [ -n "$(COMPILER)" ]; then \
		PYTHONHASHSEED=0 "$(COMPILER)" -m compileall -q -s "$(PACKAGES)" -p /opt/python \
			--invalidation-mode unchecked-hash "$(PACKAGES)"; \
	else \
		echo "No Python 3.13 here: the layer goes without bytecode, so cold starts take longer."; \
	fi
endef
