#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mutants.py BUILD STEP [UNIT...]: breaks the library and the code of verdicts one token at a time (proofs/mutants/tokens.py) and
asks the unit tests whether they notice. Every STEP-th mutant is tried. A mutant is built in a copy of the objects and run with
the tests that use its unit; it is killed by a failing test, a crash, or a hang. One that survives is listed in equivalent-by-tests.txt
with the reason why no test can see it, or is a missing test. Fails below 95 % of the library's and 100 % of the verdicts' mutants.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, 'proofs/mutants')
import tokens  # noqa: E402

BUILD, STEP, ASKED = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
WORK = BUILD / 'mutants-tests'
HERE = pathlib.Path('tests/quality')
EXACT = ['-std=c17', '-D_GNU_SOURCE', '-O1', '-w', '-ffp-contract=off', '-fno-fast-math', '-fno-math-errno', '-fPIC', '-fopenmp', '-Iimpl/include',
         '-Iimpl', '-Ispec', '-Itests/suite']
# What a unit's tests are called, where not as the unit; test names are SUITE or SUITE.TEST.
SUITES = {
    'check': ['sgd', 'sgd_momentum', 'rmsprop', 'adam', 'adamw', 'ema', 'scaling'], 'element': ['adam', 'rmsprop'],
    'adam_element': ['adam', 'adamw'], 'rmsprop_element': ['rmsprop'], 'rmsprop_newv': ['rmsprop'],
    'dd': ['one_minus_pow', 'scaling_ema'], 'limit_element': ['schemes'], 'integrator': ['schemes'], 'verdict': ['verdict'],
}


def all_suites():
    names = subprocess.run([BUILD / 'unit', '--list'], capture_output=True, text=True, check=True).stdout.split()
    return {name.split('.')[0] for name in names}


def suites_of(unit, known):
    wanted = SUITES.get(unit, [unit])
    found = [suite for suite in known for name in wanted if suite == name or suite.startswith(name + '_')]
    return sorted(set(found)) or [s for s in ('schemes', 'scaling', 'svag') if s in known]


def link_line():
    """The command that links the unit tests, from make itself."""
    plan = subprocess.run(['make', '-n', '-W', 'tests/unit/unit.c', f'BUILD={BUILD}', f'{BUILD}/unit'], capture_output=True, text=True, check=True).stdout
    lines = plan.replace('\\\n', ' ').splitlines()
    return next(line for line in reversed(lines) if f'-o {BUILD}/unit ' in line)


def objects_of(path):
    """(object, flags) for each time that a source is compiled; a header's are those of the units that include it."""
    if path.suffix == '.h':
        users = [p for p in pathlib.Path('impl').glob('*.c') if reads(p, path.name, set())]
        return [pair for user in users for pair in objects_of(user)]
    stem = BUILD / path.with_suffix('')
    if path.parent.name == 'impl' and re.search(r'^#include "real.h"', path.read_text(), re.M):
        return [(path, f'{stem}_f{bits}.o', [f'-DOC_PRECISION={bits}']) for bits in (32, 64)]
    return [(path, f'{stem}.o', [])]


def reads(path, header, seen):
    for name in re.findall(r'^#include "([^"]+)"', path.read_text(), re.M):
        if name == header:
            return True
        below = pathlib.Path('impl') / name
        if name not in seen and below.exists():
            seen.add(name)
            if reads(below, header, seen):
                return True
    return False


def try_mutant(path, mutant, link, suites):
    folder = WORK / 'source'
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source = path.read_text()
    (folder / path.name).write_text(source[:mutant.start] + mutant.text + source[mutant.end:])
    new = []
    for origin, target, flags in objects_of(path):
        text = folder / origin.name if origin == path else origin
        if origin != path:  # quotes look beside the including file first: the copy must be beside the mutated header
            text = folder / origin.name
            text.write_text(origin.read_text())
        made = folder / pathlib.Path(target).name
        done = subprocess.run(['gcc', *EXACT[:7], f'-I{folder}', *EXACT[7:], *flags, '-c', '-o', made, text], capture_output=True, check=False)
        if done.returncode != 0:
            return 'invalid'
        new.append((target, made))
    # the archive's members give way to objects named before it
    line = link.replace(f'-o {BUILD}/unit ', f'-o {WORK}/unit ')
    for target, made in new:
        line = line.replace(f' {target} ', f' {made} ') if f' {target} ' in line else line.replace(f' {BUILD}/liboptcert.a', f' {made} {BUILD}/liboptcert.a', 1)
    if subprocess.run(line + ' -Wl,--allow-multiple-definition', shell=True, capture_output=True, check=False).returncode != 0:
        return 'invalid'
    try:
        run = subprocess.run([WORK / 'unit', *suites], capture_output=True, timeout=60, check=False, env=dict(os.environ, OMP_NUM_THREADS='1'))
    except subprocess.TimeoutExpired:
        return 'killed'
    return 'survived' if run.returncode == 0 else 'killed'


def equivalents():
    lines = (HERE / 'equivalent-by-tests.txt').read_text().splitlines()
    return {tuple(line.split(None, 2)[:2]) for line in lines if line and not line.startswith('#')}


def run_unit(path, known_suites, link):
    unit, equivalent = path.stem, equivalents()
    suites = suites_of(unit, known_suites)
    counts = dict.fromkeys(('killed', 'survived', 'equivalent', 'invalid'), 0)
    for i, mutant in enumerate(tokens.mutants(path.read_text())):
        if i % STEP:
            continue
        if (unit, mutant.name) in equivalent:
            counts['equivalent'] += 1
            continue
        answer = try_mutant(path, mutant, link, suites)
        counts[answer] += 1
        if answer == 'survived':
            print(f'  survived: {unit} {mutant.name}', flush=True)
    print(f"{unit:16} {counts['killed']:5} killed {counts['survived']:4} survived {counts['equivalent']:4} equivalent", flush=True)
    return counts


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    units = [pathlib.Path('tests/suite/verdict.c')] + sorted([*pathlib.Path('impl').glob('*.c'), *pathlib.Path('impl').glob('*.h')])
    units = [u for u in units if not ASKED or u.stem in ASKED]
    known, link = all_suites(), link_line()
    killed = survived = 0
    failed = False
    for path in units:
        if path.name == 'real.h':
            continue
        counts = run_unit(path, known, link)
        if path.stem == 'verdict':
            failed = failed or counts['survived'] > 0
        else:
            killed, survived = killed + counts['killed'], survived + counts['survived']
    if killed + survived > 0:
        score = 100 * killed / (killed + survived)
        print(f'library: {killed} of {killed + survived} mutants killed by tests, {score:.1f} %')
        failed = failed or score < 95
    sys.exit(1 if failed else 0)


main()
