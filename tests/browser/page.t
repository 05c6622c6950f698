#!/bin/sh
# The pages in a browser (see page.py). axe-core comes from npm, in this very version; without a browser or without npm the
# test says what is missing and passes, but under CI=true it fails.
AXE=4.10.2
cd "$(dirname "$0")/../.." || exit 1
without() {
    if [ "$CI" = true ]; then
        echo "1..1"; echo "not ok 1 - $1"; exit 1
    fi
    echo "# $1"
}
python=/usr/bin/python3
if ! $python -c 'import selenium' 2>/dev/null || ! [ -x /usr/bin/chromedriver ]; then
    without "chromium, chromium-driver or python3-selenium is not there"
    echo "1..0 # SKIP no browser"
    exit 0
fi
axe=build/axe-$AXE/node_modules/axe-core/axe.min.js
if ! [ -s $axe ]; then
    npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix build/axe-$AXE axe-core@$AXE >/dev/null 2>&1
fi
[ -s $axe ] || { without "axe-core $AXE could not be had from npm: its checks are left out"; axe=; }
exec $python tests/browser/page.py "$(pwd)/${TT_BUILD:-build/release}/tagtrend" $axe
