# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What fails, and how it comes back."""

import time

from .session import StepFailed, wait_for
from .teller import ADA, CRM, GRACE, INVOICES, KATHERINE, SHOP, SMS, TEAM, Teller

BACK_SECONDS = 2


class Trouble(Teller):
    def one_away(self):
        self.scene("The team space goes away for four seconds; Grace says something meanwhile")
        others = (CRM, SMS, INVOICES, SHOP)
        wait_for("a window that has all lines", lambda: self.header() == self.calm)
        self.control("outage", site="team", seconds=4)
        with self.step("its status says that the line is down, and why"):
            account = wait_for("the broken line", lambda: self.not_connected(TEAM))
            print(f"      {account['sentence']}")
        before = len(self.session.notifications())
        self.control("team-message", **{"from": GRACE, "text": "Did you hear that?"})
        with self.step("the others have not noticed"):
            call = self.control("call", **{"from": ADA})["call"]
            wait_for("the ring", lambda: self.status()["agent"]["ring"] == "full")
            self.control("act", call=call, action="end")
            states = [self.account_status(name)["state"] for name in others]
            if states != ["connected"] * len(others):
                raise StepFailed(f"they are {states}")
            if self.state()["away"] != ["team"]:
                raise StepFailed("the team space was back before that was seen")
        self.shoot("team-is-away", hurried=True)
        with self.step("it is back within two seconds"):
            self.expect_back(lambda: "team" in self.state()["away"], lambda: self.account_status(TEAM)["state"] == "connected")
        with self.step("what was said meanwhile is there, and told of once"):
            wait_for("it", lambda: [one for one in self.messages(TEAM, "product") if one["text"] == "Did you hear that?"])
            self.expect_one_toast(before, "Did you hear that?")
        with self.step("and who is there is known again"):
            wait_for("them", lambda: self.person(TEAM, "Ada Lovelace")["status"] == "online")
        self.clear()

    def not_connected(self, name):
        account = self.account_status(name)
        return account if account["state"] != "connected" and account["sentence"] else None

    def expect_back(self, away, back):
        """Counts from the moment that the server is there again."""
        wait_for("the end of the outage", lambda: not away())
        start = time.monotonic()
        wait_for("the line", back)
        seconds = time.monotonic() - start
        print(f"      back {seconds:.1f} s after the server")
        if seconds > BACK_SECONDS:
            raise StepFailed("too late")

    def all_away(self):
        self.scene("All lines go down for four seconds; Katherine calls meanwhile, a customer pays, Mara writes")
        wait_for("a window that has all lines", lambda: self.header() == self.calm)
        self.control("outage", seconds=4)
        with self.step("the status says of each that it is down, and why"):
            wait_for("the broken lines", lambda: all(
                account["state"] != "connected" and account["sentence"] for account in self.status()["accounts"]))
        before = len(self.session.notifications())
        call = self.control("call", **{"from": KATHERINE})["call"]
        self.control("sms", conversation=1, text="He has found the door")
        number = self.state()["later"]["next"]
        self.control("pay", invoice=number)
        self.shoot("lines-are-down", hurried=True)
        with self.step("and it is still, after all that"):
            if not self.state()["outage"]:
                raise StepFailed("it was back before")
        with self.step("they are back within two seconds"):
            self.expect_back(lambda: self.state()["outage"], self.all_connected)
        with self.step("her call is shown as missed; nothing rings"):
            found = wait_for("the call", lambda: self.ended_call(call) or self.live_call(call))
            if found["state"] != "missed" or self.status()["agent"]["ring"] != "silent":
                raise StepFailed(f"it is {found['state']}, the ring is {self.status()['agent']['ring']}")
        with self.step("the text and the payment are told of, once each"):
            self.expect_one_toast(before, "He has found the door", "the text")
            self.expect_one_toast(before, f"INV-{number:04d}", "the payment")
        with self.step("what was told of before is not told of again"):
            wait_for("the missed call's notification", lambda: self.toasts(before, "Katherine Johnson"))
            again = [found["summary"] for found in self.session.notifications()[before:]]
            if len(again) != 3:
                raise StepFailed(f"there were {again}")
        self.control("act", call=call, action="end")
        self.shoot("lines-are-back")
        self.clear()
        with self.step("the next call rings as ever"):
            call = self.control("call", **{"from": ADA})["call"]
            wait_for("the ring", lambda: self.status()["agent"]["ring"] == "full")
            self.control("act", call=call, action="end")
            wait_for("silence", lambda: self.status()["agent"]["ring"] == "silent")

    def renewed(self):
        self.scene("CRM: your token has run out")
        refreshed = self.log_count(r"POST /api/auth/token/refresh/ → 200")
        self.control("expire", site="crm")
        with self.step("the next thing that you do renews it, and is done"):
            self.agent.call(CRM, "Messages1", "Send", "ss", self.conversation(CRM, "Grace Hopper")["id"],
                            "I am on my way.")
            if self.log_count(r"POST /api/auth/token/refresh/ → 200") != refreshed + 1:
                raise StepFailed("it was not renewed")
            if len([one for one in self.state()["messages"] if one["content"] == "I am on my way."]) != 1:
                raise StepFailed("it was not done once")

    def signed_out(self):
        self.scene("Team: your session has ended, and nobody may sign in for a while")
        site = self.site("team")
        password = self.session.give(site["password"], "password")
        account = self.agent.get(TEAM, "Account1", "Id")
        sign_in = ("account", "sign-in", account, "--login", site["login"], "--password-file", password)
        self.control("expire", site="team", wholly=True)
        self.control("drop", site="team")
        with self.step("the status says that you have to sign in again; the other lines stand"):
            found = wait_for("it", lambda: self.signed_out_status())
            print(f"      {found['sentence']}")
            if [one["state"] for one in self.status()["accounts"]].count("connected") != 4:
                raise StepFailed("they do not")
        self.shoot_page("accounts", "signed-out")
        self.control("mood", site="team", mood="no-sign-in")
        with self.step("the site's refusal is shown as it says it"):
            said = self.refused(*sign_in)
            print(f"      {said}")
            if "Signing in is closed just now" not in said:
                raise StepFailed("it is not")
        self.control("mood", site="team", mood="fine")
        with self.step("`ringdown account sign-in` signs in, and the line is there again"):
            self.ringdown(*sign_in)
            wait_for("the line", lambda: self.account_status(TEAM)["state"] == "connected")
            wait_for("the site to see us", lambda: self.site("team")["on_the_line"])

    def signed_out_status(self):
        account = self.account_status(TEAM)
        return account if account["state"] == "signed-out" else None
