# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What only a sandbox can get wrong: its permissions, the sound server, the keyring behind the portal."""

import json

from .sandbox import APP
from .session import StepFailed, wait_for
from .teller import ADA, Teller

# what the manifest may ask for, as `flatpak info --show-permissions` says it
PERMISSIONS = {
    "shared": {"network", "ipc"}, "sockets": {"x11", "wayland", "pulseaudio", "fallback-x11"}, "devices": {"dri"},
    "org.freedesktop.Notifications": {"talk"}, "org.kde.StatusNotifierWatcher": {"talk"},
    "org.mpris.MediaPlayer2.*": {"talk"},
}


class Inside(Teller):
    def confined(self):
        self.scene("Sandbox: what runs there, and what it may do")
        with self.step("the demo runs in the sandbox, and nowhere else"):
            if self.session.instances() < 1:
                raise StepFailed("no instance of it runs")
        with self.step("it may do what its manifest says, and no more"):
            given = {key: set(value.strip(";").split(";")) for key, _, value in (
                line.partition("=") for line in self.session.permissions().splitlines() if "=" in line)}
            if given != PERMISSIONS:
                raise StepFailed(f"it may {given}")

    def audible(self):
        self.scene("Sandbox: Ada calls; it is heard on the sound server")
        self.session.change_to_dunst()
        call = self.control("call", **{"from": ADA})["call"]
        with self.step("the ring is heard"):
            self.session.wait_for_sound(True)
            print(f"      {self.session.level(1.5):.3f} of full scale")
        with self.step("silenced, it is not heard any more, and goes on ringing at her end"):
            self.ringdown("silence")
            self.session.wait_for_sound(False)
            if self.site_call(call)["status"] in ("rejected", "ended"):
                raise StepFailed(f"the call is {self.site_call(call)['status']}")
        self.control("act", call=call, action="end")
        with self.step("nothing is heard when she has hung up"):
            wait_for("silence", lambda: self.status()["agent"]["ring"] == "silent")
            self.session.wait_for_sound(False)
        self.clear()

    def windows(self):
        return len(self.session.ask("xdotool", "search", "--onlyvisible", "--name", "Ringdown", check=False).split())

    def launched(self):
        self.scene("Sandbox: Ringdown is started as the desktop starts it, beside the demo")
        before = self.windows()
        with self.step("the bus starts the agent, in a sandbox of its own, and the window opens"):
            self.session.start("ringdown")
            wait_for("the agent", lambda: self.session.owns(APP))
            wait_for("the window", lambda: self.windows() > before)
        with self.step("`ringdown quit` ends both"):
            self.session.ask("ringdown", "quit")
            wait_for("the agent to go", lambda: not self.session.owns(APP))
            wait_for("the window to go", lambda: self.windows() == before)

    def own_status(self):
        return json.loads(self.session.ask("ringdown", "status", "--json"))

    def start_own_agent(self):
        agent = self.session.start("ringdown", "agent", "--no-window")
        wait_for("the agent", lambda: self.session.owns(APP))
        return agent

    def quit_own_agent(self, agent):
        self.session.ask("ringdown", "quit")
        wait_for("its end", lambda: agent.poll() is not None)

    def secret(self):
        self.scene("Sandbox: an account of your own, its token in the keyring behind the portal")
        agent = self.start_own_agent()
        site = self.site("crm")
        password = self.session.give(site["password"], "password")
        with self.step("an address, a name and a password are enough, and the line stands"):
            self.session.ask("ringdown", "account", "add", "--site", site["url"], "--login", site["login"],
                             "--password-file", password, "--name", "Of my own")
            wait_for("the line", lambda: self.own_status()["accounts"][0]["state"] == "connected")
        self.quit_own_agent(agent)
        with self.step("what it keeps is a locked keyring, and a file without a secret"):
            self.session.take_back("password")
            kept = self.session.kept()
            if not [name for name in kept if name.startswith("data/keyrings/") and name.endswith(".keyring")]:
                raise StepFailed(f"there is no keyring among {sorted(kept)}")
            told = [name for name, content in kept.items() if site["password"].encode() in content or b"eyJ" in content]
            if told:
                raise StepFailed(f"secrets can be read in {told}")
        agent = self.start_own_agent()
        with self.step("after a restart it is signed in without asking"):
            wait_for("the line", lambda: self.own_status()["accounts"][0]["state"] == "connected")
        self.session.ask("ringdown", "account", "remove", self.own_status()["accounts"][0]["id"])
        self.quit_own_agent(agent)
