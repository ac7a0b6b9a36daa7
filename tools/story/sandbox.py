# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same session for the installed Flatpak: what its sandbox talks to is there, portals, a keyring, a sound server."""

import array
import os
import subprocess
import tempfile

from .session import Session, wait_for

APP = "io.github.ringdown.Ringdown"
SINK = "story"
RATE = 8000
# of full scale; a ring is at about a tenth, an empty sink at nothing
AUDIBLE = 0.005


def find_installation():
    return os.environ.get("FLATPAK_USER_DIR") or os.path.join(
        os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share"), "flatpak")


class Sandbox(Session):
    """A session whose `ringdown` is the one in the sandbox."""

    def __init__(self, verbose):
        # not in /tmp: a sandbox has its own
        folder = os.path.expanduser("~/.cache")
        os.makedirs(folder, exist_ok=True)
        super().__init__(verbose, tempfile.mkdtemp(prefix="ringdown-story-", dir=folder))
        installation = find_installation()
        folders = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")
        self.env.update(FLATPAK_USER_DIR=installation, XDG_CURRENT_DESKTOP="GNOME",
                        XDG_DATA_DIRS=f"{installation}/exports/share:{folders}")
        # of what is outside of it, which flatpak might pass on
        for name in ("RINGDOWN_LIBEXECDIR", "GSETTINGS_SCHEMA_DIR", "TMPDIR"):
            self.env.pop(name, None)
        # what the sandbox calls ~/.cache: a place that both see
        self.shared = os.path.join(self.env["HOME"], ".var", "app", APP, "cache")
        os.makedirs(self.shared)

    def ready_file(self):
        return os.path.join(self.shared, "ready.json")

    def demo_options(self):
        return ()

    def leftovers(self):
        """Its /tmp goes with the sandbox."""
        return []

    def bus_address(self, _ready):
        """Not the one that the demo names: that is the sandbox's end of the filter."""
        return self.env["DBUS_SESSION_BUS_ADDRESS"]

    def command(self, command):
        if command[0] != "ringdown":
            return command
        return ("flatpak", "run", "--user", "--command=ringdown", APP, *command[1:])

    def open(self):
        super().open()
        self.start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
                   "--load=module-native-protocol-unix", f"--load=module-null-sink sink_name={SINK}")
        wait_for("the sound server", lambda: SINK in self.ask("pactl", "list", "short", "sinks", check=False))
        keyring = self.start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets",
                             stdin=subprocess.PIPE)
        keyring.stdin.write(b"story")
        keyring.stdin.close()
        wait_for("the keyring", lambda: self.owns("org.freedesktop.secrets"))

    def level(self, seconds=0.5):
        """How loud the sound server's sink is, of full scale."""
        record = self.start("parec", f"--device={SINK}.monitor", "--format=s16le", f"--rate={RATE}", "--channels=1",
                            "--latency-msec=50", stdout=subprocess.PIPE)
        try:
            samples = array.array("h", record.stdout.read(int(seconds * RATE) * 2))
        finally:
            record.terminate()
            record.wait()
            record.stdout.close()
        return max(abs(sample) for sample in samples) / 32768

    def wait_for_sound(self, audible):
        wait_for("the ring on the sound server" if audible else "silence on the sound server",
                 lambda: (self.level() > AUDIBLE) == audible)

    def permissions(self):
        return self.ask("flatpak", "info", "--user", "--show-permissions", APP)

    def instances(self):
        return self.ask("flatpak", "ps", "--columns=application").split().count(APP)

    def kept(self):
        """Every file of ours that the sandbox keeps for good, by its name there."""
        top = os.path.join(self.env["HOME"], ".var", "app", APP)
        found = {}
        for folder, folders, names in os.walk(top):
            folders[:] = [one for one in folders if one not in ("fontconfig", "gstreamer-1.0", "mesa_shader_cache_db")]
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, top)] = file.read()
        return found

    def take_back(self, name):
        os.unlink(os.path.join(self.shared, name))

    def give(self, text, name):
        path = os.path.join(self.shared, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        return path
