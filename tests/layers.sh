#!/bin/sh
# Proves that includes run one way: tagtrend.h <- base <- each room (never another room) <- run.c; cli sees tagtrend.h
# and its own headers only; and that each outside library is met in one file.
bad=0
for f in src/*/*.[ch] src/run*.[ch]; do
    room=${f#src/}
    room=${room%%/*}
    for inc in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$f"); do
        case $room:$inc in
        run*:*) ;;
        cli:tagtrend.h | cli:cli/*) ;;
        cli:*) echo "$f includes $inc: cli sees tagtrend.h and its own headers only"; bad=1 ;;
        *:tagtrend.h | *:base/* | $room:$room/*) ;;
        *) echo "$f includes $inc: rooms do not know each other"; bad=1 ;;
        esac
        [ "$room" = base ] && case $inc in tagtrend.h | base/*) ;; *) echo "$f includes $inc: base knows no room"; bad=1 ;; esac
    done
done
for lib in utf8proc.h csv.h cjson/cJSON.h md4c.h yaml.h nettle/sha2.h libpsl.h archive.h iconv.h libxml/parser.h gmime/gmime.h; do
    n=$(grep -l "^#include <$lib>" src/*/*.[ch] src/run*.[ch] | wc -l)
    [ "$n" -le 1 ] || { echo "<$lib> is included in $n files, must be 1"; bad=1; }
done
[ $bad = 0 ] && echo "layers: fine"
exit $bad
