#!/bin/sh
# What tagtrend needs, by Debian's package names. `deps.sh SET…` says what is missing and fails; with --install it
# installs it (as root, or through sudo). A machine that has everything is asked for nothing.
# Sets: build (libraries, gnuplot), check (tests), all (what check-all adds), bench (what `make bench` measures beside us).
install=0
missing=
[ "$1" = --install ] && { install=1; shift; }

case ${CC:-cc} in
cc | gcc) ;; # gcc brings both
*) command -v ${CC%% *} >/dev/null 2>&1 || {
    echo "The compiler CC=$CC is not here; install it, or leave CC out to use cc" >&2
    exit 1
} ;;
esac

tool() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
header() { echo "#include <$1>" | ${CC:-cc} -I/usr/include/libxml2 -E -x c - >/dev/null 2>&1 || missing="$missing $2"; }
file() { [ -e "$1" ] || missing="$missing $2"; }

for set; do
    case $set in
    build)
        tool cc gcc
        if command -v ${CC:-cc} >/dev/null 2>&1; then
            header stdio.h libc6-dev
            header utf8proc.h libutf8proc-dev
            header csv.h libcsv-dev
            header cjson/cJSON.h libcjson-dev
            header md4c.h libmd4c-dev
            header yaml.h libyaml-dev
            header nettle/sha2.h nettle-dev
            header libpsl.h libpsl-dev
            header archive.h libarchive-dev
            tool pkg-config pkg-config
            pkg-config --exists libxml-2.0 2>/dev/null || missing="$missing libxml2-dev"
            pkg-config --exists gmime-3.0 2>/dev/null || missing="$missing libgmime-3.0-dev"
        else
            missing="$missing libc6-dev libutf8proc-dev libcsv-dev libcjson-dev libmd4c-dev libyaml-dev nettle-dev libpsl-dev"
            missing="$missing libarchive-dev libxml2-dev libgmime-3.0-dev pkg-config"
        fi
        tool gnuplot gnuplot-nox
        ;;
    check)
        if command -v ${CC:-cc} >/dev/null 2>&1; then
            printf '#include <stdarg.h>\n#include <stddef.h>\n#include <setjmp.h>\n#include <stdint.h>\n#include <cmocka.h>\n' |
                ${CC:-cc} -E -x c - >/dev/null 2>&1 || missing="$missing libcmocka-dev"
        else
            missing="$missing libcmocka-dev"
        fi
        tool prove perl
        tool cmark-gfm cmark-gfm # makes HTML of the sample archive for tests/formats.t
        file /usr/share/i18n/locales/tr_TR locales
        file /usr/share/i18n/charmaps/UTF-8.gz locales
        ;;
    all)
        tool clang clang
        tool mandoc mandoc
        tool zsh zsh # tests/completions.t
        tool fish fish
        tool git git # make dist, make deb
        tool dpkg-buildpackage dpkg-dev
        tool dh debhelper
        tool lintian lintian
        # the pages in a browser; axe-core comes from npm (tests/browser/page.t)
        tool chromium chromium
        tool chromedriver chromium-driver
        file /usr/lib/python3/dist-packages/selenium python3-selenium
        tool npm npm
        ;;
    bench)
        tool rg ripgrep
        tool ugrep ugrep
        header hs/hs.h libhyperscan-dev
        /usr/bin/python3 -c 'import ahocorasick' 2>/dev/null || missing="$missing python3-ahocorasick"
        ;;
    esac
done
missing=$(echo $missing | tr ' ' '\n' | sort -u | tr '\n' ' ')
[ -n "${missing% }" ] || exit 0

if [ $install = 0 ]; then
    echo "tagtrend needs packages that are not here. Install them with:" >&2
    echo "    apt-get install --no-install-recommends $missing" >&2
    exit 1
fi
command -v apt-get >/dev/null 2>&1 || {
    echo "These packages (by Debian's names) are missing, and there is no apt-get to install them: $missing" >&2
    exit 1
}
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "Installing: $missing"
export DEBIAN_FRONTEND=noninteractive
install() { $sudo apt-get install -q -y --no-install-recommends "$@" >/dev/null; }
$sudo apt-get update -q >/dev/null && install $missing || {
    if [ "$*" = bench ]; then # what can be had is enough; the rest is told
        for one in $missing; do install "$one"; done
        exec sh "$0" bench
    fi
    echo "apt-get could not install: $missing" >&2
    exit 1
}
exec sh "$0" "$@"
