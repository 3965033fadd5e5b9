#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""contracts.py [HEADER...]: weakens every ensures and assigns clause of the library's headers, strengthens every requires
clause, one at a time, and asks WP whether a caller notices.

The caller of a mutant knows the mutated contract alone, and promises the clause as it stands in the header. A mutant is killed
when the caller's goal is not proved. The caller of the unchanged contract is the control: its goals must all be proved, or the
header's mutants count for nothing. A weakened clause that the caller can still prove follows from the others; it has to be
listed in contracts-implied.txt with the reason. Exit 1 unless every mutant is killed or listed."""
import os
import pathlib
import re
import subprocess
import sys
from typing import NamedTuple

from run import CALL, HERE, WORK, compiles, precision_of

KEYWORD = re.compile(r'\s*(requires|ensures|assigns|assumes|behavior|terminates|exits|complete|disjoint)\b')
GOAL = re.compile(r'^\[wp\] \[[^]]*\] Goal typed_use_(\d+)_\S+(?: : (\w+))?')
LIMIT = 100  # WP's seconds: 100 000 steps a goal, as in the first pass of make prove


class Function(NamedTuple):
    name: str
    result: str      # type
    parameters: str
    clauses: list    # of the contract, one string each


class Mutant(NamedTuple):
    name: str
    function: Function
    known: list      # clauses of the contract that the caller relies on
    promised: list   # clauses of the caller's own contract; what is at stake is called `stake`
    kind: str        # what is selected: stake, or @assigns


def split_clauses(contract):
    clauses = []
    for line in contract.splitlines():
        if KEYWORD.match(line) or not clauses:
            clauses.append(line)
        else:
            clauses[-1] += '\n' + line
    return [clause.strip() for clause in clauses if clause.strip()]


def last_bracket(text):
    """Where the bracket opens that the text's last one closes."""
    depth = 0
    for i in range(len(text) - 1, -1, -1):
        depth += (text[i] == ')') - (text[i] == '(')
        if depth == 0 and text[i] == '(':
            return i
    raise ValueError(text)


def functions(source):
    for found in re.finditer(r'/\*@(.*?)\*/\s*([^;{#]*?\))\s*[;{]', source, re.S):
        clauses, declaration = split_clauses(found[1]), ' '.join(found[2].split())
        if not any(KEYWORD.match(clause) for clause in clauses) or 'loop' in clauses[0]:
            continue
        declaration = re.sub(r'\b(OC_MUST_USE|static|inline|restrict)\b ?', '', declaration)
        opening = last_bracket(declaration)
        head, parameters = declaration[:opening], declaration[opening + 1:-1]
        result, name = re.fullmatch(r'(.*?)\b(OC_NAME\(\w+\)|\w+)', head).groups()
        yield Function(re.sub(r'OC_NAME\((\w+)\)', r'\1', name), result.strip(), parameters, clauses)


def split_name(clause):
    """Keyword, name and the condition of a clause."""
    return re.fullmatch(r'(\w+)\s+(?:(\w+):)?(.*);', clause, re.S).groups()


def weaker(condition):
    yield 'dropped', r'\true'
    if re.search(r'\\forall integer i; 0 <= i < n', condition):
        yield 'without the first element', re.sub(r'0 <= i < n', '0 < i < n', condition, count=1)
        yield 'without the last element', re.sub(r'0 <= i < n', '0 <= i < n - 1', condition, count=1)
    if condition.count('<==>') == 1:
        yield 'one way', condition.replace('<==>', '==>')


def stronger(condition):
    if 'n-1' in condition:
        yield 'one element more', condition.replace('n-1', 'n')
    if re.search(r'\w+ == \\null \|\|', condition):
        yield 'null refused', re.sub(r'\w+ == \\null \|\|', '', condition)
    yield 'never met', f'({condition.strip()}) && \\false'


def mutants(function):
    own = function.clauses
    for i, clause in enumerate(own):
        keyword, name, condition = split_name(clause) if clause.startswith(('requires', 'ensures', 'assigns')) else ('', '', '')
        label = f'{function.name}: {keyword} {name or condition.strip()}'
        at = lambda text, i=i: [*own[:i], text, *own[i + 1:]]
        if keyword == 'ensures':
            for how, text in weaker(condition):
                yield Mutant(f'{label}: {how}', function, at(f'ensures {text};'), at(f'ensures stake:{condition};'), 'stake')
        if keyword == 'requires':
            for how, text in stronger(condition):
                yield Mutant(f'{label}: {how}', function, at(f'requires stake:{text};'), own, 'stake')
        if keyword == 'assigns':
            old = '' if condition.strip() == r'\nothing' else f'{condition}, '
            yield Mutant(f'{label}: and elsewhere', function, at(f'assigns {old}elsewhere;'), own, '@assigns')


def controls(function):
    """The unchanged contract, all of it at stake."""
    at_stake = [re.sub(r'^(requires|ensures)\s+(?:\w+:)?', r'\1 stake:', clause) for clause in function.clauses]
    yield Mutant(f'{function.name}: unchanged', function, at_stake, at_stake, 'stake')
    yield Mutant(f'{function.name}: unchanged', function, function.clauses, function.clauses, '@assigns')


def caller(number, mutant):
    function = mutant.function
    arguments = ', '.join(re.findall(r'(\w+)\s*(?:,|$)', function.parameters))
    arguments = '' if arguments == 'void' else arguments
    give = '' if function.result == 'void' else 'return '
    known, promised = ('\n    '.join(clauses) for clauses in (mutant.known, mutant.promised))
    return (f'/*@ {known} */\n{function.result} known_{number}({function.parameters});\n'
            f'/*@ {promised} */\n{function.result} use_{number}({function.parameters})\n'
            f'{{\n    {give}known_{number}({arguments});\n}}\n')


def unproved(header, kind, batch):
    """The numbers of the mutants whose caller has a goal, and of those that have one unproved."""
    precision = precision_of(header)
    folder = WORK / 'contracts' / header.stem / kind.strip('@')
    folder.mkdir(parents=True, exist_ok=True)
    specs = re.findall(r'^#include ".*\.acsl"', header.read_text(), re.M)
    real = ['#include "real.h"'] if precision != 'any' else []
    if header.is_relative_to('impl/include'):  # names both formats, and then has no working one
        includes = [f'#include "{header.relative_to("impl/include")}"', *real]
    else:
        includes = [*specs, *real, f'#include "{header.name}"']
    entry = folder / 'callers.c'
    entry.write_text('\n'.join([*includes, 'extern int elsewhere;', *(caller(i, m) for i, m in batch.items())]))
    if not compiles(folder, entry, precision):
        raise SystemExit(f'contracts: {entry} is no C')
    command = ['sh', '-c', CALL, 'sh', str(folder), precision, '-wp-prover', 'cvc5uf', '-wp-prop', kind, '-wp-fct',
               ','.join(f'use_{i}' for i in batch), str(entry)]
    log = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ, WP_TIMEOUT=str(LIMIT))).stdout
    (folder / 'log').write_text(log)
    goals = [(int(found[1]), found[2]) for line in log.splitlines() if (found := GOAL.match(line))]
    if '[wp] Proved goals' not in log:
        raise SystemExit(f'contracts: {header}: no answer from Frama-C, see {folder}/log')
    return {i for i, _ in goals}, {i for i, verdict in goals if verdict != 'Valid'}


def implied():
    return {line.split(' ||| ')[0] for line in (HERE / 'contracts-implied.txt').read_text().splitlines() if line and line[0] != '#'}


def judge(header, listed):
    """Mutants and killed of a header; what is amiss is printed."""
    source, counts = header.read_text(), [0, 0, 0]
    for kind in ('stake', '@assigns'):
        made = [m for f in functions(source) for m in (*controls(f), *mutants(f)) if m.kind == kind]
        batch = dict(enumerate(made))
        seen, broken = unproved(header, kind, batch)
        for i, mutant in batch.items():
            control = mutant.name.endswith(': unchanged')
            if control and i in broken:
                raise SystemExit(f'contracts: {header}: {mutant.name}: the control is not proved')
            if control or i not in seen:
                continue
            counts[0] += 1
            if i in broken:
                counts[1] += 1
            elif f'{header.name} {mutant.name}' in listed:
                counts[2] += 1
            else:
                print(f'contracts: survived: {header.name} {mutant.name}', flush=True)
    return counts


def main():
    headers = [pathlib.Path(name) for name in sys.argv[1:]]
    headers = headers or sorted([*pathlib.Path('impl').glob('*.h'), *pathlib.Path('impl/include/optcert').glob('*.h')])
    listed, sums = implied(), [0, 0, 0]
    for header in headers:
        if next(functions(header.read_text()), None) is None:
            continue
        counts = judge(header, listed)
        print(f'contracts: {header.name}: {counts[0]} mutants, {counts[1]} killed, {counts[2]} implied by the rest', flush=True)
        sums = [a + b for a, b in zip(sums, counts)]
    print(f'contracts: {sums[0]} mutants, {sums[1]} killed, {sums[2]} implied by the rest')
    return 0 if sums[0] == sums[1] + sums[2] else 1


if __name__ == '__main__':
    sys.exit(main())
