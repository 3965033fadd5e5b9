# SPDX-License-Identifier: GPL-3.0-or-later
"""C code as tokens with their places, and the single-token mutants of its functions. Comments, and with them all
contracts and loop annotations, are left alone; so are preprocessor lines and what stands outside of functions."""
import re
from typing import NamedTuple

TOKEN = re.compile(r'''
    (?P<skip>\s+|//[^\n]*|/\*.*?\*/|^\#(?:[^\n\\]|\\.)*$)
  | (?P<number>0[xX][0-9a-fA-F.]+(?:[pP][+-]?\d+)?[a-zA-Z]*|\d+\.?\d*(?:[eE][+-]?\d+)?[a-zA-Z]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<sign>->|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*/%&|^]=|.)''', re.X | re.S | re.M)

OPERATORS = {'+': '-*', '-': '+*', '*': '+/', '/': '*', '%': '/', '<': ('<=', '>'), '<=': ('<', '>='), '>': ('>=', '<'),
             '>=': ('>', '<='), '==': ('!=',), '!=': ('==',), '&&': ('||',), '||': ('&&',), '&': ('|',), '>>': ('<<',),
             '++': ('--',)}
KEYWORDS = {'return', 'if', 'for', 'while', 'do', 'switch', 'case', 'break', 'else', 'const', 'sizeof', 'double',
            'float', 'size_t', 'unsigned', 'int', 'uint64_t', 'bool', 'OC_REAL', 'struct', 'void', 'static', 'inline'}


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


class Function(NamedTuple):
    name: str      # as in the source, without the suffix of a format
    generic: bool  # whether it gets one
    tokens: list   # of its body


class Mutant(NamedTuple):
    name: str      # FUNCTION:TOKEN:OLD>NEW; stable as long as the function's code is
    function: Function
    start: int
    end: int
    text: str      # what replaces source[start:end]


def tokens(source):
    return [Token(m.lastgroup, m[0], m.start(), m.end()) for m in TOKEN.finditer(source) if m.lastgroup != 'skip']


def match(list_, opening, open_='(', close=')'):
    """The index of the bracket that closes the one at `opening`."""
    depth = 0
    for i in range(opening, len(list_)):
        depth += (list_[i].text == open_) - (list_[i].text == close)
        if depth == 0:
            return i
    raise ValueError('unbalanced brackets')


def functions(source):
    list_ = tokens(source)
    i = 0
    while i < len(list_):
        if list_[i].text != '{':
            i += 1
            continue
        end = match(list_, i, '{', '}')
        if list_[i - 1].text == ')':
            depth, k = 0, i - 1
            while True:  # back over the parameters
                depth += (list_[k].text == ')') - (list_[k].text == '(')
                if depth == 0:
                    break
                k -= 1
            generic = list_[k - 1].text == ')'  # OC_NAME(name)(parameters)
            yield Function(list_[k - 2 if generic else k - 1].text, generic, list_[i + 1:end])
        i = end + 1


def is_operand(token):
    return token.kind in ('number', 'word') and token.text not in KEYWORDS or token.text in (')', ']')


def operators(body):
    for i, token in enumerate(body):
        if token.kind == 'sign' and token.text in OPERATORS and i > 0 and is_operand(body[i - 1]):
            # a type in brackets before it: a cast or a pointer, no operation
            if token.text in '*-+&' and body[i - 1].text == ')' and body[i - 2].text in KEYWORDS:
                continue
            for new in OPERATORS[token.text]:
                yield i, token.start, token.end, token.text, new
        elif token.text == '!':
            yield i, token.start, token.end, '!', ''
        elif token.text == '-' and i > 0:
            yield i, token.start, token.end, 'unary-', ''


def constants(body):
    for i, token in enumerate(body):
        if token.kind == 'number':
            real = '.' in token.text or ('p' in token.text.lower() and token.text.lower().startswith('0x'))
            for new in ('0.0', '1.0', '2.0') if real else ('0', '1', '2'):
                if new != token.text.rstrip('uUlLfF'):
                    yield i, token.start, token.end, token.text, new
        elif re.fullmatch(r'OC_(OK|ERR_\w+)', token.text):
            yield i, token.start, token.end, token.text, 'OC_ERR_STEP' if token.text == 'OC_OK' else 'OC_OK'


def indices(body):
    for i, token in enumerate(body):
        if token.text == '[':
            end = match(body, i, '[', ']')
            old = ' '.join(t.text for t in body[i + 1:end])
            for new in ('0', old + ' + 1'):
                yield i, body[i].end, body[end].start, f'[{old}]', new


def arguments(source, body):
    """Neighbouring arguments of a call exchanged, if they differ."""
    for i, token in enumerate(body):
        if token.text != '(' or i == 0 or not (body[i - 1].kind == 'word' or body[i - 1].text == ')'):
            continue
        if body[i - 1].text in KEYWORDS or body[i - 1].text in ('OC_NAME', ')') and body[i - 2].text in KEYWORDS:
            continue
        end, depth, start, parts = match(body, i), 0, i + 1, []
        for k in range(i + 1, end + 1):
            depth += (body[k].text in '([{') - (body[k].text in ')]}')
            if k == end or (depth == 0 and body[k].text == ','):
                if k > start:
                    parts.append((body[start].start, body[k - 1].end))
                start = k + 1
        for (a, b), (c, d) in zip(parts, parts[1:]):
            if source[a:b] != source[c:d]:
                yield i, a, d, f'{source[a:b]},{source[c:d]}', f'{source[c:d]}, {source[a:b]}'


def statements(source, body):
    """Every assignment or call that is a statement of its own, dropped; every condition of an if, negated."""
    start = 0
    for i, token in enumerate(body):
        if token.text in '{};' or (token.text == ')' and body[start].text in ('if', 'for', 'while')
                                   and match(body, start + 1) == i):
            if token.text == ')' and body[start].text == 'if':
                yield start, body[start + 1].end, token.start, 'if', f'!({source[body[start + 1].end:token.start]})'
            if token.text == ';' and i > start and body[start].text not in KEYWORDS | {')'} and body[start].kind == 'word':
                yield start, body[start].start, body[i - 1].end, source[body[start].start:body[i - 1].end], ''
            if token.text != ';' or body[start].text != 'for':
                start = i + 1


def mutants(source):
    for function in functions(source):
        body = function.tokens
        found = (*operators(body), *constants(body), *indices(body), *arguments(source, body), *statements(source, body))
        for i, start, end, old, new in found:
            name = f'{function.name}:{i}:{"".join(old.split())}>{"".join(new.split())}'
            yield Mutant(name, function, start, end, new)
