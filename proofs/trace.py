#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""trace.py [--check]: the traceability table of spec/README.md, built from the tree.

A unit is a source impl/UNIT.c. Each column is found by the unit's stem. A page spec/UNIT.md may say otherwise:
    Trace: COLUMN = FILE [NAME...]     the column's file, and names that must stand in it
    Trace: no COLUMN: REASON           why there is none
A column that is missing without a reason, or a file or name that does not exist, fails. --check also fails when the
table in spec/README.md is not the one that the tree gives; without it the table is written."""
import pathlib
import re
import sys

COLUMNS = {
    "page": "spec/{}.md",
    "logic": "spec/{}.acsl",
    "contract": "impl/include/optcert/{}.h",
    "code": "impl/{}.c",
    "ledger": "proofs/wp/{}.json",
    "theorem": None,
    "reference": "reference/{}.c",
    "test": "tests/unit/test_{}.c",
}
BEGIN, END = "<!-- trace: begin -->\n", "<!-- trace: end -->\n"
PAGE = pathlib.Path("spec/README.md")


def statements(unit):
    """What the unit's page says of its columns: {column: (file, names)} and {column: reason}."""
    page = pathlib.Path(COLUMNS["page"].format(unit))
    text = page.read_text() if page.exists() else ""
    given = {m[1]: (m[2], m[3].split()) for m in re.finditer(r"^Trace: (\w+) = (\S+)(.*)$", text, re.M)}
    excused = {m[1]: m[2] for m in re.finditer(r"^Trace: no (\w+): (.+)$", text, re.M)}
    return given, excused


def cell(unit, column, given, excused, complaints):
    if column in excused:
        return f"none: {excused[column]}"
    default = COLUMNS[column]
    name, names = given.get(column, (default.format(unit) if default else None, []))
    if name is None:
        complaints.append(f"{unit}: no {column}, and spec/{unit}.md does not say why")
        return "**missing**"
    path = pathlib.Path(name)
    if not path.exists():
        complaints.append(f"{unit}: {column} {name} does not exist")
        return "**missing**"
    text = path.read_text()
    for wanted in names:
        if not re.search(rf"\b{re.escape(wanted)}\b", text):
            complaints.append(f"{unit}: {name} does not speak of {wanted}")
    label = ", ".join(f"`{n}`" for n in names) or path.name
    return f"[{label}](../{name})" if path.parts[0] != "spec" else f"[{label}]({path.name})"


def main(check):
    complaints = []
    units = sorted(path.stem for path in pathlib.Path("impl").glob("*.c"))
    rows = ["| unit | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for unit in units:
        given, excused = statements(unit)
        for column in (given | excused).keys() - COLUMNS.keys():
            complaints.append(f"{unit}: '{column}' is no column")
        cells = [cell(unit, column, given, excused, complaints) for column in COLUMNS]
        rows.append(f"| {unit} | " + " | ".join(cells) + " |")
    head, rest = PAGE.read_text().split(BEGIN)
    new = head + BEGIN + "\n".join(rows) + "\n" + END + rest.split(END)[1]
    if check and new != PAGE.read_text():
        complaints.append(f"the table in {PAGE} is stale: run `make trace`")
    if not check:
        PAGE.write_text(new)
    for complaint in complaints:
        print(f"trace: {complaint}", file=sys.stderr)
    print(f"trace: {len(units)} units, {len(complaints)} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] == ["--check"]))
