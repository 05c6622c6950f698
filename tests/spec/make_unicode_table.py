#!/usr/bin/env python3
"""Makes src/base/unicode_table.h from Debian's package unicode-data (`make tables`).

    make_unicode_table.py [FOLDER] > src/base/unicode_table.h

In:  auxiliary/WordBreakProperty.txt, emoji/emoji-data.txt, PropList.txt, UnicodeData.txt and
     DerivedNormalizationProps.txt in FOLDER (default /usr/share/unicode).
Out: a C header with a two-stage table, one byte a code point, which stands for a set of flags. The same input gives the
     same bytes.
"""
import re
import sys
from collections import Counter
from pathlib import Path

N = 0x110000
SIZE = 128  # code points of a block: the first block is ASCII
# The first stage covers planes 0 to 2 and the assigned part of plane 14; all else is as what is not assigned.
COVERED = [range(0, 0x30000), range(0xE0000, 0xE1000)]

# In the order of tt_wb in base/unicode.h.
WB = ["Other", "CR", "LF", "Newline", "Extend", "ZWJ", "Format", "Regional_Indicator", "Katakana", "Hebrew_Letter",
      "ALetter", "Single_Quote", "Double_Quote", "MidNumLet", "MidLetter", "MidNum", "Numeric", "ExtendNumLet",
      "WSegSpace"]
PICTOGRAPHIC, SPACE, BOUNDARY, NFKC, FOLD = 0x20, 0x40, 0x80, 0x100, 0x200

HEADER = """/* Made by tests/spec/make_unicode_table.py (`make tables`) from the Unicode Character Database {version}.
 * The data are copyright Unicode, Inc., used under the Unicode licence: https://www.unicode.org/terms_of_use.html
 *
 * tt_uc_flags[tt_uc_kinds[tt_uc_blocks[i / TT_UC_SIZE] * TT_UC_SIZE + i % TT_UC_SIZE]] tells of the code point cp
 * (i = cp below TT_UC_LOW, i = TT_UC_LOW + cp - TT_UC_HIGH from TT_UC_HIGH to before TT_UC_END; elsewhere kind 0) its
 * Word_Break (tt_wb), Extended_Pictographic, White_Space, and for normalisation
 *   TT_UC_BOUNDARY  neither it nor what it is folded to interacts with a character before it
 *   TT_UC_NFKC      NFKC leaves it as it is between two boundaries
 *   TT_UC_FOLD      NFKC with case folding does so, too */
#ifndef TT_BASE_UNICODE_TABLE_H
#define TT_BASE_UNICODE_TABLE_H

#include <stdint.h>

/* clang-format off */
#define TT_UC_VERSION "{version}"
#define TT_UC_SIZE {size}
#define TT_UC_LOW 0x{low.stop:x}u
#define TT_UC_HIGH 0x{high.start:x}u
#define TT_UC_END 0x{high.stop:x}u
#define TT_UC_WB 0x1fu
#define TT_UC_PICTOGRAPHIC 0x{pictographic:x}u
#define TT_UC_SPACE 0x{space:x}u
#define TT_UC_BOUNDARY 0x{boundary:x}u
#define TT_UC_NFKC 0x{nfkc:x}u
#define TT_UC_FOLD 0x{fold:x}u
"""


def lines(path):
    """The fields of each line that is not empty; comments are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [f.strip() for f in line.split("#")[0].split(";")]
        if fields[0]:
            yield fields


def span(text):
    first, _, last = text.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def version_of(path):
    """The version that stands in the first line: `# WordBreakProperty-15.0.0.txt`."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    found = re.search(r"-(\d+\.\d+\.\d+)\.txt", first)
    if not found:
        sys.exit(f"{path}: no version in the first line")
    return found.group(1)


def read_characters(path):
    """Canonical combining classes and decompositions (compatibility ones too), one step each."""
    ccc, decomposition = {}, {}
    for fields in lines(path):
        cp = int(fields[0], 16)
        if fields[3] != "0":
            ccc[cp] = int(fields[3])
        if fields[5]:
            decomposition[cp] = [int(x, 16) for x in fields[5].split() if not x.startswith("<")]
    return ccc, decomposition


def first_of(cp, decomposition):
    """The first character of the full compatibility decomposition. A Hangul syllable begins with a leading jamo."""
    while cp in decomposition:
        cp = decomposition[cp][0]
    return 0x1100 if 0xAC00 <= cp <= 0xD7A3 else cp


def make_flags(folder):
    flags = [BOUNDARY | NFKC | FOLD] * N
    for fields in lines(folder / "auxiliary/WordBreakProperty.txt"):
        for cp in span(fields[0]):
            flags[cp] |= WB.index(fields[1])
    for fields in lines(folder / "emoji/emoji-data.txt"):
        if fields[1] == "Extended_Pictographic":
            for cp in span(fields[0]):
                flags[cp] |= PICTOGRAPHIC
    for fields in lines(folder / "PropList.txt"):
        if fields[1] == "White_Space":
            for cp in span(fields[0]):
                flags[cp] |= SPACE
    ccc, decomposition = read_characters(folder / "UnicodeData.txt")
    joins, folds = set(), {}  # what may compose with a character before it; what folding turns a character into
    for fields in lines(folder / "DerivedNormalizationProps.txt"):
        for cp in span(fields[0]):
            if fields[1] == "NFC_QC" and fields[2] == "M":
                joins.add(cp)
            elif fields[1] == "NFKC_QC":
                flags[cp] &= ~NFKC & ~FOLD if fields[2] == "N" else -1
            elif fields[1] == "NFKC_CF":
                folds[cp] = [int(x, 16) for x in fields[2].split()]
                flags[cp] &= ~FOLD
    for cp in range(N):
        firsts = [first_of(cp, decomposition)] + [first_of(x, decomposition) for x in folds.get(cp, [])[:1]]
        if any(x in ccc or x in joins for x in firsts):
            flags[cp] &= ~BOUNDARY
    return flags


def write(head, values):
    """One array, its rows filled up to 120 columns."""
    print(f"static const {head} = {{")
    row = ""
    for text in (f"{v}," for v in values):
        if len(row) + len(text) > 116:
            print("    " + row)
            row = ""
        row += text
    print("    " + row.rstrip(",") + "\n};\n")


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
    version = version_of(folder / "auxiliary/WordBreakProperty.txt")
    for other in ("PropList.txt", "DerivedNormalizationProps.txt"):
        if version_of(folder / other) != version:
            sys.exit(f"{folder / other}: not of version {version}")
    flags = make_flags(folder)
    ranking = Counter(flags).most_common()  # equal counts stay in order of code point
    kinds = {flag: i for i, (flag, _) in enumerate(ranking)}
    if any(kinds[flags[cp]] for cp in range(N) if not any(cp in part for part in COVERED)):
        sys.exit("a code point outside of COVERED is not of kind 0")
    blocks, index = {}, []
    for start in (start for part in COVERED for start in part[::SIZE]):
        index.append(blocks.setdefault(tuple(kinds[flag] for flag in flags[start:start + SIZE]), len(blocks)))
    if len(blocks) > 256 or len(kinds) > 256:
        sys.exit("more than 256 different blocks or kinds: make the tables 16 bits wide")
    print(HEADER.format(version=version, size=SIZE, low=COVERED[0], high=COVERED[1], pictographic=PICTOGRAPHIC,
                        space=SPACE, boundary=BOUNDARY, nfkc=NFKC, fold=FOLD))
    write(f"uint16_t tt_uc_flags[{len(kinds)}]", [f"0x{flag:x}" for flag in kinds])
    write(f"uint8_t tt_uc_blocks[{len(index)}]", index)
    write(f"uint8_t tt_uc_kinds[{len(blocks) * SIZE}]", [kind for block in blocks for kind in block])
    print("/* clang-format on */\n\n#endif")


if __name__ == "__main__":
    main()
