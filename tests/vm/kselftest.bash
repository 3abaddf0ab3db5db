# SPDX-License-Identifier: LGPL-2.1-or-later
# Mainline Landlock's own tests: they come from the kernel's source package and are
# built once per source and compiler, beside the cached kernels, into $tests.
# shellcheck shell=bash
source=/usr/src/linux-source-6.12.tar.xz
cache=${XDG_CACHE_HOME:-$HOME/.cache}/landlock-shim/kernel
version=$({ sha256sum < $source && ${CC:-gcc} --version; } | sha256sum | cut -c1-20)
tests=$cache/kselftest-$version

build() { # into $tests
	mkdir -p "$cache" && tree=$(mktemp -d "$cache/build.XXXXXX") || return
	tar xf $source -C "$tree" --strip-components=1 linux-source-6.12/Makefile \
		linux-source-6.12/{arch/x86,include,scripts,tools,usr} &&
		mkdir "$tree/done" &&
		make -s -C "$tree" headers &&
		make -s -C "$tree/tools/testing/selftests/landlock" \
			OUTPUT="$tree/done" \
			KHDR_INCLUDES="-isystem $tree/usr/include" &&
		rm -rf "$tests" && mv "$tree/done" "$tests"
}
