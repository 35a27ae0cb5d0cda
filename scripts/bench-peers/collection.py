# SPDX-License-Identifier: GPL-2.0-or-later
"""The paragraphs that scripts/bench measures on: read, multiplied to a size, and
the queries that are drawn from them. Nothing here depends on chance: the same
file gives the same text and the same queries.

usage: collection.py FILE BYTES JSONL TSV   (BYTES 0: as it is)
"""
import collections
import gzip
import json
import random
import re
import sys

# The vocabulary of text grows as a power of its length (Heaps' law); of English
# about this one. Words that stand once or twice are the larger half of it.
HEAPS = 0.55
RARE_SHARE = 0.6

# What all engines take for the same words: ASCII letters between spaces.
WORD = re.compile(r"[A-Za-z]+")
RUN = re.compile(r"(?<!\S)[A-Za-z]+(?: [A-Za-z]+)+(?!\S)")


def read(path):
    """(id, text) of each line of JSON; white space is single spaces."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            fields = json.loads(line)
            yield (fields.get("id") or str(number),
                   " ".join(fields["text"].split()))


def grow(paragraphs, size):
    """PARAGRAPHS again and again up to SIZE bytes of text. Each copy has other
    words in place of some of the rare ones, as many as more text would bring."""
    frequency = collections.Counter(
        word for _, text in paragraphs for word in WORD.findall(text))
    rare = {word for word, n in frequency.items() if n <= 2 and len(word) > 3}
    total = 0
    copy = 0
    while True:
        copy += 1
        share = min(1, (copy ** HEAPS - (copy - 1) ** HEAPS) / RARE_SHARE)
        chance = random.Random(copy)
        suffix = "".join(chance.choice("bdfgklmnprstv") + chance.choice("aeiou")
                         for _ in range(3))
        changed = {word: word[:-2] + suffix for word in sorted(rare)
                   if copy > 1 and chance.random() < share}

        def change(match):
            return changed.get(match[0], match[0])

        for name, text in paragraphs:
            if copy > 1:
                text = WORD.sub(change, text)
                name = f"{name}~{copy}"
            yield name, text
            total += len(text.encode())
            if total >= size:
                return


def write(paragraphs, jsonl, tsv):
    """Both forms that the engines read; returns how many bytes of text, and how
    many paragraphs."""
    size = count = 0
    with open(jsonl, "w", encoding="utf-8") as lines, \
         open(tsv, "w", encoding="utf-8") as columns:
        for name, text in paragraphs:
            json.dump({"id": name, "text": text}, lines, ensure_ascii=False)
            lines.write("\n")
            columns.write(f"{name}\t{text}\n")
            size += len(text.encode())
            count += 1
    return size, count


class Words:
    """The words of a collection, by how many paragraphs have them."""

    def __init__(self, paragraphs):
        self.paragraphs = paragraphs
        self.frequency = collections.Counter()
        for _, text in paragraphs:
            self.frequency.update(set(WORD.findall(text.lower())))
        self.order = [word for word, _ in sorted(
            self.frequency.items(), key=lambda item: (-item[1], item[0]))]
        self.common = set(self.order[:100])

    def between(self, low, high):
        """Words in LOW to HIGH of all paragraphs."""
        n = len(self.paragraphs)
        return [word for word in self.order
                if low * n <= self.frequency[word] < high * n and len(word) > 2]

    def row(self, chance, length, wanted):
        """LENGTH words in a row, from somewhere, for which WANTED is true."""
        for _ in range(100000):
            runs = RUN.findall(chance.choice(self.paragraphs)[1].lower())
            if not runs:
                continue
            words = chance.choice(runs).split()
            start = chance.randrange(len(words))
            row = words[start:start + length]
            if len(row) == length and wanted(row):
                return row
        raise SystemExit(f"bench: the text is too small to draw {length} words")


def queries(paragraphs, count):
    """COUNT of each class, as (class, kind, words)."""
    words = Words(paragraphs)
    n = len(paragraphs)
    rare = [word for word in words.order
            if 2 <= words.frequency[word] <= max(20, n // 5000)]
    middle = words.between(0.001, 0.01)
    frequent = words.between(0.01, 0.5)
    common = words.order[:20]
    few = max(20, n // 1000)

    def has(row, wanted):
        return [word for word in row if wanted(word)]

    classes = [
        ("rare term", "term", lambda c: [c.choice(rare)]),
        ("middle term", "term", lambda c: [c.choice(middle)]),
        ("common term", "term", lambda c: [c.choice(common)]),
        ("AND of 2", "and", lambda c: c.sample(frequent, 2)),
        ("OR of 2", "or", lambda c: c.sample(frequent, 2)),
        ("OR of 5", "or", lambda c: c.sample(frequent, 5)),
        ("phrase, 2 rare", "phrase", lambda c: words.row(
            c, 2, lambda row: all(words.frequency[w] <= few for w in row))),
        ("phrase, 2 common", "phrase", lambda c: words.row(
            c, 2, lambda row: all(w in words.common for w in row))),
        ("phrase of 3", "phrase", lambda c: words.row(
            c, 3, lambda row: 1 <= len(has(row, common.__contains__)) <= 2)),
        ("phrase of 4", "phrase", lambda c: words.row(
            c, 4, lambda row: 1 <= len(has(row, common.__contains__)) <= 3)),
        ("prefix", "prefix", lambda c: [c.choice(
            [w for w in middle if len(w) > 5])[:5]]),
    ]
    for name, kind, draw in classes:
        chance = random.Random(name)
        for _ in range(count):
            yield name, kind, draw(chance)


def main(path, size, jsonl, tsv):
    paragraphs = read(path)
    if int(size):
        paragraphs = grow(list(paragraphs), int(size))
    print(*write(paragraphs, jsonl, tsv))


if __name__ == "__main__":
    main(*sys.argv[1:])
