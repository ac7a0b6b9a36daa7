#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` puts where: all of it below the prefix, and whatever names another part names it where it is.
check-install.py SOURCE BUILD MESON"""

import configparser
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

APP = "io.github.ringdown.Ringdown"
source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
meson = shlex.split(sys.argv[3])
# none of these is where meson would put it by itself
ODD = {"prefix": "/opt/odd", "bindir": "programs", "libexecdir": "parts", "datadir": "things", "mandir": "manuals",
       "localedir": "words"}
results = []


def check(name, faults):
    results.append((name, list(faults)))


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"Bail out! {' '.join(map(str, command))}: {(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def entry(path, section="Desktop Entry"):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return dict(parser[section])


def check_installed(root, directories):
    prefix = pathlib.Path(directories["prefix"])

    def at(name, *parts):
        return root / (prefix / directories[name]).relative_to("/").joinpath(*parts)

    share, programs = at("datadir"), at("libexecdir", "ringdown")
    found = {path for path in root.rglob("*") if path.is_file()}
    check("nothing is put outside the prefix",
          [str(path) for path in found if not path.is_relative_to(root / prefix.relative_to("/"))])
    expected = [
        at("bindir", "ringdown"), *(programs / f"ringdown-{part}" for part in ("agent", "window", "demo")),
        share / f"applications/{APP}.desktop", share / f"metainfo/{APP}.metainfo.xml",
        share / f"mime/packages/{APP}.xml", share / f"glib-2.0/schemas/{APP}.gschema.xml",
        share / f"dbus-1/services/{APP}.service", share / f"dbus-1/services/{APP}.Window.service",
        share / f"dbus-1/interfaces/{APP}1.xml", share / f"icons/hicolor/scalable/apps/{APP}.svg",
        share / f"icons/hicolor/symbolic/apps/{APP}-symbolic.svg", share / "bash-completion/completions/ringdown",
        *(share / "ringdown/profiles" / path.name for path in source.glob("data/profiles/*.json")),
        *(at("mandir", "man1", path.name) for path in source.glob("data/man/*.1")),
        *(at("localedir", language, "LC_MESSAGES/ringdown.mo")
          for language in re.sub("#.*", "", (source / "po/LINGUAS").read_text()).split()),
    ]
    check("all is where it belongs", [f"{path.relative_to(root)} is not there" for path in expected if path not in found])
    check("every program can be run, and nothing else", [
        str(path) for path in found if os.access(path, os.X_OK) != (path.parent in (programs, at("bindir")))])
    check("the bus starts what was installed", [
        f"{path.name}: {command}" for path in share.glob("dbus-1/services/*.service")
        for command in [shlex.split(entry(path, "D-BUS Service")["Exec"])[0]] if root / command.lstrip("/") not in found])
    desktop = entry(share / f"applications/{APP}.desktop")
    check("the desktop file names the command, and the icon that is there", [
        f"{key}={desktop[key]}" for key, good in
        {"Exec": (at("bindir") / desktop["Exec"].split()[0]) in found, "Icon": desktop["Icon"] == APP}.items() if not good])
    metainfo = tree.parse(share / f"metainfo/{APP}.metainfo.xml")
    check("the metainfo launches the desktop file, and tells of this version", [
        fault for fault, good in {
            "launchable": metainfo.findtext("launchable") == f"{APP}.desktop",
            "release": metainfo.find("releases/release").get("version") == json.loads(
                run(*meson, "introspect", str(build), "--projectinfo"))["version"]}.items() if not good])
    check("no file of words names where it was built or staged", [
        str(path.relative_to(root)) for path in found if path.suffix not in (".mo", "")
        and any(place in path.read_text(encoding="utf-8", errors="replace") for place in (str(build), str(root)))])


def manual(name):
    """What of its options the manual shows, and what it says, without typesetting."""
    text = (source / "data/man" / f"{name}.1").read_text(encoding="utf-8").replace("\\-", "-")
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))


def check_manuals():
    for part in ("agent", "window", "demo"):
        shown = run(build / "src/bin" / f"ringdown-{part}", "--help", env={**os.environ, "LC_ALL": "C.UTF-8"})
        options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", shown)) - {"--help-all", "--help-gapplication"}
        # what a program's manual says of others is in the command's own words
        extra = manual(f"ringdown-{part}") - options
        check(f"the manual of ringdown-{part} has its options",
              [f"{option} is missing" for option in sorted(options - manual(f"ringdown-{part}"))]
              + [f"{option} is no option" for option in sorted(extra)])


def check_odd_places(folder):
    """A layout that nobody has: what is planned, and what is made of it before anything is compiled."""
    run(*meson, "setup", str(folder), str(source), "-Dtests=false", *(f"--{key}={value}" for key, value in ODD.items()))
    plan = json.loads(run(*meson, "introspect", str(folder), "--installed"))
    check("another layout is followed", [
        f"{place}: not below {ODD['prefix']}/" for place in plan.values()
        if not place.startswith(tuple(f"{ODD['prefix']}/{ODD[key]}/" for key in ODD if key != "prefix"))])
    services = [entry(path, "D-BUS Service")["Exec"] for path in folder.glob("data/*.service")]
    check("and the services and programs know it", [
        command for command in services if not command.startswith(f"{ODD['prefix']}/{ODD['libexecdir']}/ringdown/")]
        + ([] if f'"{ODD["prefix"]}/{ODD["localedir"]}"' in (folder / "config.h").read_text() else ["config.h"]))


with tempfile.TemporaryDirectory(prefix="ringdown-install-") as top:
    options = {option["name"]: option["value"] for option in json.loads(
        run(*meson, "introspect", str(build), "--buildoptions"))}
    stage = pathlib.Path(top).resolve() / "stage"
    run(*meson, "install", "-C", str(build), "--no-rebuild", "--quiet", "--destdir", str(stage))
    check_installed(stage, options)
    check_manuals()
    check_odd_places(pathlib.Path(top) / "odd")

print(f"1..{len(results)}")
for number, (name, faults) in enumerate(results, 1):
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    for fault in faults[:20]:
        print(f"# {fault}")
