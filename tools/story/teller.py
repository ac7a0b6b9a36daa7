# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the story is told: steps that happened or did not, pictures, what is done and what is seen."""

import contextlib
import datetime
import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request

from .session import DEADLINE, Refused, StepFailed, wait_for

ACCOUNTS = 5
CRM, TEAM, SMS, INVOICES, SHOP = ("Larkspur CRM", "Larkspur Team", "Larkspur SMS", "Larkspur Invoices", "Larkspur Shop")
YOU, ADA, GRACE, KATHERINE, LINUS = 7, 11, 12, 13, 14
SMALL, WIDE = (440, 560), (760, 640)


class Teller:
    def __init__(self, session, shots):
        self.session = session
        self.shots = shots
        self.shot_number = 0
        self.failed = 0
        self.passed = 0
        self.ready = None
        self.demo = None
        self.window = None
        self.agent = None
        self.calm = None

    # telling

    def scene(self, title):
        print(f"\n{title}", flush=True)

    @contextlib.contextmanager
    def step(self, text):
        start = time.monotonic()
        try:
            yield
        except (StepFailed, Refused, StopIteration, subprocess.SubprocessError, urllib.error.URLError, OSError) as error:
            self.failed += 1
            print(f"  ✗ {text}\n      {error}", flush=True)
        else:
            self.passed += 1
            print(f"  ✓ {text}  ({time.monotonic() - start:.1f} s)", flush=True)

    def shoot(self, name, hurried=False):
        """A screenshot of the whole screen, once it keeps still; or of trouble that does not last, as soon as the
        window's header says so."""
        self.shot_number += 1
        file = f"{self.shot_number:02d}-{name}.png"
        if not hurried:
            self.take_picture(file)
        else:
            wait_for("the window to show it", lambda: self.header() != self.calm)
            self.session.ask("import", "-window", "root", os.path.join(self.shots, file))

    def header(self):
        """What the window's header looks like, which says how many lines there are."""
        path = self.session.path("header.png")
        self.session.ask("import", "-window", "root", "-crop", "200x40+168+52", "+repage", path)
        return self.session.ask("identify", "-quiet", "-format", "%#", path)

    def shoot_page(self, page, name, size=SMALL, **options):
        """A page of the window, which is as large as that meanwhile."""
        self.place_window(size)
        self.agent.open_window(page, **options)
        self.shoot(name)
        self.place_window(SMALL)

    def place_window(self, size, place=(48, 48)):
        """No window manager is here to do it."""
        self.session.ask("xdotool", "windowsize", self.window, *map(str, size), "windowmove", self.window, *map(str, place))

    def take_picture(self, name, *how):
        path = os.path.join(self.shots, name)

        def still():
            before = getattr(still, "before", None)
            self.session.ask("import", "-window", "root", *how, path)
            # of the picture itself: the file holds the time
            still.before = self.session.ask("identify", "-quiet", "-format", "%#", path)
            return before == still.before
        wait_for("a picture that keeps still", still)

    # acting

    def clear(self):
        """Toasts go, so that the next scene can count."""
        self.session.ask("dunstctl", "close-all")

    def control(self, what, /, **body):
        request = urllib.request.Request(self.ready["control"] + what, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=DEADLINE) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            raise Refused(json.load(error)["error"]) from error

    def state(self):
        with urllib.request.urlopen(self.ready["control"] + "state?after=0", timeout=DEADLINE) as reply:
            return json.load(reply)

    def log_count(self, pattern):
        return sum(1 for line in self.state()["log"] if re.search(pattern, line["text"]))

    def refused(self, *arguments):
        """What the command says to that, which must be refused."""
        done = self.session.run("ringdown", "--bus-name", self.ready["bus_name"], *arguments)
        if done.returncode != 1:
            raise StepFailed(f"it ended with {done.returncode}")
        return done.stderr.strip()

    def ringdown(self, *arguments):
        return self.session.ask("ringdown", "--bus-name", self.ready["bus_name"], *arguments)

    def status(self):
        return json.loads(self.ringdown("status", "--json"))

    def press(self, label):
        """Presses a button of the notification, by the notification server's own menu."""
        self.session.write(label, "choice")
        self.session.ask("dunstctl", "context")

    # seeing

    def account_status(self, name):
        return next(account for account in self.status()["accounts"] if account["name"] == name)

    def site(self, site):
        return next(found for found in self.state()["sites"] if found["id"] == site)

    def toasts(self, before, words):
        """The notifications after the first so many that say this."""
        return [found for found in self.session.notifications()[before:] if words in f"{found['summary']}\n{found['body']}"]

    def expect_toast(self, before, words, what="the notification"):
        try:
            return wait_for(what, lambda: self.toasts(before, words))[-1]
        except StepFailed as error:
            seen = [f"{found['summary']} · {found['body']}" for found in self.session.notifications()[before:]]
            raise StepFailed(f"{error}; there were {seen}") from error

    def expect_one_toast(self, before, words, what="the notification"):
        toast = self.expect_toast(before, words, what)
        # an answer to a later request on the same bus: what was to come has come
        self.status()
        if len(self.toasts(before, words)) != 1:
            raise StepFailed(f"{len(self.toasts(before, words))} notifications")
        return toast

    def conversation(self, account, words):
        """The one whose name or last text has these words."""
        found, _more = self.agent.call(account, "Messages1", "ListConversations", "suu", "", 0, 50)
        return next(one for one in found if words in one["name"] or words in one["text"])

    def messages(self, account, conversation):
        found, _more = self.agent.call(account, "Messages1", "ListMessages", "ssu", conversation, "", 20)
        return found

    def send(self, account, conversation, text):
        return self.agent.call(account, "Messages1", "Send", "ss", conversation, text)

    def person(self, account, name):
        found, _more = self.agent.call(account, "People1", "ListPeople", "suu", name, 0, 10)
        return next((one for one in found if one["name"] == name), None)

    def all_connected(self):
        return [account["state"] for account in self.status()["accounts"]] == ["connected"] * ACCOUNTS

    def site_call(self, call):
        return next(found for found in self.state()["calls"] if found["id"] == call)

    def live_call(self, call):
        return next((found for found in self.status()["calls"] if found["id"] == str(call)), None)

    def ended_call(self, call):
        calls = json.loads(self.ringdown("calls", "--json"))["calls"]
        return next((found for found in calls if found["id"] == str(call) and not found["live"]), None)

    def since_last_end(self):
        calls = json.loads(self.ringdown("calls", "--json"))["calls"]
        ends = [datetime.datetime.fromisoformat(call["ended_at"].replace("Z", "+00:00")) for call in calls
                if not call["live"]]
        return (datetime.datetime.now(datetime.timezone.utc) - max(ends)).total_seconds()

    def displayed(self):
        return int(self.session.ask("dunstctl", "count", "displayed"))

    def opened(self):
        return self.session.read("opened").split()
