#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak's manifest, and with a second argument what was built of it, by the rules of app stores and our own.
check-flatpak.py MANIFEST [FOLDER-OF-THE-BUILT-APPLICATION]"""

import configparser
import pathlib
import re
import shutil
import subprocess
import sys

import yaml

APP = "io.github.ringdown.Ringdown"
# All that it may do, and what a sandbox must be opened for; whatever comes here is a decision, not a fix.
PERMISSIONS = {
    "--share=network", "--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri", "--socket=pulseaudio",
    "--talk-name=org.freedesktop.Notifications", "--talk-name=org.kde.StatusNotifierWatcher",
    "--talk-name=org.mpris.MediaPlayer2.*",
}
# The same, as the built application's metadata has it
CONTEXT = {"shared": {"network", "ipc"}, "sockets": {"x11", "wayland", "fallback-x11", "pulseaudio"}, "devices": {"dri"}}
TALK = {"org.freedesktop.Notifications", "org.kde.StatusNotifierWatcher", "org.mpris.MediaPlayer2.*"}
results = []


def check(name, faults):
    results.append((name, list(faults)))


def modules_of(manifest):
    for module in manifest.get("modules", []):
        yield module
        yield from modules_of(module)


def source_faults(module, folder):
    if not module.get("sources"):
        yield "no sources"
    for source in module.get("sources", []):
        kind = source.get("type")
        if kind in ("archive", "file") and "url" in source:
            for url in [source["url"], *source.get("mirror-urls", [])]:
                if not url.startswith("https://"):
                    yield f"{url}: not https"
            if not re.fullmatch("[0-9a-f]{64}", str(source.get("sha256", ""))):
                yield f"{source['url']}: no sha256"
        elif kind == "git":
            if not re.fullmatch("[0-9a-f]{40}", str(source.get("commit", ""))):
                yield f"{source.get('url')}: no commit"
        elif "path" in source:
            if not (folder / source["path"]).exists():
                yield f"{source['path']}: does not exist"
        else:
            yield f"{source}: neither a checksum nor a path"


def check_manifest(path):
    manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
    arguments = manifest.get("finish-args", [])
    modules = list(modules_of(manifest))
    check("it is this application on the GNOME runtime", [
        f"{key} is {manifest.get(key)}" for key, value in
        {"id": APP, "runtime": "org.gnome.Platform", "sdk": "org.gnome.Sdk", "command": "ringdown"}.items()
        if manifest.get(key) != value])
    check("the runtime's version is a line that tools/flatpak can change",
          [] if re.search(r"^runtime-version: '\d+'$", path.read_text(encoding="utf-8"), re.MULTILINE) else ["it is not"])
    check("the permissions are exactly the agreed ones",
          [f"too much: {one}" for one in sorted(set(arguments) - PERMISSIONS)]
          + [f"missing: {one}" for one in sorted(PERMISSIONS - set(arguments))]
          + (["one stands twice"] if len(arguments) != len(set(arguments)) else []))
    check("every source has a checksum or is part of this tree", (
        f"{module['name']}: {fault}" for module in modules for fault in source_faults(module, path.parent)))
    check("nothing is built with a network", (
        f"{module['name']}: {module['build-options']['build-args']}" for module in modules
        if "build-args" in module.get("build-options", {})))
    check("the tests' needs stay out of it", [] if any(
        "-Dtests=false" in module.get("config-opts", []) for module in modules) else ["ringdown is built with its tests"])


def ran(*command):
    if shutil.which(command[0]) is None:
        return [f"{command[0]} is not installed"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()


def programs(files):
    return sorted([files / "bin/ringdown", *(files / "libexec/ringdown").iterdir()])


def check_application(folder):
    files, export = folder / "files", folder / "export"
    metadata = configparser.ConfigParser(strict=True, delimiters=("=",))
    metadata.optionxform = str
    metadata.read(folder / "metadata", encoding="utf-8")
    context = {key: set(value.strip(";").split(";")) for key, value in metadata["Context"].items()}
    policy = dict(metadata["Session Bus Policy"]) if metadata.has_section("Session Bus Policy") else {}
    check("the built one may do what the manifest says, and no more",
          [f"{key}: {context.get(key)}" for key in set(context) | set(CONTEXT) if context.get(key) != CONTEXT.get(key)]
          + [f"{name}: {what}" for name, what in policy.items() if name not in TALK or what != "talk"]
          + [f"{name} is not there" for name in TALK - set(policy)]
          + [f"[{section}]" for section in metadata.sections() if "System Bus" in section or section == "Environment"])
    exported = [path for path in export.rglob("*") if path.is_file()]
    check("what it exports has its name", [str(path) for path in exported if not path.name.startswith(APP)])
    check("desktop file, bus services, icons and the files' type are exported", [
        f"no {pattern}" for pattern in (
            f"share/applications/{APP}.desktop", f"share/dbus-1/services/{APP}.service",
            f"share/dbus-1/services/{APP}.Window.service", f"share/mime/packages/{APP}.xml",
            f"share/icons/hicolor/scalable/apps/{APP}.svg", f"share/icons/hicolor/symbolic/apps/{APP}-symbolic.svg")
        if not (export / pattern).is_file()])
    # flatpak itself makes "flatpak run --command=…" of it when it installs
    check("the services name programs in it", [
        f"{path.name}: {command}" for path in export.glob("share/dbus-1/services/*.service")
        for command in re.findall("^Exec=(.*)", path.read_text(encoding="utf-8"), re.MULTILINE)
        if not command.startswith("/app/") or not (files / command.removeprefix("/app/")).is_file()])
    check("desktop-file-validate", ran("desktop-file-validate", str(export / f"share/applications/{APP}.desktop")))
    # flatpak-builder before 1.4 gives it its older name
    metainfo = [str(path) for path in files.glob(f"share/*/{APP}.*.xml") if path.parent.name in ("metainfo", "appdata")]
    check("appstreamcli validate --pedantic", ran(
        "appstreamcli", "validate", "--pedantic", "--no-net", "--explain", *metainfo) if metainfo else ["no metainfo"])
    check("nothing that only builds need is in it", [
        str(path.relative_to(files)) for path in files.rglob("*")
        if path.suffix in (".h", ".a", ".la", ".pc") and not path.is_relative_to(files / "lib/debug")])
    check("every program finds its libraries", [
        fault for program in programs(files)
        for fault in ran("flatpak", "build", str(folder), "sh", "-c",
                         f"! ldd {pathlib.Path('/app') / program.relative_to(files)} | grep 'not found'")])
    if shutil.which("flatpak-builder-lint"):
        check("flatpak-builder-lint", ran("flatpak-builder-lint", "builddir", str(folder)))


check_manifest(pathlib.Path(sys.argv[1]))
if len(sys.argv) > 2:
    check_application(pathlib.Path(sys.argv[2]))

print(f"1..{len(results)}")
for number, (name, faults) in enumerate(results, 1):
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    for fault in faults[:20]:
        print(f"# {fault}")
sys.exit(any(faults for _, faults in results))
