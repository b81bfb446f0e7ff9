"""report.py SCHEMA REPORT [EXPRESSION]

Holds a report against the schema, and against an expression over it: `r` is the
whole report, `status` the statuses of its mutants by id.
"""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1]))
r = json.load(open(sys.argv[2], encoding="utf-8"))
jsonschema.Draft7Validator(schema).validate(r)
mutants = r["differences" if r["schema"] == "vary-parity/1" else "mutants"]
status = {m["id"]: m.get("status") for m in mutants}
assert len(status) == len(mutants), "two mutants share an id"
if r["schema"] == "vary-report/1":
    for name in set(status.values()):
        assert r["score"][name] == list(status.values()).count(name), name
    assert r["score"]["mutants"] == len(status)
for expression in sys.argv[3:]:
    assert eval(expression), expression
