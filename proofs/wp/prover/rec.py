#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rec.py STEPS FILE: cvc5, for at most STEPS steps, on an SMT-LIB task whose recursive definitions get their head as trigger.
A solver does not choose that trigger by itself (it could loop), and so never unfolds a recursive definition. A trigger
is an annotation: the problem handed to cvc5 has the same meaning, letter for letter, as the one that came in."""
import re
import subprocess
import sys

DEFINITION = re.compile(
    r"^;; (?P<name>\w+)_def\n\(assert\n  \(forall (?P<binders>\((?:\(\w+ [^()]+\) ?)+\))\n"
    r"    \(= (?P<head>\((?P=name) [^()]*\)) (?P<body>.*?)\)\)\)\n\n", re.M | re.S)


def with_trigger(match):
    if f"({match['name']}" not in match["body"]:
        return match[0]
    return (f"(assert (forall {match['binders']} (! (= {match['head']} {match['body']}) "
            f":pattern ({match['head']}))))\n\n")


with open(sys.argv[2], encoding="utf-8") as task:
    text = DEFINITION.sub(with_trigger, task.read())
run = subprocess.run(["cvc5", "--lang=smt2", f"--rlimit={sys.argv[1]}", "-"], input=text, text=True,
                     capture_output=True, check=False)
sys.stdout.write(run.stdout)
sys.exit(run.returncode)
