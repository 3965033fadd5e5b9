#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run.py picked|full|table [UNIT...]: breaks the library one token at a time, and asks WP whether a proof breaks with it.

Every mutant is proved in one precision (binary32, where the conversions round), the touched function alone, by the provers
that prove the original, within twice the steps that these need for that (its control, NAME:unchanged). It is killed by the
first goal that is not proved. One that survives meets the whole contract of its function: it is equivalent as far as the
contract speaks, and has to be listed in equivalent.txt with the reason why that is all there is. Answers are kept in results.tsv
under a digest of all that they depend on, so that a run can be resumed; `table` writes TABLE.md from them.
"""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

import tokens

HERE = pathlib.Path('proofs/mutants')
WORK = pathlib.Path(os.environ.get('BUILD', 'build')) / 'mutants'
RESULTS = HERE / 'results.tsv'
TABLE = HERE / 'TABLE.md'
# What nearly every mutant breaks comes first, and alone: it is a fraction of a function's goals.
STAGES = (['-wp-prop', '@ensures,@invariant'], [])
CALL = '''. proofs/wp/options.sh; wp_include="-I$1 $wp_include"; precision=$2; shift 2; wp_run "$precision" "$@"'''
TABLE_HEAD = '''<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
# Single-token mutants of the library

Written by `make mutants-table` from the answers in results.tsv. `make mutants-full` runs those that have not run. Equivalent:
listed in equivalent.txt with the reason.
'''
UNPROVED = re.compile(r'^\[wp\] \[(?:[^]]*)\] Goal (\S+)(?: : (?!Valid)\w+)?$|^\[wp\] \[[^]]*\] Goal (\S+) : (?!Valid)')
DONE = re.compile(r'^\[wp\] Proved goals: +(\d+) */ *(\d+)')
NO_GOAL = re.compile(r'No goal generated|No proof obligations')


def source_of(unit):
    path = pathlib.Path('impl') / f'{unit}.c'
    return path if path.exists() else path.with_suffix('.h')


def precision_of(path):
    text = path.read_text()
    return '32' if re.search(r'^#include "real.h"|OC_NAME\(', text, re.M) else 'any'


def write_entry(folder, path, precision):
    """What Frama-C reads: the mutated source, or a source around the mutated header."""
    if path.suffix == '.c':
        return folder / path.name
    specs = re.findall(r'^#include ".*\.acsl"', path.read_text(), re.M)
    real = ['#include "real.h"'] if precision != 'any' else []
    entry = folder / 'entry.c'
    entry.write_text('\n'.join(specs + real + [f'#include "{path.name}"', '']))
    return entry


def ledger_goals(unit, function):
    ledger = pathlib.Path(f'proofs/wp/{unit}.json')
    goals = json.loads(ledger.read_text())['goals'] if ledger.exists() else []
    return [goal for goal in goals if goal['function'] == function]


# WP's seconds, of 1000 steps each; the last is the limit of `make prove` (proofs/wp/options.sh).
LIMITS = (12, 25, 50, 100, 200, 400)
IN_STEPS = re.compile(r'^\d+ in (\d+)000 steps$')


def provers_for(goals):
    """Those that prove the original; where no ledger says which, those of the first two passes."""
    if not goals:
        return 'cvc5uf,cvc4uf'
    return ','.join(['cvc5uf', *sorted({goal['prover'] for goal in goals} - {'qed', 'cfg', 'cvc5uf'})])


def compiles(folder, entry, precision):
    define = [f'-DOC_PRECISION={precision}'] if precision != 'any' else []
    command = ['gcc', '-std=c17', '-fsyntax-only', '-w', *define, f'-I{folder}', '-Iimpl/include', '-Iimpl', '-Ispec', entry]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def prove(path, text, function, edits=None, limit=LIMITS[-1]):
    """('proved', goals), ('killed', goal), ('invalid', reason) for what is no C, or ('broken', reason) for a run that ended
    without an answer: of the source `path` with the contents `text`."""
    precision = '32' if path.parent == HERE else precision_of(path)
    key = hashlib.sha256((str(path) + function + text + str(edits)).encode()).hexdigest()[:16]
    folder = WORK / 'work' / key
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path.name).write_text(text)
    for name, contents in (edits or {}).items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(contents)
    entry = write_entry(folder, path, precision)
    if not compiles(folder, entry, precision):
        return 'invalid', 'does not compile'
    provers = provers_for(ledger_goals(path.stem, function))
    call = ['sh', '-c', CALL, 'sh', str(folder), precision, '-wp-prover', provers, '-wp-fct', function,
            '-wp-session', str(WORK / 'session' / path.stem), '-wp-cache', 'update']
    proved = 0
    for stage in STAGES:
        verdict, why = ask([*call, *stage, str(entry)], limit)
        if verdict != 'proved':
            return verdict, why
        proved = why
    return 'proved', proved


def ask(command, limit):
    """One run of WP, up to its first goal that is not proved."""
    answer = 'broken', 'no answer from Frama-C'
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=dict(os.environ, WP_TIMEOUT=str(limit)), start_new_session=True) as run:
        for line in run.stdout:
            if found := UNPROVED.match(line):
                answer = 'killed', found[1] or found[2]
                os.killpg(run.pid, signal.SIGTERM)
                break
            if NO_GOAL.search(line):
                answer = 'proved', '0'
            if (done := DONE.match(line)) and done[1] == done[2]:
                answer = 'proved', done[1]
    return answer


def compiled_name(function, precision):
    return f'{function.name}_f{precision}' if function.generic else function.name


def judge(path, mutant, limit):
    source = path.read_text()
    text = source[:mutant.start] + mutant.text + source[mutant.end:]
    return prove(path, text, compiled_name(mutant.function, precision_of(path)), limit=limit)


def control(path, function):
    """The original, with the least of the limits that prove it."""
    for limit in LIMITS:
        verdict, why = prove(path, path.read_text(), function, limit=limit)
        if verdict != 'killed':
            return verdict, f'{why} in {limit}000 steps' if verdict == 'proved' else why
    return verdict, why


def known_results():
    if not RESULTS.exists():
        return {}
    lines = (line.rstrip('\n').split('\t') for line in RESULTS.read_text().splitlines())
    return {(unit, digest, name): (verdict, why) for unit, digest, name, verdict, why in lines}


def record(key, answer):
    with RESULTS.open('a') as file:
        file.write('\t'.join((*key, *answer)) + '\n')


def digest_of(path):
    """What a mutant's fate depends on: the source with all that it includes, contracts and specs, and how WP is called."""
    precision = precision_of(path)
    define = ['-include', 'real.h', f'-DOC_PRECISION={precision}'] if precision != 'any' else []
    text = subprocess.run(['gcc', '-E', '-C', '-P', '-D__FRAMAC__', '-Iproofs/wp/include', '-Iimpl/include', '-Iimpl', '-Ispec', *define,
                           path], capture_output=True, check=True).stdout
    tools = sorted(pathlib.Path('proofs/wp/prover').iterdir()) + [pathlib.Path('proofs/wp/options.sh')]
    return hashlib.sha256(text + b''.join(tool.read_bytes() for tool in tools)).hexdigest()[:16]


def run_all(jobs):
    """Their answers, JOBS at a time, into results.tsv."""
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get('JOBS', '2'))) as pool:
        waiting = {pool.submit(*call): key for key, call in jobs}
        for done in concurrent.futures.as_completed(waiting):
            if done.result()[0] != 'broken':  # asked again by the next run
                record(waiting[done], done.result())
            print(*waiting[done][::2], *done.result(), flush=True)


def sweep(units):
    """Every mutant of the units that has no answer yet; the originals first, for their limits."""
    paths = [(path, digest_of(path)) for path in map(source_of, units)]
    known, controls = known_results(), []
    for path, digest in paths:
        for function in tokens.functions(path.read_text()):
            name = compiled_name(function, precision_of(path))
            if (path.stem, digest, f'{name}:unchanged') not in known:
                controls.append(((path.stem, digest, f'{name}:unchanged'), (control, path, name)))
    run_all(controls)
    known, jobs = known_results(), []
    for path, digest in paths:
        for mutant in tokens.mutants(path.read_text()):
            name = compiled_name(mutant.function, precision_of(path))
            steps = IN_STEPS.match(known.get((path.stem, digest, f'{name}:unchanged'), ('', ''))[1])
            if steps and (path.stem, digest, mutant.name) not in known:
                jobs.append(((path.stem, digest, mutant.name), (judge, path, mutant, 2 * int(steps[1]))))
    run_all(jobs)


def equivalents():
    lines = (HERE / 'equivalent.txt').read_text().splitlines()
    return dict(line.split(None, 1) for line in lines if line and not line.startswith('#'))


def table(units):
    """The mutation table of the units; 1 if a mutant lives that is not listed, or has no answer yet."""
    known, listed, bad = known_results(), equivalents(), []
    rows, sums = [], [0] * 6
    for path in map(source_of, units):
        digest, counts = digest_of(path), [0] * 6  # mutants, killed, equivalent, survived, not run, no C
        for function in tokens.functions(path.read_text()):
            name = f'{compiled_name(function, precision_of(path))}:unchanged'
            if known.get((path.stem, digest, name), ('', ''))[0] != 'proved':
                bad.append(f'{path}: {name}: the original is not proved within the limits')
        for mutant in tokens.mutants(path.read_text()):
            verdict, why = known.get((path.stem, digest, mutant.name), ('unknown', 'not run'))
            if verdict == 'invalid':
                counts[5] += 1
                continue
            counts[0] += 1
            if verdict == 'killed':
                counts[1] += 1
            elif verdict == 'proved' and mutant.name in listed:
                counts[2] += 1
            else:
                counts[4 if verdict == 'unknown' else 3] += 1
                bad.append(f'{path}: {mutant.name}: {verdict}, {why}')
        rows.append((path.stem, *counts))
        sums = [a + b for a, b in zip(sums, counts)]
    lines = ['| unit | mutants | killed by a goal | equivalent | survived | not run | do not compile |', '|---|---|---|---|---|---|---|']
    lines += ['| ' + ' | '.join(map(str, row)) + ' |' for row in (*rows, ('**all**', *sums))]
    print('\n'.join(lines))
    print('\n'.join(bad), file=sys.stderr)
    if units == all_units():
        TABLE.write_text('\n'.join([TABLE_HEAD, *lines, '']))
    return 1 if bad else 0


def replace_once(text, old, new, where):
    if text.count(old) != 1:
        raise SystemExit(f'mutants: {where}: "{old}" stands there {text.count(old)} times')
    return text.replace(old, new)


def picked_lines(name):
    for line in (HERE / name).read_text().splitlines():
        if line and not line.startswith('#'):
            yield [field.strip() for field in line.split('|||')]


def picked_one(fields):
    """FILE ||| FUNCTION ||| OLD ||| NEW: code mutants, by the text they change inside the function."""
    path, name, old, new = pathlib.Path(fields[0]), *fields[1:]
    source = path.read_text()
    function = next(f for f in tokens.functions(source) if f.name == name)
    start, end = function.tokens[0].start, function.tokens[-1].end
    body = replace_once(source[start:end], old, new, name)
    return prove(path, source[:start] + body + source[end:], compiled_name(function, precision_of(path)))


def contract_one(fields):
    """FILE ||| OLD ||| NEW ||| UNIT:FUNCTION: a contract is changed, and the proof of FUNCTION, a caller, has to break."""
    changed, (old, new, where) = pathlib.Path(fields[0]), fields[1:4]
    unit, name = where.split(':')
    path = HERE / 'client.c' if unit == 'client' else source_of(unit)
    function = next(f for f in tokens.functions(path.read_text()) if f.name == name)
    edited = replace_once(changed.read_text(), old, new, changed)
    if changed == path:
        return prove(path, edited, compiled_name(function, precision_of(path)))
    inside = changed.relative_to('impl/include') if changed.is_relative_to('impl/include') else changed.name
    return prove(path, path.read_text(), compiled_name(function, precision_of(path)), {str(inside): edited})


def unchanged():
    """The callers' proofs against the true contracts: 1 unless they all hold."""
    path, bad = HERE / 'client.c', 0
    for function in tokens.functions(path.read_text()):
        verdict, why = prove(path, path.read_text(), function.name)
        print(f'client: {function.name}: {verdict}: {why}', flush=True)
        bad += verdict != 'proved'
    return 1 if bad else 0


def picked():
    """The lists picked.txt and contracts.txt; 1 unless every one is killed."""
    bad = unchanged()
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get('JOBS', '2'))) as pool:
        for list_name, one in (('picked.txt', picked_one), ('contracts.txt', contract_one)):
            lines = list(picked_lines(list_name))
            for fields, (verdict, why) in zip(lines, pool.map(one, lines)):
                print(f'mutant: {verdict}: {" | ".join(fields)}: {why}', flush=True)
                bad += verdict != 'killed'
            print(f'mutants: {list_name}: {len(lines)} run')
    return 1 if bad else 0


def all_units():
    sources = [p for p in sorted(pathlib.Path('impl').glob('*.[ch]')) if any(True for _ in tokens.functions(p.read_text()))]
    return [p.stem for p in sources]


def main():
    command, units = sys.argv[1], sys.argv[2:] or all_units()
    if command == 'picked':
        return picked()
    if command == 'full':
        sweep(units)
    return table(units)


if __name__ == '__main__':
    sys.exit(main())
