#!/bin/sh
# install.sh install|uninstall, called by the Makefile with its folders in the environment. One walk over what belongs to
# an installation does both, so that uninstall removes what install puts there and nothing else.
set -eu
what=$1
so=libtagtrend.so.$VERSION

# put MODE FILE FOLDER [NAME]
put() {
    folder=$DESTDIR$3
    name=${4:-${2##*/}}
    if [ "$what" = install ]; then
        mkdir -p "$folder"
        install -m "$1" "$2" "$folder/$name"
    else
        rm -f "$folder/$name"
        leave "$3"
    fi
}

# put_link TARGET FOLDER NAME
put_link() {
    if [ "$what" = install ]; then
        ln -sf "$1" "$DESTDIR$2/$3"
    else
        rm -f "$DESTDIR$2/$3"
        leave "$2"
    fi
}

# Folders of our own go when they are empty; those of the system stay, unless all of it lies under DESTDIR.
leave() {
    if [ -n "$DESTDIR" ]; then
        (cd "$DESTDIR" 2>/dev/null && rmdir -p ".$1" 2>/dev/null) || :
    else
        case $1 in "$DATADIR"*) rmdir "$1" "$DATADIR" 2>/dev/null || : ;; esac
    fi
}

pc() {
    cat <<EOF
includedir=$INCLUDEDIR
libdir=$LIBDIR

Name: tagtrend
Description: counts mentions of topics in the issues of a newsletter
Version: $VERSION
Cflags: -I\${includedir}
Libs: -L\${libdir} -ltagtrend
Libs.private: $LIBS
EOF
}

put 755 "$B/tagtrend" "$BINDIR"
put 644 include/tagtrend.h "$INCLUDEDIR"
put 644 "$B/libtagtrend.a" "$LIBDIR"
put 644 "$B/libtagtrend.so" "$LIBDIR" "$so"
put_link "$so" "$LIBDIR" libtagtrend.so.0
put_link libtagtrend.so.0 "$LIBDIR" libtagtrend.so
[ "$what" = uninstall ] || pc >"$B/tagtrend.pc"
put 644 "$B/tagtrend.pc" "$LIBDIR/pkgconfig"
for page in src/cli/*.[1-8]; do
    put 644 "$page" "$MANDIR/man${page##*.}"
done
for file in lexicons/*.csv lexicons/README.md; do
    put 644 "$file" "$DATADIR/lexicons"
done
put 644 "$B/completions/tagtrend.bash" "$BASHDIR" tagtrend
put 644 "$B/completions/tagtrend.zsh" "$ZSHDIR" _tagtrend
put 644 "$B/completions/tagtrend.fish" "$FISHDIR"
