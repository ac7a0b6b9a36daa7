# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session that the story takes place in, and how it waits."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEADLINE = 20
POLL = 0.05

DUNSTRC = """
[global]
origin = top-right
offset = 24x24
width = 380
height = 260
padding = 16
horizontal_padding = 18
frame_width = 0
corner_radius = 14
show_indicators = no
separator_height = 6
gap_size = 10
font = DejaVu Sans 11
markup = full
format = "<b>%s</b>\\n%b"
icon_position = left
max_icon_size = 48
icon_path = {icons}
idle_threshold = 0
dmenu = {chooser}
[urgency_low]
background = "#303030"
foreground = "#ffffff"
[urgency_normal]
background = "#303030"
foreground = "#ffffff"
timeout = 8
[urgency_critical]
background = "#1e4d36"
foreground = "#ffffff"
timeout = 0
"""

# dunst shows a notification's buttons in a menu program's list: this one picks what is written in a file.
CHOOSER = """#!/bin/sh
grep -m 1 "^#$(cat '{choice}')"
"""

BROWSER = """#!/bin/sh
printf '%s\\n' "$1" >>'{opened}'
"""

BROWSER_ENTRY = """[Desktop Entry]
Type=Application
Name=Story browser
Exec={script} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;
"""

MIMEAPPS = """[Default Applications]
x-scheme-handler/http=story-browser.desktop
x-scheme-handler/https=story-browser.desktop
text/html=story-browser.desktop
"""


# The notification server that draws buttons, for the picture of a call: a plain card on any of its themes.
NOTIFYD_CSS = """
#XfceNotifyWindow { background: #ffffff; color: #1e1e1e; border: 1px solid #c0c8d4; border-radius: 0; padding: 4px; }
#XfceNotifyWindow label { color: #1e1e1e; text-shadow: none; font-size: 11pt; }
#XfceNotifyWindow button { background: #ebebeb; color: #1e1e1e; border: none; border-radius: 8px; padding: 8px 10px;
  box-shadow: none; text-shadow: none; margin-top: 6px; }
"""
NOTIFYD_SERVICE = "dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service"

# What the picture shows: the window beside the notification in the screen's corner.
WINDOW_PLACE = (236, 40, 440, 560)
PICTURE = "932x640+188+0"


class StepFailed(Exception):
    pass


class Refused(Exception):
    """What the agent or a site answered instead of doing it."""


def wait_for(what, condition, deadline=DEADLINE):
    """Asks until the answer is not false; the only way the story waits."""
    end = time.monotonic() + deadline
    last = None
    while time.monotonic() < end:
        try:
            answer = condition()
        except (OSError, ValueError, KeyError, IndexError, subprocess.SubprocessError, Refused,
                StopIteration) as error:
            answer, last = None, error
        if answer:
            return answer
        time.sleep(POLL)
    raise StepFailed(f"waited {deadline} s in vain for {what}" + (f" ({last})" if last else ""))


class Session:
    """The session that the story takes place in, and everything that was started in it."""

    def __init__(self, verbose, folder=None):
        self.folder = folder or tempfile.mkdtemp(prefix="ringdown-story-")
        self.processes = []
        self.notification_server = None
        self.verbose = verbose
        self.log = open(os.path.join(self.folder, "log"), "wb")
        self.env = {key: value for key, value in os.environ.items()
                    if key not in ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY")}
        for name, sub in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                          ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "run"),
                          ("TMPDIR", "tmp")):
            path = os.path.join(self.folder, sub)
            os.makedirs(path, mode=0o700)
            self.env[name] = path
        self.env.update(LC_ALL="C.UTF-8", GDK_BACKEND="x11", GSK_RENDERER="cairo", GTK_A11Y="none", NO_AT_BRIDGE="1",
                        GSETTINGS_BACKEND="memory", GIO_USE_VFS="local", NO_PROXY="127.0.0.1")

    def path(self, *parts):
        path = os.path.join(self.folder, *parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write(self, text, *parts, mode=0o644):
        path = self.path(*parts)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def read(self, *parts):
        try:
            with open(self.path(*parts), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def give(self, text, name):
        """A file that the programs can read, and nobody else; its path."""
        return self.write(text, name, mode=0o600)

    def ready_file(self):
        return self.path("ready.json")

    def leftovers(self):
        """What the demo has not taken away of its own."""
        return [name for name in os.listdir(self.env["TMPDIR"]) if name.startswith("ringdown-demo-")]

    def demo_options(self):
        return ("--sink", "fakesink sync=true")

    def bus_address(self, ready):
        return ready["bus_address"]

    def command(self, command):
        """What runs it."""
        return command

    def start(self, *command, **options):
        options.setdefault("stdout", None if self.verbose else self.log)
        options.setdefault("stderr", None if self.verbose else self.log)
        process = subprocess.Popen(self.command(command), env=self.env, start_new_session=True, **options)
        self.processes.append(process)
        return process

    def run(self, *command):
        return subprocess.run(self.command(command), env=self.env, capture_output=True, text=True, timeout=DEADLINE, check=False)

    def ask(self, *command, check=True):
        done = self.run(*command)
        if check and done.returncode != 0:
            raise StepFailed(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def open(self):
        xvfb = self.start("Xvfb", "-displayfd", "1", "-screen", "0", "1120x800x24", "-nolisten", "tcp",
                          stdout=subprocess.PIPE)
        number = xvfb.stdout.readline().strip().decode()
        if not number:
            raise StepFailed("Xvfb did not start")
        self.env["DISPLAY"] = f":{number}"
        bus = self.start("dbus-daemon", "--session", "--nofork", "--print-address", stdout=subprocess.PIPE)
        self.env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip().decode()
        opened, choice = self.path("opened"), self.path("choice")
        script = self.write(BROWSER.format(opened=opened), "bin", "browser", mode=0o755)
        self.write(BROWSER_ENTRY.format(script=script), "data", "applications", "story-browser.desktop")
        self.write(MIMEAPPS, "config", "mimeapps.list")
        chooser = self.write(CHOOSER.format(choice=choice), "bin", "chooser", mode=0o755)
        icons = os.path.join(TOP, "data", "icons", "hicolor", "scalable", "apps")
        dunstrc = self.write(DUNSTRC.format(chooser=chooser, icons=icons), "config", "dunst", "dunstrc")
        self.write(NOTIFYD_CSS, "config", "gtk-3.0", "gtk.css")
        self.start("dbus-monitor", "--session", "type='method_call',interface='org.freedesktop.Notifications'",
                   stdout=open(self.path("notifications"), "wb"))
        # something to look at behind the window
        self.ask("display", "-size", "1120x800", "-window", "root", "gradient:#8ab6ee-#1b4f94", check=False)
        self.dunst = ("dunst", "-conf", dunstrc)
        self.change_to_dunst()

    def change_notification_server(self, *command, **options):
        if self.notification_server is not None:
            self.notification_server.terminate()
            wait_for("the other one's end", lambda: not self.owns("org.freedesktop.Notifications"))
        self.notification_server = self.start(*command, **options)
        wait_for("the notification server", lambda: self.owns("org.freedesktop.Notifications"))

    def change_to_dunst(self):
        """To the usual one, which tells what it shows and takes orders."""
        self.change_notification_server(*self.dunst)
        # asking it before it has its name would start a second one
        wait_for("its answer", lambda: self.ask("dunstctl", "count", "displayed").strip() == "0")

    def change_to_buttons(self):
        """To the one that draws buttons."""
        folders = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
        service = next((path for path in (os.path.join(folder, NOTIFYD_SERVICE) for folder in folders)
                        if os.path.exists(path)), None)
        if service is None:
            raise StepFailed("xfce4-notifyd is not installed")
        with open(service, encoding="utf-8") as file:
            command = re.search(r"^Exec=(.*)$", file.read(), flags=re.MULTILINE).group(1).split()
        self.change_notification_server(*command)

    def change_to_replies(self):
        """To one that has an entry for a reply in a message's notification, as KDE's has."""
        self.change_notification_server(os.path.join(TOP, "tools", "story", "replies.py"), stdin=subprocess.PIPE)

    def reply(self, words, text):
        """Writes into the notification that has these words."""
        self.notification_server.stdin.write(f"{words}\t{text}\n".encode())
        self.notification_server.stdin.flush()

    def owns(self, name):
        return "true" in self.ask("gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
                                  "/org/freedesktop/DBus", "--method", "org.freedesktop.DBus.NameHasOwner", name)

    def close(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(signal.SIGTERM)
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def notifications(self):
        """Every Notify call so far, as dictionaries."""
        found = []
        for block in re.split(r"^(?=method call )", self.read("notifications"), flags=re.MULTILINE):
            if "member=Notify" not in block.split("\n", 1)[0]:
                continue
            # its three strings may run over several lines; then come two arrays and the timeout
            strings = re.findall(r'^   string "(.*?)"\n(?=   (?:u?int32|string|array) )', block.split("\n   array [", 1)[0] + "\n   array ",
                                 flags=re.MULTILINE | re.DOTALL)
            timeout = re.search(r"^   \]\n   int32 (-?\d+)$", block, flags=re.MULTILINE)
            if len(strings) < 4 or timeout is None:  # not all of it is there yet
                continue
            actions = re.search(r"^   array \[\n(.*?)^   \]", block, flags=re.MULTILINE | re.DOTALL)
            urgency = re.search(r'string "urgency"\s+variant\s+byte (\d)', block)
            category = re.search(r'string "category"\s+variant\s+string "(.*)"', block)
            found.append({
                "summary": strings[2], "body": strings[3], "timeout": int(timeout.group(1)),
                "actions": re.findall(r'string "(.*)"', actions.group(1) if actions else ""),
                "urgency": int(urgency.group(1)) if urgency else 1,
                "category": category.group(1) if category else "",
            })
        return found
