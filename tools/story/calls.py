# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The CRM's calls: answered, declined, missed, placed, answered elsewhere."""

import urllib.parse

from .player import Player
from .session import StepFailed, wait_for
from .teller import ADA, GRACE, KATHERINE, LINUS, Teller
from .tray import Tray


class Calls(Teller):
    def expect_ringing(self, call, name, audio=False):
        with self.step(f"a critical notification stands, with Answer and Decline: {name}"):
            def stands():
                return [found for found in self.session.notifications()
                        if found["category"] == "call.incoming" and name in found["summary"] + found["body"]]
            notification = wait_for("the notification", stands)[-1]
            wait_for("the notification on the screen", lambda: self.displayed() >= 1)
            if notification["urgency"] != 2 or notification["timeout"] != 0:
                raise StepFailed(f"it is not critical and for ever: {notification}")
            if not {"answer", "decline"} <= set(notification["actions"][::2]):
                raise StepFailed(f"its buttons are {notification['actions']}")
        with self.step("`ringdown status` shows the call, and the ring sounds in full"):
            wait_for("the call that rings", lambda: self.live_call(call)["state"] == "ringing-in"
                     and self.live_call(call)["peer_name"] == name and self.live_call(call)["audio"] == audio)
            wait_for("the full ring", lambda: self.status()["agent"]["ring"] == "full")

    def expect_quiet(self):
        with self.step("the ring is silent and the notification is gone"):
            wait_for("silence", lambda: self.status()["agent"]["ring"] == "silent")
            wait_for("the notification's end", lambda: self.displayed() == 0)

    def expect_end(self, call, state):
        with self.step(f"the call is over: {state}"):
            ended = wait_for("its end", lambda: self.ended_call(call))
            if ended["state"] != state:
                raise StepFailed(f"it is {ended['state']} ({ended['reason']})")

    def answered(self):
        self.scene("Ada Lovelace calls, and is answered by the notification's button")
        call = self.control("call", **{"from": ADA})["call"]
        self.expect_ringing(call, "Ada Lovelace")
        self.shoot("ada-calls")
        self.press("Answer")
        with self.step('the site has received {"action":"answer"}'):
            wait_for("the request", lambda: self.log_count(
                rf'POST /api/jitsi-calls/{call}/update_status/ \{{\s*"action"\s*:\s*"answer"\s*\}} → 200') == 1)
            wait_for("the active call", lambda: self.live_call(call)["state"] == "active")
        self.expect_quiet()
        with self.step("the browser has opened exactly this call's room, once"):
            url = urllib.parse.urlsplit(wait_for("the browser", self.opened)[0])
            token = urllib.parse.parse_qs(url.query).get("jwt", [""])[0]
            if url.path != f"/room/{self.site_call(call)['room']}" or token.count(".") != 2:
                raise StepFailed(f"it opened {url.scheme}://{url.netloc}{url.path}")
        self.shoot("on-the-line-with-ada")
        self.control("act", call=call, action="end")
        self.expect_end(call, "ended")
        with self.step("no second room was opened"):
            if len(self.opened()) != 1:
                raise StepFailed(f"{len(self.opened())} addresses were opened")
        self.shoot("ada-has-hung-up")

    def declined(self):
        self.scene("Grace Hopper calls without video, and is declined by the notification's button")
        call = self.control("call", **{"from": GRACE, "audio": True})["call"]
        self.expect_ringing(call, "Grace Hopper", audio=True)
        self.shoot("grace-calls")
        self.press("Decline")
        with self.step("the site says: rejected"):
            wait_for("the rejection", lambda: self.site_call(call)["status"] == "rejected")
        self.expect_end(call, "declined")
        self.expect_quiet()

    def missed(self):
        self.scene("Katherine Johnson calls, and gives up")
        call = self.control("call", **{"from": KATHERINE})["call"]
        self.expect_ringing(call, "Katherine Johnson")
        self.control("act", call=call, action="end")
        self.expect_end(call, "missed")
        with self.step("a notification says that a call was missed, and nothing rings"):
            wait_for("the notification", lambda: [found for found in self.session.notifications() if found["category"]
                                                  == "call.unanswered" and "Katherine" in found["summary"] + found["body"]])
            wait_for("silence", lambda: self.status()["agent"]["ring"] == "silent")
        self.shoot("missed")
        self.clear()

    def placed(self):
        self.scene("You call Grace Hopper by `ringdown call`, and she declines")
        with self.step("it rings at her end"):
            self.ringdown("call", str(GRACE))
            call = wait_for("the call", lambda: [found for found in self.state()["calls"]
                                                 if found["live"] and not found["incoming"]])[0]["id"]
            wait_for("the outgoing call", lambda: self.live_call(call)["state"] == "ringing-out")
        self.shoot("calling-grace")
        self.control("act", call=call, action="reject")
        self.expect_end(call, "declined")
        self.shoot("grace-declined")

    def elsewhere(self):
        self.scene("Linus Pauling calls; you answer by another device of yours")
        call = self.control("call", **{"from": LINUS})["call"]
        self.expect_ringing(call, "Linus Pauling")
        self.control("act", call=call, action="answer", elsewhere=True)
        self.expect_end(call, "answered-elsewhere")
        self.expect_quiet()
        with self.step("no missed call is told of"):
            self.status()
            if [found for found in self.session.notifications() if found["category"] == "call.unanswered"
                    and "Linus" in found["summary"] + found["body"]]:
                raise StepFailed("it is")
        self.control("act", call=call, action="end")

    def tray_state(self):
        return self.agent.ask("/io/github/ringdown/Ringdown/Agent", "org.freedesktop.DBus.Properties", "Get", "ss",
                              "io.github.ringdown.Agent1", "Tray")[0]

    def in_the_tray(self):
        self.scene("A panel with a tray comes; Grace calls, and is declined in the tray's menu")
        tray = Tray(self.session.bus_address(self.ready))
        try:
            with self.step("the icon is there, in a picture and by name, and says that all is well"):
                wait_for("it", lambda: tray.item() and self.tray_state() == "shown")
                if tray.get("Status") != "Active" or not tray.get("IconName") or not tray.get("IconPixmap"):
                    raise StepFailed(f"it is {tray.get('Status')}, {tray.get('IconName')}")
            call = self.control("call", **{"from": GRACE})["call"]
            with self.step("it wants attention while it rings"):
                wait_for("it", lambda: tray.get("Status") == "NeedsAttention")
            with self.step("*Decline* in its menu declines"):
                wait_for("the row", lambda: [words for _, words in tray.rows() if words.startswith("Decline")])
                tray.click("Decline")
                wait_for("the rejection", lambda: self.site_call(call)["status"] == "rejected")
                wait_for("calm", lambda: tray.get("Status") == "Active")
        finally:
            tray.close()
        with self.step("without the panel the agent knows that it is not seen"):
            wait_for("it", lambda: self.tray_state() == "no-host")
        self.clear()

    def with_music(self):
        self.scene("Music plays; Katherine calls")
        player = Player(self.session.bus_address(self.ready))
        try:
            call = self.control("call", **{"from": KATHERINE})["call"]
            with self.step("it pauses while it rings"):
                wait_for("the pause", lambda: player.is_("Paused"))
            self.control("act", call=call, action="end")
            with self.step("and goes on when it is over"):
                wait_for("the music", lambda: player.is_("Playing"))
        finally:
            player.close()
        self.clear()
