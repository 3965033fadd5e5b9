#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check.py BUILD FOLDER [--planted] DOCUMENT...: does what the documents say, as a reader would, and compares.

In an indented block a line "$ COMMAND" (continued by a final backslash) is run in FOLDER, and the lines below it must appear in
its output in this order; "exit N" is its exit code where it is not 0. Blanks and digests are not compared, long numbers to one unit in
the last place that either prints (values that differ by less may be rounded to neighbours; other processors' exp and log differ in
their last bits), and a line "..." stands for any. A block of code below "<!-- file: NAME -->" becomes that file. "<!-- long: WHY -->" and
"<!-- needs: torch -->" keep the block below from being run, the second only where there is no PyTorch. What is not run, and every
`make TARGET` and `optcert COMMAND --OPTION` in the text, must at least name targets, commands and options that there are. --planted:
the documents are wrong, and each "<!-- mistake: TEXT -->" must come with a problem that says TEXT, and nothing else with one.
"""
import decimal
import os
import pathlib
import re
import subprocess
import sys

PLANTED = '--planted' in sys.argv
BUILD, WORK, *DOCUMENTS = [pathlib.Path(word) for word in sys.argv[1:] if word != '--planted']
BUILD = BUILD.resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
FEW = 5  # a shorter number is a setting, a count, or a rounding that is meant; it must be the same
problems, run_count, named_count, kept_back, mistakes = [], 0, 0, [], []


def shape(line):
    """A line without what may differ: widths of blanks, colours, digests."""
    line = re.sub(r'\x1b\[[0-9;]*m', '', line)
    return re.sub(r'\s+', ' ', re.sub(r'\b[0-9a-f]{16,}\b', 'DIGEST', line)).strip()


def close(a, b):
    """The same word, or two numbers of at least FEW digits, no whole ones, at most one unit in the last printed place apart."""
    if a == b:
        return True
    try:
        x, y = decimal.Decimal(a), decimal.Decimal(b)
    except decimal.InvalidOperation:
        return False
    if not all(n.is_finite() and re.search('[.e]', text) and len(n.as_tuple().digits) >= FEW for n, text in ((x, a), (y, b))):
        return False
    return abs(x - y) <= decimal.Decimal(10) ** min(x.as_tuple().exponent, y.as_tuple().exponent)


def says(line, expected):
    """A line may be given by its beginning."""
    if line.startswith(expected):
        return True
    words, wanted = (re.split(r'[ ,()\[\]]+', text) for text in (line, expected))
    return len(words) >= len(wanted) and all(map(close, wanted, words))


def environment():
    return dict(os.environ, PATH=f'{BUILD}:/usr/bin:{os.environ["PATH"]}', C_INCLUDE_PATH=str(ROOT / 'impl/include'), NO_COLOR='1')


def call(command):
    done = subprocess.run(['bash', '-c', command], cwd=WORK, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=300, check=False)
    return done.returncode, done.stdout


def compare(where, command, expected):
    global run_count
    code, output = call(command)
    run_count += 1
    wanted_code = 0
    lines = [shape(line) for line in output.splitlines()]
    position = 0
    for line in expected:
        if match := re.fullmatch(r'exit (\d)', line.strip()):
            wanted_code = int(match[1])
            continue
        if not shape(line) or shape(line) == '...':
            continue
        found = next((i for i in range(position, len(lines)) if says(lines[i], shape(line))), None)
        if found is None:
            problems.append(f'{where}: `{command}` does not say "{shape(line)}"')
            problems.extend('    ' + l for l in output.splitlines()[-8:])
            break
        position = found + 1
    # a README need not say that its example of a failure exits 1
    if code != wanted_code and not (wanted_code == 0 and code == 1 and any('failed' in l for l in expected)):
        problems.append(f'{where}: `{command}` exits {code}, not {wanted_code}: {output[-300:]}')


HELP = {}


def help_of(command):
    if command not in HELP:
        words = [str(BUILD / 'optcert')] + ([command] if command else []) + ['--help']
        HELP[command] = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return HELP[command]


TARGETS = set(re.findall(r'^([a-z][a-z-]*):', subprocess.run(['make', '-C', ROOT, '-pqrR', '--no-print-directory'],
              capture_output=True, text=True, check=False).stdout, re.M))


def check_names(where, text):
    """Targets, commands and options that the text names are there."""
    global named_count
    text = text.strip()
    if match := re.match(r'(?:make)((?: +[^ ]+)*)$', text.split('#')[0].strip()):
        for word in match[1].split():
            if re.fullmatch(r'[a-z][a-z-]*', word):
                named_count += 1
                if word not in TARGETS:
                    problems.append(f'{where}: `make {word}`: there is no such target')
    elif match := re.match(r'(?:build/)?optcert +([a-z]+)(.*)$', text, re.S):
        named_count += 1
        commands = re.findall(r'^  ([a-z]+) ', help_of('').split('Commands:')[1], re.M)
        if match[1] not in commands:
            problems.append(f'{where}: `optcert {match[1]}`: there is no such command')
            return
        rest = match[2].split(' | ')[0]
        for option in re.findall(r'(?<![\w-])(--[a-z][a-z0-9-]*)', re.sub(r'"[^"]*"', '', rest)):
            if not re.search(re.escape(option) + r'(?![a-z0-9-])', help_of(match[1])):
                problems.append(f'{where}: `optcert {match[1]} {option}`: there is no such option')


def has_torch():
    return call('python3 -c "import torch"')[0] == 0


def indented(lines, start):
    end = start
    while end < len(lines) and (lines[end].startswith('    ') or (not lines[end].strip() and end + 1 < len(lines)
                                                                  and lines[end + 1].startswith('    '))):
        end += 1
    return [line[4:] for line in lines[start:end]], end


def commands_of(block):
    """(command, expected lines) for each "$ " of a block."""
    i, found = 0, []
    while i < len(block):
        if block[i].startswith('$ '):
            command = block[i][2:]
            while command.endswith('\\'):
                i += 1
                command = command[:-1] + block[i].strip()
            found.append((command, []))
        elif found:
            found[-1][1].append(block[i])
        i += 1
    return found


def check_block(where, block, mark):
    for command, expected in commands_of(block):
        check_names(where, command)
        if mark.startswith('long') or (mark == 'needs: torch' and not has_torch()):
            kept_back.append(f'{where}: `{command}` ({mark})')
        else:
            compare(where, command, expected)
    if not commands_of(block):
        for line in block:
            check_names(where, line)


def check_document(path):
    name = path.relative_to(ROOT)
    lines = path.read_text().splitlines()
    i, mark, file = 0, '', ''
    while i < len(lines):
        line = lines[i]
        if match := re.match(r'<!-- mistake: (.*) -->$', line):
            mistakes.append(match[1])
        elif match := re.match(r'<!-- (long: .*|needs: torch|file: .*) -->$', line):
            mark, file = (match[1], '') if not match[1].startswith('file') else ('', match[1][6:])
        elif line.startswith('```'):
            end = next(k for k in range(i + 1, len(lines)) if lines[k].startswith('```'))
            if file:
                (WORK / file).write_text('\n'.join(lines[i + 1:end]) + '\n')
            i, mark, file = end, '', ''
        elif line.startswith('    ') and (i == 0 or not lines[i - 1].strip()):
            block, end = indented(lines, i)
            check_block(f'{name}:{i + 1}', block, mark)
            i, mark = end - 1, ''
        else:
            for code in re.findall(r'`([^`]+)`', line):
                check_names(f'{name}:{i + 1}', code)
        i += 1


WORK.mkdir(parents=True, exist_ok=True)
for link, target in (('build', BUILD), ('torch_optimizer.py', ROOT / 'tests/build/examples/torch_optimizer.py')):
    if not (WORK / link).is_symlink():
        (WORK / link).symlink_to(target)
for document in DOCUMENTS:
    check_document((ROOT / document).resolve())
if PLANTED:
    found = [p for p in problems if not p.startswith('    ')]
    wrong = [f'not noticed: {m}' for m in mistakes if not any(m in p for p in found)] + [p for p in found if not any(m in p for m in mistakes)]
    print('\n'.join(wrong) or f'documents: {len(mistakes)} planted mistakes noticed')
    sys.exit(1 if wrong or not mistakes else 0)
for problem in problems:
    print(problem, file=sys.stderr)
for kept in kept_back:
    print('not run:', kept)
print(f'documents: {run_count} commands run and compared, {len(kept_back)} not run, {named_count} named ones exist, '
      f'{len([p for p in problems if not p.startswith("    ")])} problems')
sys.exit(1 if problems else 0)
