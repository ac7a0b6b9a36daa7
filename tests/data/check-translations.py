#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS says all that the programs say, with the same placeholders, marks and keys.

The template is extracted anew, so that a string which came in without a translation is found. The last checks break a
small catalogue in every way that is looked for, and want to hear of it."""

import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

APP = "io.github.ringdown.Ringdown"
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
TEXT_TAGS = {"summary", "p", "li", "caption", "comment", "name"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Entry = collections.namedtuple("Entry", "key msgid plural forms flags obsolete")


def unquote(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[0]), text[1:-1])


def read_catalogue(text):
    """The entries of a PO file, its header first."""
    entries = []
    for block in re.split(r"\n\s*\n", text.strip()):
        parts, flags, obsolete, last = {}, set(), False, None
        for line in block.split("\n"):
            if line.startswith("#~"):
                obsolete, line = True, line[2:].strip()
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
            match = re.match(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+)?(".*")$', line)
            if match:
                last = (match[1], int(match[2] or 0)) if match[1] else last
                parts[last] = parts.get(last, "") + unquote(match[3])
        if ("msgid", 0) in parts:
            forms = [parts[key] for key in sorted(key for key in parts if key[0] == "msgstr")]
            msgid = parts["msgid", 0]
            entries.append(Entry((parts.get(("msgctxt", 0)), msgid), msgid, parts.get(("msgid_plural", 0)), forms, flags,
                                 obsolete))
    return entries


def read_header(entries):
    header = next((entry.forms[0] for entry in entries if entry.msgid == "" and not entry.obsolete), "")
    return dict(line.split(": ", 1) for line in header.split("\n") if ": " in line)


def numbers_of_forms(plural_forms):
    """How many of the numbers from 0 to 1000 each form stands for; empty if the rule is none."""
    match = re.fullmatch(r"nplurals=(\d+); plural=([n0-9 ()?:!=<>&|%]+);", plural_forms)
    if not match:
        return []
    used = collections.Counter(evaluate(match[2], n) for n in range(1001))
    return [used[form] for form in range(int(match[1]))] if max(used) < int(match[1]) else []


def evaluate(rule, n):
    """C's conditional expression in Python; only called for n, digits and operators."""
    rule = rule.strip()
    if rule.startswith("(") and closes_at(rule) == len(rule) - 1:
        return evaluate(rule[1:-1], n)
    condition, question, rest = rule.partition("?")
    if question:
        this, _, that = rest.partition(":")
        return evaluate(this if evaluate(condition, n) else that, n)
    return int(eval(rule.replace("&&", " and ").replace("||", " or "), {"__builtins__": {}}, {"n": n}))


def closes_at(rule):
    """Where the bracket closes that @rule begins with."""
    depth = 0
    for at, letter in enumerate(rule):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at
    return -1


def directives(text):
    """printf()'s placeholders, in the order of their arguments."""
    found = re.findall(r"%(?:(\d+)\$)?([-+ #0']*)(\d*)(?:\.\d+)?(hh|h|ll|l|z|j)?([diouxXeEfgGcsp%])", text)
    found = [(position, size + kind) for position, _flags, _width, size, kind in found if kind != "%"]
    if any(position for position, _kind in found):
        return [kind for _position, kind in sorted(found, key=lambda item: int(item[0] or 0))]
    return [kind for _position, kind in found]


def braces(text):
    return sorted(re.findall(r"\{[a-z][a-z.]*\}", text))


DATE_PARTS = {"d": "day", "e": "day", "m": "month", "b": "month", "B": "month", "h": "month", "Y": "year", "H": "hour",
              "I": "hour", "k": "hour", "l": "hour", "M": "minute", "A": "weekday", "a": "weekday", "p": "half", "P": "half"}


def date_parts(text):
    """What a format of strftime() shows; (nullable) if it is none."""
    parts = re.findall(r"%[-_0O]*([A-Za-z])", text)
    rest = re.sub(r"%[-_0O]*[A-Za-z]", "", text)
    if not parts or re.search(r"[A-Za-z]{3}", rest) or any(part not in DATE_PARTS for part in parts):
        return None
    return sorted({DATE_PARTS[part] for part in parts} - {"half"})


def is_date(entry):
    return "c-format" not in entry.flags and date_parts(entry.msgid) is not None


def tags(text):
    return sorted(re.findall(r"</?[a-z]+(?: [^>]*)?>", text))


def mnemonic(text):
    """How many underscores, and whether there is one alone in front of a letter: the key of a label."""
    return text.count("_"), text.count("_") == 1 and re.search(r"_\w", text) is not None


def faults_of_form(entry, form, numbers):
    """@numbers: how many numbers this plural form stands for."""
    source = entry.plural or entry.msgid
    says = repr(entry.msgid[:60])
    if form.strip() == "":
        yield f"{says}: not translated"
        return
    for name, read in (("placeholder", directives if "c-format" in entry.flags else lambda text: []), ("name in braces", braces)):
        wanted, given = collections.Counter(read(source)), collections.Counter(read(form))
        # A form for one number may say it in words, one for 0 and 1 where the source does so, too: "in the last week".
        words = entry.plural and (numbers == 1 or (numbers == 2 and not set(read(source)) <= set(read(entry.msgid))))
        if given - wanted or set(wanted - given) - ({"u", "d", "lu", "ld", "{count}"} if words else set()):
            yield f"{says}: {name} {sorted(given.elements())} where the source has {sorted(wanted.elements())}"
    if is_date(entry) and date_parts(form) != date_parts(entry.msgid):
        yield f"{says}: shows {date_parts(form)} of a date, not {date_parts(entry.msgid)}"
    if tags(source) != tags(form):
        yield f"{says}: tags {tags(form)} where the source has {tags(source)}"
    for name, pattern in (("a line's end in front", r"^\n"), ("a line's end behind", r"\n$"), ("an ellipsis", r"…$"),
                          ("a colon", r"[:：]$"), ("a blank in front", r"^[ （]"), ("a blank behind", r" $")):
        # what comes behind a mnemonic in brackets counts, as in "開く(_O)…"
        if bool(re.search(pattern, source)) != bool(re.search(pattern, form)):
            yield f"{says}: {name} in one of source and translation only"
    if mnemonic(source) != mnemonic(form):
        yield f"{says}: the mnemonic is in one of source and translation only"
    if form == source and len(re.findall(r"[A-Za-z]{2,}", re.sub(r"[%{]\S*", "", source))) > 3:
        yield f"{says}: the same words as the source"
    if re.search(r"[\u202a-\u202e]", form) or form.count("\u2068") != form.count("\u2069"):
        yield f"{says}: a direction is overridden, or an isolate is left open"


def faults_of_catalogue(language, text, template):
    entries = read_catalogue(text)
    header = read_header(entries)
    if header.get("Language") != language:
        yield f"the header's Language is {header.get('Language')}"
    if header.get("Content-Type") != "text/plain; charset=UTF-8":
        yield f"the header's Content-Type is {header.get('Content-Type')}"
    if re.search(r"[\w.]+@[\w.]+|YEAR|FULL NAME", " ".join(header.values())):
        yield "the header has an address, or what the template has in its stead"
    numbers = numbers_of_forms(header.get("Plural-Forms", ""))
    if not numbers or 0 in numbers:
        yield f"the header's Plural-Forms are not usable: {header.get('Plural-Forms')}"
        return
    known = {}
    for entry in entries:
        if entry.obsolete:
            yield f"{entry.msgid[:60]!r}: obsolete"
        elif entry.msgid:
            known[entry.key] = entry
        if "fuzzy" in entry.flags:
            yield f"{entry.msgid[:60]!r}: fuzzy"
    wanted = {entry.key: entry for entry in template if entry.msgid}
    for key in known.keys() - wanted.keys():
        yield f"{key[1][:60]!r}: no longer in the sources"
    for key, entry in wanted.items():
        mine = known.get(key)
        if mine is None or mine.plural != entry.plural:
            yield f"{entry.msgid[:60]!r}: not in the catalogue"
            continue
        if entry.plural and len(mine.forms) != len(numbers):
            yield f"{entry.msgid[:60]!r}: {len(mine.forms)} plural forms, not {len(numbers)}"
            continue
        for at, form in enumerate(mine.forms):
            yield from faults_of_form(entry, form, numbers[at] if entry.plural else 2)


def faults_of_msgfmt(path, folder):
    run = subprocess.run(["msgfmt", "--check", "--check-accelerators=_", "-o", str(folder / "out.mo"), str(path)],
                         capture_output=True, text=True, check=False)
    return run.stderr.strip().split("\n") if run.returncode else []


def extract(root, folder):
    command = ["xgettext", "--from-code=UTF-8", "--add-comments", f"--files-from={root / 'po/POTFILES'}",
               f"--directory={root}", f"--output={folder / 'new.pot'}", "--flag=ngettext:1:pass-c-format",
               "--flag=ngettext:2:pass-c-format", "--flag=_:1:pass-c-format", "--flag=N_:1:pass-c-format",
               "--flag=g_strdup_printf:1:c-format", "--flag=g_string_append_printf:2:c-format",
               "--flag=g_string_printf:2:c-format", "--flag=g_set_error:4:c-format", "--flag=g_print:1:c-format",
               "--flag=g_printerr:1:c-format", "--flag=g_error_new:3:c-format"]
    command += [f"--keyword={keyword}" for keyword in KEYWORDS]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return read_catalogue((folder / "new.pot").read_text(encoding="utf-8"))


def faults_of_desktop_file(root, languages):
    command = ["msgfmt", "--desktop", f"--template={root / f'data/{APP}.desktop.in'}", "-d", str(root / "po"), "-o", "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # a group of an action has its own Name
    for group in text.split("\n["):
        for key in re.findall(r"^(Name|GenericName|Comment|Keywords)=", group, re.M):
            for language in languages:
                match = re.search(rf"^{key}\[{language}\]=(.*)$", group, re.M)
                if not match:
                    yield f"{key}[{language}] is not there"
                elif key == "Keywords" and not match[1].endswith(";"):
                    yield f"{key}[{language}] does not end with a semicolon"


def faults_of_xml(root, name, languages):
    command = ["msgfmt", "--xml", f"--template={root / 'data' / name}", "-d", str(root / "po"), "-o", "-"]
    document = xml.etree.ElementTree.fromstring(subprocess.run(command, check=True, capture_output=True).stdout)
    for parent in document.iter():
        count = collections.Counter()
        for child in parent:
            tag = re.sub(r"\{.*\}", "", child.tag)
            if tag in TEXT_TAGS and child.text and child.text.strip() and child.get("translate") != "no" \
                    and child.get("translatable") != "no":
                count[tag, child.get(XML_LANG)] += 1
        for tag, number in ((tag, number) for (tag, language), number in count.items() if language is None):
            for language in languages:
                if count[tag, language] != number:
                    yield f"{name}: {count[tag, language]} of {number} <{tag}> in {language}"


# A catalogue to break: every case is (what is expected to be heard, what is replaced, by what).
GOOD_TEMPLATE = '''msgid ""
msgstr ""

#, c-format
msgid "%s of %d"
msgstr ""

msgid "_Open {name}…"
msgstr ""

#, c-format
msgid "%u call"
msgid_plural "%u calls"
msgstr[0] ""
msgstr[1] ""

msgid "<b>Reason</b>:\\n"
msgstr ""

msgid "%-d %B, %H:%M"
msgstr ""

msgctxt "money"
msgid " a long sentence of words"
msgstr ""
'''
GOOD = '''msgid ""
msgstr ""
"Language: de\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#, c-format
msgid "%s of %d"
msgstr "%2$d: %1$s"

msgid "_Open {name}…"
msgstr "{name} _öffnen …"

#, c-format
msgid "%u call"
msgid_plural "%u calls"
msgstr[0] "ein Anruf"
msgstr[1] "%u Anrufe"

msgid "<b>Reason</b>:\\n"
msgstr "<b>Grund</b>:\\n"

msgid "%-d %B, %H:%M"
msgstr "%e. %b, %H:%M"

msgctxt "money"
msgid " a long sentence of words"
msgstr " ein langer Satz"
'''
BROKEN = (
    ("not translated", "{name} _öffnen …", ""),
    ("not in the catalogue", 'msgctxt "money"\n', ""),
    ("no longer in the sources", 'msgctxt "money"\n', 'msgctxt "coins"\n'),
    ("fuzzy", '#, c-format\nmsgid "%u', '#, fuzzy, c-format\nmsgid "%u'),
    ("obsolete", 'msgctxt "money"', '#~ msgid "gone"\n#~ msgstr "weg"\n\nmsgctxt "money"'),
    ("placeholder", "%2$d: %1$s", "%s: %d %d"),
    ("placeholder", "%2$d: %1$s", "%s"),
    ("placeholder", "%u Anrufe", "Anrufe"),
    ("placeholder", "ein Anruf", "%s Anruf"),
    ("name in braces", "{name} _öffnen", "{nome} _öffnen"),
    ("the mnemonic", "_öffnen", "öffnen"),
    ("the mnemonic", "{name} _öffnen", "_{name} _öffnen"),
    ("an ellipsis", "_öffnen …", "_öffnen"),
    ("a colon", "Grund</b>:", "Grund</b>"),
    ("a line's end", 'Grund</b>:\\n"', 'Grund</b>:"'),
    ("tags", "<b>Grund</b>", "Grund"),
    ("of a date", "%e. %b, %H:%M", "%e. %b, %H"),
    ("of a date", "%e. %b, %H:%M", "%e. %Q, %H:%M"),
    ("a blank in front", " ein langer", "ein langer"),
    ("the same words", " ein langer Satz", " a long sentence of words"),
    ("a direction", " ein langer", " \u202eein langer"),
    ("plural forms, not 2", 'msgstr[1] "%u Anrufe"\n', ""),
    ("Plural-Forms", "(n != 1)", "(n != 1) + os"),
    ("Language", "Language: de", "Language: fr"),
    ("an address", "Language: de", "Last-Translator: somebody@example.org\\n\"\n\"Language: de"),
)


def faults_of_self_test():
    template = read_catalogue(GOOD_TEMPLATE)
    yield from (f"in the good catalogue: {fault}" for fault in faults_of_catalogue("de", GOOD, template))
    for expected, old, new in BROKEN:
        broken = GOOD.replace(old, new)
        heard = list(faults_of_catalogue("de", broken, template))
        if broken == GOOD or not any(expected in fault for fault in heard):
            yield f"{old!r} → {new!r}: wanted to hear “{expected}”, heard {heard}"
    arabic = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"
    forms = [evaluate(arabic, n) for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111)]
    if forms != [0, 1, 2, 3, 3, 4, 4, 5, 5, 3, 4]:
        yield f"the plural rule of Arabic is misread: {forms}"


def faults_of_broken_msgfmt(folder):
    for expected, old, new in (("format", "%2$d: %1$s", "%s %s"), ("syntax", "msgctxt", "msgcontext")):
        (folder / "broken.po").write_text(GOOD.replace(old, new), encoding="utf-8")
        if not faults_of_msgfmt(folder / "broken.po", folder):
            yield f"msgfmt does not mind {expected}"


def main():
    root = pathlib.Path(sys.argv[1])
    if not shutil.which("msgfmt") or not shutil.which("xgettext"):
        print("1..0 # SKIP gettext's tools are not installed")
        return
    languages = (root / "po/LINGUAS").read_text(encoding="utf-8").split()
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        template = extract(root, folder)
        results.append(("the sources have strings", [] if len(template) > 500 else [f"only {len(template)} entries"]))
        found = sorted(path.stem for path in (root / "po").glob("*.po"))
        results.append(("po/LINGUAS is sorted and names every catalogue",
                        [] if languages == sorted(languages) == found else [f"{languages}, but there are {found}"]))
        for language in languages:
            path = root / f"po/{language}.po"
            text = path.read_text(encoding="utf-8")
            results.append((f"{language} compiles", faults_of_msgfmt(path, folder)))
            results.append((f"{language} says all, and agrees", list(faults_of_catalogue(language, text, template))))
        results.append(("the desktop file speaks every language", list(faults_of_desktop_file(root, languages))))
        for kind in ("metainfo", "mime"):
            results.append((f"the {kind} speaks every language", list(faults_of_xml(root, f"{APP}.{kind}.xml.in", languages))))
        results.append(("a broken catalogue is noticed", list(faults_of_self_test()) + list(faults_of_broken_msgfmt(folder))))
    print(f"1..{len(results)}")
    for number, (name, faults) in enumerate(results, 1):
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
        for fault in faults[:20]:
            print(f"# {fault}")
        if len(faults) > 20:
            print(f"# … and {len(faults) - 20} more")


main()
