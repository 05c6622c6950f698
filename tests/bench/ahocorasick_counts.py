"""In: a file of terms, a folder of Markdown. Out: CSV file,term,mentions: what one would write in an hour with
python3-ahocorasick: Markdown stripped by regular expressions, one pass of the automaton, whole words only."""
import collections
import os
import re
import sys

import ahocorasick

FRONT = re.compile(r"\A---\n.*?^---\n", re.S | re.M)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
URL = re.compile(r"<?https?://\S+")
MARKS = re.compile(r"[*_#>]+")


def strip(text):
    text = CODE.sub(" ", FRONT.sub("", text))
    return MARKS.sub("", URL.sub(" ", LINK.sub(r"\1", IMAGE.sub(" ", text))))


def main(terms, folder):
    automaton = ahocorasick.Automaton()
    with open(terms, encoding="utf-8") as lines:
        for term in lines:
            term = term.rstrip("\n")
            automaton.add_word(term, term)
    automaton.make_automaton()
    print("file,term,mentions")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            text = strip(f.read()).lower()
        counts = collections.Counter()
        n = len(text)
        for last, term in automaton.iter(text):
            first = last - len(term) + 1
            if (first == 0 or not text[first - 1].isalnum()) and (last + 1 == n or not text[last + 1].isalnum()):
                counts[term] += 1
        for term in sorted(counts):
            print(f"{name},{term},{counts[term]}")


main(sys.argv[1], sys.argv[2])
