#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mutants.py BUILD STEP [UNIT...]: breaks the library and the code of verdicts one token at a time (proofs/mutants/tokens.py) and
asks the unit tests of that unit whether they notice. Every STEP-th mutant is tried. BUILD/unit's own objects are put together
once; a mutant then costs a compilation of its source, a link and its tests, which stop at the first failure. It is killed by that,
by a crash, or by a hang. Answers are kept in BUILD/answers.tsv with the digest of the source, so that a run goes on where the
last one stopped; survivors are asked again. One that survives is listed in equivalent-by-tests.txt with the reason why no test
can see it, or is a missing test. Writes MUTANTS.md; fails below 95 % of the library's and 100 % of the verdicts' mutants.
"""
import concurrent.futures
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, 'proofs/mutants')
import tokens  # noqa: E402

BUILD, STEP, ASKED = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
HERE = pathlib.Path('tests/quality')
OBJECTS = {name: os.environ[name].split() for name in ('REST_OBJECTS', 'LIB_OBJECTS')}
COMPILE = os.environ['COMPILE'].split()
LIBS = os.environ['LINK_LIBS'].split()
HANG = 20  # seconds; all these tests together take less than ten
VERDICT = pathlib.Path('tests/suite/verdict.c')
# What a unit's tests are called, where not as the unit.
SUITES = {
    'check': ['sgd', 'sgd_momentum', 'rmsprop', 'adam', 'adamw', 'ema'], 'element': ['adam', 'rmsprop', 'sgd_momentum', 'ema'],
    'adam': ['adam', 'adam_coef'], 'adamw': ['adamw', 'adam_coef'], 'adam_element': ['adam', 'adamw'],
    'rmsprop_element': ['rmsprop', 'rmsprop_newv'], 'dd': ['one_minus_pow', 'scaling_ema'],
    'isa': ['equivalence'], 'fast': ['equivalence'], 'fast_sde': ['equivalence'], 'range': ['range'],
}
SCHEMES = {'adam_sde', 'adamw_sde', 'euler_maruyama', 'heun', 'integrator', 'limit_element', 'milstein', 'platen', 'rmsprop_sde', 'sgd_sde', 'sra1',
           'talay_tubaro', 'time_step'}


def suites_of(unit):
    return ['schemes', 'limit_plans'] if unit in SCHEMES else SUITES.get(unit, [unit])


def compilations(path):
    """(source, object, flags) for each time that a source is compiled; a header's are those of the units that include it."""
    if path.suffix == '.h':
        users = [p for p in sorted(pathlib.Path('impl').glob('*.c')) if reads(p, path.name, set())]
        return [pair for user in users for pair in compilations(user)]
    stem = BUILD / path.with_suffix('')
    if re.search(r'^#include "real.h"', path.read_text(), re.M):
        return [(path, f'{stem}_f{bits}.o', [f'-DOC_PRECISION={bits}']) for bits in (32, 64)]
    return [(path, f'{stem}.o', [])]


def reads(path, header, seen):
    for name in re.findall(r'^#include "([^"]+)"', path.read_text(), re.M):
        below = pathlib.Path('impl') / name
        if name == header:
            return True
        if name not in seen and below.exists():
            seen.add(name)
            if reads(below, header, seen):
                return True
    return False


def put_together():
    """All objects but the library's and the verdicts', as one."""
    rest = BUILD / 'rest.o'
    if not rest.exists() or any(os.path.getmtime(o) > rest.stat().st_mtime for o in OBJECTS['REST_OBJECTS']):
        objects = [o for o in OBJECTS['REST_OBJECTS'] if not o.endswith('/suite/verdict.o')]
        subprocess.run(['ld', '-r', '--strip-debug', '-o', rest, *objects], check=True)
    return rest


def run(program, suites):
    # a hang is one of the processor, whatever else the machine does
    done = subprocess.run(['prlimit', f'--cpu={HANG}', program, '--stop', *suites], capture_output=True, check=False,
                          env=dict(os.environ, OMP_NUM_THREADS='1', GOMP_SPINCOUNT='1000'))
    if done.returncode == 2:
        sys.exit(f'no unit tests {suites}')
    return 'survived' if done.returncode == 0 else 'killed'


def link(folder, replaced):
    objects = [replaced.get(o, o) for o in [*OBJECTS['LIB_OBJECTS'], f'{BUILD}/tests/suite/verdict.o']]
    return subprocess.run(['gcc', '-fopenmp', '-fuse-ld=gold', '-o', folder / 'unit', BUILD / 'rest.o', *objects, *LIBS], capture_output=True,
                          check=False).returncode == 0


def try_mutant(path, mutant):
    folder = BUILD / f'mutant-{threading.get_ident()}'
    shutil.rmtree(folder, ignore_errors=True)
    (folder / 'fast').mkdir(parents=True)
    source = path.read_text()
    changed = folder / path.name
    changed.write_text(source[:mutant.start] + mutant.text + source[mutant.end:])
    replaced = {}
    for origin, target, flags in compilations(path):
        text = folder / origin.name  # quotes look beside the including file first: the copy lies beside the mutated header
        if origin != path:
            text.write_text(origin.read_text())
        replaced[target] = f'{folder}/{pathlib.Path(target).name}'
        command = ['gcc', *COMPILE, f'-I{folder}', f'-I{origin.parent}', '-Iimpl/include', '-Iimpl', '-Ispec', '-w', *flags, '-c', '-o', replaced[target], text]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return 'invalid'
    answer = run(folder / 'unit', suites_of(path.stem)) if link(folder, replaced) else 'invalid'
    shutil.rmtree(folder, ignore_errors=True)
    return answer


def equivalents():
    lines = (HERE / 'equivalent-by-tests.txt').read_text().splitlines()
    return {tuple(line.split(None, 2)[:2]) for line in lines if line and not line.startswith('#')}


def remembered():
    file = BUILD / 'answers.tsv'
    lines = file.read_text().splitlines() if file.exists() else []
    return {tuple(line.split('\t')[:3]): line.split('\t')[3] for line in lines}


def digest(path):
    """Of all that decides a mutant's answer beside the tests, which only grow."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def try_unit(path, known, pool):
    unit, mark, equivalent = path.stem, digest(path), equivalents()
    mutants = [m for i, m in enumerate(tokens.mutants(path.read_text())) if i % STEP == 0]
    counts = dict.fromkeys(('killed', 'survived', 'equivalent', 'invalid'), 0)
    counts['equivalent'] = sum((unit, m.name) in equivalent for m in mutants)
    mutants = [m for m in mutants if (unit, m.name) not in equivalent]

    def answer(mutant):
        old = known.get((unit, mutant.name, mark), 'survived')
        return old if old != 'survived' else try_mutant(path, mutant)

    with open(BUILD / 'answers.tsv', 'a', encoding='utf-8') as file:
        for mutant, got in zip(mutants, pool.map(answer, mutants)):
            counts[got] += 1
            file.write(f'{unit}\t{mutant.name}\t{mark}\t{got}\n')
            file.flush()
            if got == 'survived':
                print(f'  survived: {unit} {mutant.name}', flush=True)
    print(f"{unit:16} {counts['killed']:5} killed {counts['survived']:4} survived {counts['equivalent']:4} equivalent", flush=True)
    return counts


def write_table(rows):
    text = ['<!-- SPDX-License-Identifier: GPL-3.0-or-later -->', '# Mutants that the unit tests notice', '',
            'Written by `make mutants-tests`. Each is one token of the code changed; the tests of that unit alone are asked. Equivalent:',
            'listed in equivalent-by-tests.txt with the reason why no test can see it.', '',
            '| unit | mutants | noticed | equivalent | survived |', '|---|---|---|---|---|']
    sums = [0] * 4
    for unit, c in rows:
        row = [c['killed'] + c['survived'] + c['equivalent'], c['killed'], c['equivalent'], c['survived']]
        sums = [a + b for a, b in zip(sums, row)]
        text.append(f'| {unit} | ' + ' | '.join(map(str, row)) + ' |')
    text.append('| all | ' + ' | '.join(map(str, sums)) + ' |')
    (HERE / 'MUTANTS.md').write_text('\n'.join(text) + '\n')


def main():
    put_together()
    known = remembered()
    impl = pathlib.Path('impl')
    units = [VERDICT] + sorted([*impl.glob('*.c'), *impl.glob('*.h'), *impl.glob('fast/*.c')], key=lambda p: p.stem)
    units = [u for u in units if u.name != 'real.h' and (not ASKED or u.stem in ASKED)]
    suites = sorted({suite for unit in units for suite in suites_of(unit.stem)})
    if not link(BUILD, {}) or run(BUILD / 'unit', suites) != 'survived':
        sys.exit(f'the unit tests fail without a mutant: {suites}')
    rows = []
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get('JOBS', '2'))) as pool:
        for path in units:
            rows.append((path.stem, try_unit(path, known, pool)))
    library = [c for unit, c in rows if unit != 'verdict']
    killed, survived = (sum(c[k] for c in library) for k in ('killed', 'survived'))
    print(f'library: {killed} of {killed + survived} mutants killed by tests, {100 * killed / max(1, killed + survived):.1f} %')
    if not ASKED and STEP == 1:
        write_table(rows)
    sys.exit(1 if killed < 0.95 * (killed + survived) or any(c['survived'] for unit, c in rows if unit == 'verdict') else 0)


main()
