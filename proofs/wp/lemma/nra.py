#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""nra.py FILE: a Why3 prover for nonlinear real arithmetic.

Turns the SMT-LIB task into a ground problem for Z3's nlsat. Only weakens hypotheses: those with quantifiers or foreign
sorts are dropped, foreign ground terms become fresh constants. Adds instances of  t >= 0 -> sqrt t >= 0 and (sqrt t)^2 = t.
Says unsat only where the weakened problem is unsatisfiable, so it is sound if Z3 is."""
import re
import subprocess
import sys

sys.setrecursionlimit(100000)
TOKEN = re.compile(r';[^\n]*|\|[^|]*\||"[^"]*"|[()]|[^\s();|"]+')
OPERATORS = {'+', '-', '*', '/', '=', '<', '<=', '>', '>=', 'and', 'or', 'not', '=>', 'ite', 'distinct',
             'true', 'false', 'to_real'}
NUMERIC = ('Real', 'Int')


class Foreign(Exception):
    """A term outside ground real arithmetic."""


def parse(text):
    stack = [[]]
    for token in TOKEN.findall(text):
        if token == '(':
            stack.append([])
        elif token == ')':
            done = stack.pop()
            stack[-1].append(done)
        elif token[0] != ';':
            stack[-1].append(token)
    return stack[0]


def show(term):
    return term if isinstance(term, str) else '(' + ' '.join(map(show, term)) + ')'


def mentions(term, names):
    return term in names if isinstance(term, str) else any(mentions(part, names) for part in term)


def substitute(term, names):
    if isinstance(term, str):
        return names.get(term, term)
    if term and term[0] == 'let':
        inner = dict(names)
        inner.update({name: substitute(value, names) for name, value in term[1]})
        return substitute(term[2], inner)
    return [substitute(part, names) for part in term]


class Problem:
    """The ground problem: constants, hypotheses, goal."""

    def __init__(self, commands):
        self.sorts = {}      # declared symbol -> sort of its value
        self.roots = {}      # argument of sqrt -> its constant
        self.fresh = {}      # foreign ground term -> its constant
        self.constants = {}  # name -> Real or Int
        for command in commands:
            if command[0] == 'declare-fun':
                self.sorts[command[1]] = command[3]
                if not command[2] and command[3] in NUMERIC:
                    self.constants[command[1]] = command[3]
            elif command[0] == 'declare-const':
                self.sorts[command[1]] = command[2]
                if command[2] in NUMERIC:
                    self.constants[command[1]] = command[2]
        self.real_roots = {c[1] for c in commands if c[0] == 'declare-fun' and re.fullmatch(r'sqrt\d*', c[1])
                           and c[2:] == [['Real'], 'Real']}

    def introduce(self, goal):
        """Skolem constants for the goal's outer quantifiers, its premises apart."""
        premises = []
        goal = substitute(goal, {})
        while isinstance(goal, list) and goal[0] in ('forall', '=>', '!'):
            if goal[0] == 'forall':
                names = {}
                for name, sort in goal[1]:
                    names[name] = f'sk{len(self.sorts)}'
                    self.sorts[names[name]] = sort
                    if sort in NUMERIC:
                        self.constants[names[name]] = sort
                goal = substitute(goal[2], names)
            elif goal[0] == '=>':
                premises += goal[1:-1]
                goal = goal[-1]
            else:
                goal = goal[1]
        return premises, goal

    def sort(self, term):
        if isinstance(term, str):
            return self.sorts.get(term)
        if term[0] == 'select':
            array = self.sort(term[1])
            return array[2] if isinstance(array, list) and array[0] == 'Array' else None
        if term[0] == 'store':
            return self.sort(term[1])
        return self.sorts.get(term[0]) if isinstance(term[0], str) else None

    def constant(self, table, key, prefix, sort):
        if key not in table:
            table[key] = f'{prefix}{len(table)}'
            self.constants[table[key]] = sort
        return table[key]

    def ground(self, term):
        if isinstance(term, str):
            if term in OPERATORS or self.constants.get(term) in NUMERIC or term[0].isdigit():
                return term
            raise Foreign(term)
        head = term[0]
        if isinstance(head, str) and head in self.real_roots:
            return self.constant(self.roots, show(self.ground(term[1])), 'root', 'Real')
        if isinstance(head, str) and head not in OPERATORS and self.sort(term) in NUMERIC:
            return self.constant(self.fresh, show(term), 'term', self.sort(term))
        return [self.ground(part) for part in term]

    def hypotheses(self, terms):
        kept = []
        for term in terms:
            term = substitute(term, {})
            if not mentions(term, ('forall', 'exists')):
                try:
                    kept.append(show(self.ground(term)))
                except Foreign:
                    pass
        return kept

    def text(self, premises, goal):
        goal = show(self.ground(goal))
        asserts = self.hypotheses(premises) + [f'(not {goal})']
        asserts += [f'(=> (>= {t} 0.0) (and (>= {r} 0.0) (= (* {r} {r}) {t})))' for t, r in self.roots.items()]
        return (''.join(f'(declare-const {name} {sort})\n' for name, sort in self.constants.items())
                + ''.join(f'(assert {term})\n' for term in asserts) + '(check-sat)\n')


def main(path):
    with open(path, encoding='utf-8') as file:
        commands = [c for c in parse(file.read()) if c and isinstance(c, list)]
    asserts = [c[1] for c in commands if c[0] == 'assert']
    if not asserts or asserts[-1][0] != 'not':
        return 'unknown'
    problem = Problem(commands)
    premises, goal = problem.introduce(asserts[-1][1])
    try:
        text = problem.text(asserts[:-1] + premises, goal)
    except Foreign:
        return 'unknown'
    answer = subprocess.run(['z3', '-in'], input=text, capture_output=True, text=True, check=False)
    return 'unsat' if answer.stdout.split()[:1] == ['unsat'] else 'unknown'


if __name__ == '__main__':
    print(main(sys.argv[1]))
