#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""channels-glib as other programs find it: installed into a folder, built against, and run in each language.
check-library.py SOURCE BUILD SERVER MESON"""

import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

source, build, server = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
meson = shlex.split(sys.argv[4])
library, here = source / "src/channels/library", source / "tests/library"
NAME = "channels-glib-1"
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wstrict-prototypes", "-Wredundant-decls", "-Wundef", "-Werror"]
# what the examples print of what library-server sends, over two connections
PRINTED = ['headline {"number":%d,"auth":""}' % number for number in (1, 2)]
SIGNED = ['headline {"number":%d,"auth":"key:private-news"}' % number for number in (1, 2)]
results = []


def check(name, faults, skipped=None):
    results.append((name, list(faults), skipped))


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=300,
                          stdin=subprocess.DEVNULL, **options)


def must(*command, **options):
    done = run(*command, **options)
    if done.returncode != 0:
        sys.exit(f"Bail out! {' '.join(map(str, command))}: {(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def faults_of(done):
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()[:20] or [f"ended with {done.returncode}"]


class Stage:
    """Where it is installed: below a folder that no program of the system looks into."""

    def __init__(self, top):
        options = {option["name"]: option["value"] for option in json.loads(
            must(*meson, "introspect", build, "--buildoptions"))}
        must(*meson, "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", top / "stage")
        self.top = top
        self.prefix = top / "stage" / options["prefix"].lstrip("/")
        self.lib = self.prefix / options["libdir"]
        self.share = self.prefix / options["datadir"]
        self.include = self.prefix / options["includedir"] / NAME
        self.with_girs = (self.lib / "girepository-1.0/Channels-1.typelib").exists()
        # as if it had been installed to where it is
        (top / "pc").mkdir()
        pc = (self.lib / f"pkgconfig/{NAME}.pc").read_text()
        self.pc_prefix = options["prefix"]
        self.pc = pc
        (top / f"pc/{NAME}.pc").write_text(pc.replace(f"prefix={options['prefix']}\n", f"prefix={self.prefix}\n", 1))
        self.env = {**os.environ, "LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(self.lib), "G_DEBUG": "fatal-warnings",
                    "GI_TYPELIB_PATH": str(self.lib / "girepository-1.0"),
                    "PKG_CONFIG_PATH": f"{top / 'pc'}:{os.environ.get('PKG_CONFIG_PATH', '')}",
                    "XDG_DATA_DIRS": f"{self.share}:{os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')}"}

    def flags(self, *what):
        return shlex.split(must("pkg-config", *what, NAME, env=self.env))


def public_headers():
    """What the headers of the tree mark for other programs."""
    for path in sorted((source / "src/channels").glob("channels-*.h")) + [build / "src/channels/channels-version.h"]:
        if not path.name.endswith("-private.h"):
            yield path


def marked_symbols():
    symbols = set()
    for path in public_headers():
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for declaration in re.findall(r"^CHANNELS_AVAILABLE_IN_\d+_\d+\n([^(]*)\(([^;()]*)\)", text, re.S | re.M):
            macro = re.match(r"G_DECLARE_\w+\s*$", declaration[0])
            symbols.add(declaration[1].split(",")[1].strip() + "_get_type" if macro
                        else declaration[0].split()[-1].lstrip("*"))
    return symbols


def unmarked(path):
    """Functions that a header declares without saying since when: others could not link them."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    text = re.sub(r"^\s*#.*(\\\n.*)*$", "", text, flags=re.M)
    text = re.sub(r"\{.*?\n\}", "", text, flags=re.S)
    return [name for marked, name in re.findall(
        r"(CHANNELS_AVAILABLE_IN_\d+_\d+\s+)?^\w[\w \n]*?\**(channels_\w+) \([^;]*?\)[^;]*;", text, re.M)
        if not marked and name not in marked_symbols()]


def check_files(stage):
    headers = {path.name for path in public_headers()}
    installed = {path.name for path in stage.include.iterdir()}
    check("the public headers are there, and no others",
          [f"{name} is missing" for name in sorted(headers - installed)]
          + [f"{name} is not to be there" for name in sorted(installed - headers)])
    umbrella = (stage.include / "channels-glib.h").read_text()
    check("one header includes all of them", [
        name for name in sorted(headers - {"channels-glib.h"}) if f'"{name}"' not in umbrella])
    check("every public function says since when it is there", [
        f"{path.name}: {name}" for path in public_headers() for name in unmarked(path)])
    check("every public function and signal is documented", [
        f"{name}: no comment" for name in sorted(marked_symbols()) if not name.endswith(("_get_type", "_quark"))
        and not any(f" * {name}:" in path.read_text(encoding="utf-8") for path in public_headers())])
    check("the pkg-config file can be moved", [] if stage.pc.startswith(f"prefix={stage.pc_prefix}\n")
          and stage.pc.count(stage.pc_prefix) == 1 else [stage.pc])


def check_symbols(stage):
    shared = stage.lib / f"lib{NAME}.so"
    exported = {line.split()[2].split("@")[0] for line in must("nm", "-D", "--defined-only", shared).splitlines()}
    recorded = set((library / f"{NAME}.symbols").read_text().split())
    check("what is exported is what is recorded (library/channels-glib-1.symbols)",
          [f"{name} is gone: programs that call it will not start" for name in sorted(recorded - exported)]
          + [f"{name} is new: record it" for name in sorted(exported - recorded)])
    debian = (source / "data/debian/libchannels-glib-1-0.symbols").read_text()
    named = set(re.findall(r"^ (\w+)@Base ", debian, re.M))
    check("so it is for Debian's packages (data/debian/libchannels-glib-1-0.symbols)", sorted(named ^ recorded))
    check("what is exported is what the headers mark",
          [f"{name} is marked, and is not there" for name in sorted(marked_symbols() - exported)]
          + [f"{name} is there without a mark" for name in sorted(exported - marked_symbols())])
    dynamic = must("readelf", "-d", shared)
    check("the library has its name", [] if f"soname: [lib{NAME}.so.0]" in dynamic else [dynamic])
    check("it is not looked for where it was built", [
        line for line in dynamic.splitlines() if "RPATH" in line or "RUNPATH" in line])


def check_compilers(stage):
    flags = stage.flags("--cflags")
    faults = []
    for path in sorted(stage.include.iterdir()):
        for compiler, options in (("cc", ["-std=c11", *STRICT]), ("c++", ["-Wall", "-Wextra", "-Werror"])):
            if shutil.which(compiler) is None:
                continue
            language = "c" if compiler == "cc" else "c++"
            text = f'#include "{path.name}"\n{"int main (void) { return 0; }" if language == "c" else "int main () {}"}\n'
            done = subprocess.run([compiler, *options, *flags, "-x", language, "-fsyntax-only", "-"], input=text, text=True,
                                  capture_output=True, check=False)
            faults += [f"{path.name}: {fault}" for fault in faults_of(done)[:3]]
    check("each header compiles by itself, in C and in C++, without a warning", faults)
    version = must("pkg-config", "--modversion", NAME, env=stage.env).strip()
    probe = f"""#include <channels-glib.h>
#if !CHANNELS_CHECK_VERSION ({version.replace('.', ',')}) || CHANNELS_CHECK_VERSION ({int(version[0]) + 1}, 0, 0)
#error "CHANNELS_CHECK_VERSION"
#endif
int main (void) {{
  return g_strcmp0 (CHANNELS_VERSION_S, "{version}") != 0 || channels_get_major_version () != CHANNELS_MAJOR_VERSION
    || channels_get_minor_version () != CHANNELS_MINOR_VERSION || channels_get_micro_version () != CHANNELS_MICRO_VERSION;
}}
"""
    (stage.top / "version.c").write_text(probe)
    done = run("cc", *STRICT, stage.top / "version.c", "-o", stage.top / "version", *stage.flags("--cflags", "--libs"))
    check("headers, library and pkg-config file are of one version",
          faults_of(done) or faults_of(run(stage.top / "version", env=stage.env)))


def lines_of(stage, channel, *command):
    """What a program prints that is told the server's address; it is ended after the second line."""
    with subprocess.Popen([server, channel], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as served:
        address = served.stdout.readline().strip()
        with subprocess.Popen([*map(str, command), address], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              stdin=subprocess.DEVNULL, env=stage.env) as program:
            watchdog = subprocess.Popen(["sh", "-c", f"sleep 60; kill -9 {program.pid}"], start_new_session=True)
            lines = []
            for line in program.stdout:
                lines.append(line.rstrip("\n"))
                if len(lines) == 2:
                    break
            os.killpg(watchdog.pid, 9)
            watchdog.wait()
            program.terminate()
            program.wait()
        served.stdin.close()
        served.wait()
    return lines


def check_run(stage, name, channel, expected, *command):
    lines = lines_of(stage, channel, *command)
    check(name, [] if lines == expected else [f"printed {line}" for line in lines] or ["printed nothing"])


def why_no_authorizer_in_python():
    """PyGObject 3.50 gives a callback no user data back."""
    said = run("/usr/bin/python3", "-c", "import gi; print(*gi.version_info)")
    version = tuple(int(part) for part in said.stdout.split()[:2])
    return "PyGObject loses the callback's data" if version >= (3, 50) else None


def check_languages(stage):
    examples = library / "examples"
    done = run("cc", *STRICT, "-Wno-unused-parameter", examples / "first.c", "-o", stage.top / "first-c",
               *stage.flags("--cflags", "--libs"))
    check("the example in C builds", faults_of(done))
    if done.returncode == 0:
        check_run(stage, "the example in C hears both events, before and after an outage", "news", PRINTED,
                  stage.top / "first-c")
    without = None if stage.with_girs else "built without introspection"
    for what, program, tool, channel, expected in (
            ("the example in Python", examples / "first.py", ["/usr/bin/python3"], "news", PRINTED),
            ("an authoriser in Python", here / "own-authorizer.py", ["/usr/bin/python3"], "private-news", SIGNED),
            ("signatures made in Python", here / "signal-authorizer.py", ["/usr/bin/python3"], "private-news", SIGNED),
            ("signatures made in JavaScript", here / "signal-authorizer.js", ["gjs", "-m"], "private-news", SIGNED),
            ("the example in JavaScript", examples / "first.js", ["gjs", "-m"], "news", PRINTED),
            ("a program in JavaScript that keeps its events", here / "kept-events.js", ["gjs", "-m"], "news", PRINTED)):
        missing = without or (None if shutil.which(tool[0]) else f"{tool[0]} is not installed")
        if program.name == "own-authorizer.py":
            missing = missing or why_no_authorizer_in_python()
        if missing:
            check(what, [], missing)
        else:
            check_run(stage, f"{what}: both events are heard", channel, expected, *tool, program)
    vapi = stage.share / f"vala/vapi/{NAME}.vapi"
    if not vapi.exists() or shutil.which("valac") is None:
        check("the example in Vala", [], "there is no vapi, or no valac")
        return
    done = run("valac", "--fatal-warnings", f"--vapidir={vapi.parent}", f"--pkg={NAME}", examples / "first.vala",
               f"--directory={stage.top}", "--output=first-vala", "-X", "-w", env=stage.env)
    check("the example in Vala builds", faults_of(done))
    if done.returncode == 0:
        check_run(stage, "the example in Vala hears both events", "news", PRINTED, stage.top / "first-vala")


def code_of(path):
    """An example without its licence: what the manual and the README show."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\A(/\*.*?\*/|((#|//)[^\n]*\n)+)\s*", "", text, flags=re.S).strip()


def check_pages(stage):
    manual = stage.share / "doc" / NAME
    if manual.exists():
        check("the manual has a page for each class and each chapter", [
            name for name in ("index.html", "class.Client.html", "class.Transport.html", "error.Error.html",
                              *(f"{path.stem}.html" for path in (library / "manual").glob("*.md")))
            if not (manual / name).exists()])
        check("no link of the manual's was left as it was written", [
            f"{path.name}: {link}" for path in manual.glob("*.html")
            for link in re.findall(r"\[(?:class|method|property|signal|iface|func|struct|ctor|vfunc)@[^\]]*\]",
                                   path.read_text(encoding="utf-8"))])
    else:
        check("the manual", [], "built without it")
    page = (library / "manual/first-example.md").read_text(encoding="utf-8")
    check("the manual shows the examples as they were run", [
        path.name for path in sorted((library / "examples").iterdir()) if code_of(path) not in page])
    check("so does the README", [] if code_of(library / "examples/first.py") in (source / "README.md").read_text(
        encoding="utf-8") else ["first.py"])


with tempfile.TemporaryDirectory(prefix="channels-glib-") as folder:
    place = Stage(pathlib.Path(folder).resolve())
    check_files(place)
    check_symbols(place)
    check_compilers(place)
    check_languages(place)
    check_pages(place)

print(f"1..{len(results)}")
for number, (name, faults, skipped) in enumerate(results, 1):
    print(f"{'not ok' if faults else 'ok'} {number} - {name}{f' # SKIP {skipped}' if skipped else ''}")
    for fault in faults[:20]:
        print(f"# {fault}")
