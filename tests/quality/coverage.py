#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""coverage.py BUILD [FOLDER|FILE...]: what the tests that ran in the instrumented tree BUILD reached, by gcov. A source that is
compiled for two formats counts once for each, a header once for each format of the sources that read it, and what is compiled for
several instruction sets once: the text is the same. Fails below coverage.txt (FOLDER|FILE LINES BRANCHES, in percent); lists what was not reached of what is below and of what is named.
A line of unreached.txt takes one line of code out, and what stands below it when it opens a block of one line; it must give the
reason, and one that is reached after all fails here. With * for the file it speaks of a macro that asks one question too many: lines
with it count as whole where they ran and no more than one branch is missing.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

BUILD, ASKED = pathlib.Path(sys.argv[1]), sys.argv[2:]
HERE = pathlib.Path(__file__).parent
COPY = re.compile(r'/impl/fast/(base|avx2|avx512)/')


def measured():
    """{(source, format): {line: [times it ran, [times each branch was taken]]}}"""
    found = collections.defaultdict(dict)
    data = [p for folder in ('impl', 'reference', 'tests') for p in sorted((BUILD / folder).rglob('*.gcda'))
            if not COPY.search(str(p)) and p.relative_to(BUILD).parts[:2] not in (('tests', 'unit'), ('tests', 'fuzz'))]
    for i in range(0, len(data), 50):
        done = subprocess.run(['gcov', '--json-format', '--stdout', '--branch-probabilities', *data[i:i + 50]], capture_output=True, text=True,
                              check=True, env={'PATH': '/usr/bin:/bin', 'LC_ALL': 'C'})
        for document in done.stdout.splitlines():
            for file in json.loads(document)['files']:
                if not file['file'].startswith('/'):
                    form = re.search('_f(32|64|128)[.]', json.loads(document)['data_file'])
                    # what has no format of its own reads the library's headers for binary64
                    add(found[file['file'], form[0] if form else '_f64.' if file['file'].startswith('impl/') else ''], file['lines'])
    return found


def add(lines, more):
    """Adds one compilation's counts. Functions that a macro makes twice on one line come one after the other."""
    own = collections.defaultdict(lambda: [0, []])
    for line in more:
        own[line['line_number']][0] += line['count']
        own[line['line_number']][1] += [branch['count'] for branch in line['branches'] if not branch['throw']]
    for number, (count, branches) in own.items():
        old = lines.setdefault(number, [0, [0] * len(branches)])
        old[0] += count
        if len(branches) > len(old[1]):  # this compiler pass made more of the line
            old[1] += [0] * (len(branches) - len(old[1]))
        for i, taken in enumerate(branches):
            old[1][i] += taken


def exceptions():
    """{file: [(text, reason)]}"""
    found = collections.defaultdict(list)
    for line in (HERE / 'unreached.txt').read_text().splitlines():
        if line and not line.startswith('#'):
            file, text, reason = re.split(r'\s*\|\|\s*', line, maxsplit=2)
            if not reason:
                sys.exit(f'unreached.txt: {file}: no reason')
            found[file].append((text, reason))
    return found


class Sum:
    def __init__(self):
        self.lines = self.of_lines = self.branches = self.of_branches = 0

    def add(self, count, branches):
        self.of_lines += 1
        self.lines += count > 0
        self.of_branches += len(branches)
        self.branches += sum(b > 0 for b in branches)

    def percent(self):
        return tuple(100.0 if of == 0 else 100 * n / of for n, of in ((self.lines, self.of_lines), (self.branches, self.of_branches)))


def folder_of(file):
    return 'impl' if file.startswith('impl/') else 'tests/engine' if file.startswith('tests/engine/') else str(pathlib.Path(file).parent)


def main():
    sums, skip, missing, stale = collections.defaultdict(Sum), exceptions(), collections.defaultdict(set), {}
    for (file, _), lines in measured().items():
        source = pathlib.Path(file).read_text().splitlines()
        for number, (count, branches) in lines.items():
            if number > len(source):
                sys.exit(f'{file} is not what was compiled: run `make coverage` again')
            text = source[number - 1].strip()
            excuse = next((e for e in skip[file] if e[0] in text or (e[0].endswith('{') and e[0] in source[number - 2])), None)
            short = count == 0 or any(b == 0 for b in branches)
            if any(e[0] in text for e in skip['*']) and count > 0 and sum(b == 0 for b in branches) == 1:
                stale[('*', next(e[0] for e in skip['*'] if e[0] in text))] = False
                branches, short = [1] * len(branches), False
            if excuse:
                stale[(file, excuse[0])] = stale.get((file, excuse[0]), True) and not short
                continue
            sums[file].add(count, branches)
            sums[folder_of(file)].add(count, branches)
            if short:
                taken = f'{sum(b > 0 for b in branches)} of {len(branches)} branches' if count else 'not run'
                missing[file].add((number, taken, text))
    failed, listed = False, set(ASKED)
    for line in (HERE / 'coverage.txt').read_text().splitlines():
        if line and not line.startswith('#'):
            name, lines, branches = line.split()
            have = sums[name].percent()
            low = have[0] + 1e-9 < float(lines) or have[1] + 1e-9 < float(branches)
            print(f'{name:30} {have[0]:6.1f} % of {sums[name].of_lines:5} lines {have[1]:6.1f} % of {sums[name].of_branches:5} branches'
                  + (f'   below {lines}, {branches}' if low else ''))
            failed = failed or low
            listed |= {name} if low else set()
    for file in sorted(missing):
        if {file, folder_of(file)} & listed:
            for number, taken, text in sorted(missing[file]):
                print(f'  {file}:{number}: {taken}: {text}')
    for file, excuses in skip.items():
        for text, _ in excuses:
            if stale.get((file, text), True):
                print(f'  unreached.txt: {file}: "{text}" is reached, or not there')
                failed = True
    sys.exit(1 if failed else 0)


main()
