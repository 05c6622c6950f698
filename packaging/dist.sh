#!/bin/sh
# dist.sh [check|deb], run by the Makefile. Without a word: the tarball of what is committed, the same bytes each time.
# check: the tarball alone builds (unoptimised, which is quicker), in two folders of names of different length, to the same bytes, and passes the tests of
# the pages, the header, the ABI and the installation. deb: the Debian packages.
set -eu
version=$(sed -n 's/^.define TT_VERSION "\(.*\)"/\1/p' include/tagtrend.h)
name=tagtrend-$version
tarball=$PWD/build/$name.tar.gz
unset MAKEFLAGS MFLAGS MAKELEVEL
jobs=-j$(nproc 2>/dev/null || echo 1)

if [ $# = 0 ]; then
    mkdir -p build
    git archive --format=tar --prefix="$name/" HEAD | gzip -9n >"$tarball"
    echo "build/$name.tar.gz"
    exit 0
fi

unpack() {
    rm -rf "$1"
    mkdir -p "$1"
    tar -xzf "$tarball" -C "$1"
    cd "$1/$name"
}

check() {
    log=$PWD/build/distcheck.log
    for folder in build/dist/a build/dist/another-folder; do
        (unpack "$folder" && make -s "$jobs" MODE=debug all build/debug/libtagtrend.a) >"$log" 2>&1 ||
            { cat "$log"; echo "distcheck: the tarball does not build"; exit 1; }
    done
    for file in tagtrend libtagtrend.so libtagtrend.a; do
        cmp "build/dist/a/$name/build/debug/$file" "build/dist/another-folder/$name/build/debug/$file"
    done
    cd "build/dist/a/$name"
    make -s MODE=debug test UNIT= SH_TESTS="tests/man.t tests/pages.t tests/header.t tests/abi.t tests/install.t" PROVE=-Q
    cd ../../../..
    rm -rf build/dist "$log"
    echo "distcheck: $name.tar.gz builds, the same in two folders, and passes"
}

deb() {
    (
        unpack build/deb
        cp "$tarball" "../tagtrend_$version.orig.tar.gz"
        cp -r packaging/debian debian
        dpkg-buildpackage -us -uc "$jobs" >../log 2>&1
    ) || { tail -n 50 build/deb/log; exit 1; }
    # there is no bug of Debian's that asks for the package
    lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs build/deb/*.changes
    ls build/deb/*.deb
}

"$1"
