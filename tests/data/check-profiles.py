#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published schema is one, and what ships is as it says: by a validator that is not ours."""

import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(0)

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "data/profiles/profile-1.schema.json").read_text(encoding="utf-8"))
profiles = [path for path in sorted((root / "data/profiles").glob("*.json")) if not path.name.endswith(".schema.json")]
profiles.append(root / "tests/fixtures/sixth-site.json")
results = []

try:
    jsonschema.Draft202012Validator.check_schema(schema)
    results.append(("the schema is a JSON Schema", []))
except jsonschema.SchemaError as error:
    results.append(("the schema is a JSON Schema", [error.message]))
validator = jsonschema.Draft202012Validator(schema)
for path in profiles:
    faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(path.read_text(encoding="utf-8")))]
    results.append((f"{path.name} is as the schema says", faults))
results.append(("an empty profile is refused", [] if list(validator.iter_errors({})) else ["it passes"]))

print(f"1..{len(results)}")
for number, (name, faults) in enumerate(results, 1):
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    for fault in faults[:20]:
        print(f"# {fault}")
