# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What else comes from each of the sites: messages, people, texts, payments."""

from .session import StepFailed, wait_for
from .teller import ADA, CRM, GRACE, INVOICES, KATHERINE, LINUS, SHOP, SMS, TEAM, WIDE, Teller


class Sites(Teller):
    # the CRM

    def message(self):
        self.scene("CRM: Ada writes; the site says it twice. You answer, and she reads it")
        before = len(self.session.notifications())
        unread = self.agent.get(CRM, "Messages1", "Unread")
        self.control("message", **{"from": ADA, "text": "Lunch at <b>noon</b>? 5 < 6 & so on"})
        with self.step("one notification, its text as it was written"):
            note = self.expect_one_toast(before, "noon")
            if "&lt;b&gt;noon" not in note["body"]:
                raise StepFailed(f"{note}")
        with self.step("one more unread, also by the agent's count"):
            wait_for("the count", lambda: self.agent.get(CRM, "Messages1", "Unread") == unread + 1)
        self.shoot("message")
        self.clear()
        chat = self.conversation(CRM, "Ada Lovelace")["id"]
        with self.step("the conversation holds it once"):
            found = [one["text"] for one in self.messages(CRM, chat)]
            if len([text for text in found if "Lunch at" in text]) != 1:
                raise StepFailed(f"it holds {found}")
        with self.step("your answer is at the site, once, and unread there"):
            sent = self.send(CRM, chat, "Noon it is.")
            found = [one for one in self.state()["messages"] if one["content"] == "Noon it is."]
            if len(found) != 1 or found[0]["is_read"]:
                raise StepFailed(f"the site has {found}")
        with self.step("what she wrote is read, here and at the site"):
            self.agent.call(CRM, "Messages1", "MarkRead", "s", chat)
            wait_for("none unread", lambda: self.agent.get(CRM, "Messages1", "Unread") == unread
                     and self.state()["unread"] == unread)
        self.control("read", person=ADA)
        with self.step("she has read your answer"):
            wait_for("it to be read", lambda: [one for one in self.messages(CRM, chat) if one["id"] == sent["id"]
                                               and one["state"] == "read"])
        self.shoot_page("messages", "crm-messages", WIDE, account=self.agent_id(CRM), conversation=chat)

    def issue(self):
        self.scene("CRM: an issue is opened")
        before = len(self.session.notifications())
        self.control("issue", title="The label printer prints upside down")
        with self.step("a notice says so"):
            self.expect_one_toast(before, "The label printer prints upside down")
        self.clear()

    # the team space

    def team_people(self):
        self.scene("Team: Linus Pauling comes and goes")
        with self.step("those who are there are known: Ada, Grace, Katherine, you"):
            wait_for("all of them", lambda: {one["name"] for one in self.agent.call(
                TEAM, "People1", "ListPeople", "suu", "", 0, 50)[0] if one["status"] == "online"}
                     >= {"Ada Lovelace", "Grace Hopper", "Katherine Johnson", "Robin Vance"})
        self.control("join", person=LINUS)
        with self.step("he comes"):
            wait_for("him", lambda: self.person(TEAM, "Linus Pauling")["status"] == "online")
        self.shoot_page("people", "team-people")
        self.control("leave", person=LINUS)
        with self.step("he goes"):
            wait_for("him to be gone", lambda: (self.person(TEAM, "Linus Pauling") or {"status": "offline"})["status"]
                     == "offline")

    def team_chat(self):
        self.scene("Team: Grace types, says something, and you answer")
        # elsewhere: what is on the screen is read, and not told of
        self.agent.open_window("people")
        self.agent.listen()
        self.control("typing", **{"from": GRACE})
        with self.step("she is seen typing, and not any more two seconds later"):
            wait_for("her", lambda: ("product", ["Grace Hopper"]) in self.agent.signals(TEAM, "TypingChanged"))
            wait_for("the end of it", lambda: self.agent.signals(TEAM, "TypingChanged")[-1] == ("product", []), 4)
        before = len(self.session.notifications())
        self.control("team-message", **{"from": GRACE, "text": "The draft is in the folder. Coffee?"})
        with self.step("one notification, and the message stands in the conversation"):
            self.expect_one_toast(before, "The draft is in the folder")
            wait_for("it", lambda: len([one for one in self.messages(TEAM, "product") if "Coffee?" in one["text"]]) == 1)
        typed = self.state()["team"]["typing"]
        with self.step("the team sees that you type: told once, however often you press a key"):
            for _ in range(5):
                self.agent.call(TEAM, "Messages1", "SetTyping", "sb", "product", True)
            wait_for("it", lambda: self.state()["team"]["typing"] > typed)
            if self.state()["team"]["typing"] != typed + 1:
                raise StepFailed(f"{self.state()['team']['typing'] - typed} times")
        with self.step("your answer is there, once"):
            self.send(TEAM, "product", "In five minutes, in the kitchen.")
            self.expect_once(TEAM, "product", "In five minutes, in the kitchen.")
            if len([one for one in self.state()["team"]["messages"] if one["content"].startswith("In five")]) != 1:
                raise StepFailed("the site has it more or less often")
        self.clear()
        self.shoot_page("messages", "team-chat", WIDE, account=self.agent_id(TEAM), conversation="product")

    # the SMS portal

    def text(self):
        self.scene("SMS: Mara Okafor writes; what you answer is delivered, and once it is not")
        before = len(self.session.notifications())
        self.control("sms", conversation=1, text="The courier stands before a closed door")
        with self.step("one notification, with her name"):
            note = self.expect_one_toast(before, "The courier stands before a closed door")
            if "Mara Okafor" not in note["summary"] + note["body"]:
                raise StepFailed(f"{note}")
        with self.step("it is unread, here and there"):
            wait_for("the count", lambda: self.conversation(SMS, "Mara Okafor")["unread"] == 1)
        self.shoot("sms")
        self.clear()
        self.agent.listen()
        with self.step("the answer is queued, sent and delivered"):
            sent = self.send(SMS, "1", "We open up for him at once.")
            wait_for("its delivery", lambda: [one for one in self.messages(SMS, "1") if one["id"] == sent["id"]
                                              and one["state"] == "delivered"])
            states = [one[0]["state"] for one in self.agent.signals(SMS, "MessageChanged")
                      if one[0]["text"] == "We open up for him at once."]
            print(f"      {' → '.join(state for i, state in enumerate(states) if i == 0 or states[i - 1] != state)}")
            if not {"sending", "sent", "delivered"} <= set(states):
                raise StepFailed("it was not")
        self.control("delivery", what="failed")
        with self.step("the next one fails, and is shown so"):
            sent = self.send(SMS, "1", "He may ring at number six.")
            wait_for("its failure", lambda: [one for one in self.messages(SMS, "1") if one["id"] == sent["id"]
                                             and one["state"] == "failed"])
        self.control("delivery", what="delivered")
        with self.step("hers is read, here and there"):
            self.agent.call(SMS, "Messages1", "MarkRead", "s", "1")
            wait_for("none unread", lambda: self.state()["sms"]["conversations"][0]["unread"] == 0
                     and self.conversation(SMS, "Mara Okafor")["unread"] == 0)
        self.shoot_page("messages", "sms-delivery", WIDE, account=self.agent_id(SMS), conversation="1")

    def telephone(self):
        self.scene("SMS: the telephone rings there, and somebody else takes it")
        self.control("sms-call", session=1, status="initiating")
        with self.step("the call is shown, and it cannot be answered from here"):
            call = wait_for("the call", lambda: [one for one in self.status()["calls"] if one["id"] == "session-1"])[0]
            if call["state"] != "ringing-in":
                raise StepFailed(f"it is {call['state']}")
        self.shoot("telephone")
        self.control("sms-call", session=1, status="answered")
        self.control("sms-call", session=1, status="ended")
        with self.step("it ends when it ends there"):
            wait_for("its end", lambda: self.ended_call("session-1"))
            wait_for("silence", lambda: self.status()["agent"]["ring"] == "silent")
        self.clear()

    # the invoice sites

    def paid(self):
        self.scene("Invoices: a customer pays #7, and the site says it on two channels")
        before = len(self.session.notifications())
        self.control("pay", invoice=7)
        with self.step("one toast, not two"):
            wait_for("the toast", lambda: self.toasts(before, "INV-0007"))
            wait_for("both events", lambda: self.log_count(r"payment\.received on .* → 1") == 2)
            self.expect_one_toast(before, "INV-0007")
        with self.step("the list says that it is paid"):
            wait_for("it", lambda: self.invoice(INVOICES, "INV-0007")["status"] == "paid")
        self.shoot("invoice-paid")
        self.clear()

    def burst(self):
        self.scene("Invoices: five are paid within a moment")
        before = len(self.session.notifications())
        self.control("pay-many", site="invoices", count=5)
        with self.step("they are told of in one notification, with their sum"):
            toast = self.expect_toast(before, "5 invoices")
            print(f"      {toast['summary']} · {toast['body']}")
            if "total" not in toast["summary"] + toast["body"]:
                raise StepFailed("without their sum")
        self.shoot("invoices-paid")
        self.clear()

    def invoices(self):
        self.scene("Invoices: one is written, one expires, money is withdrawn; the shop sells, too")
        before = len(self.session.notifications())
        number = self.control("invoice", amount="480.00", description="Workshop in Bergen")["invoice"]
        with self.step("the new one is told of, and stands in the list"):
            self.expect_one_toast(before, f"INV-{number:04d}")
            wait_for("it", lambda: self.invoice(INVOICES, f"INV-{number:04d}")["status"] == "pending")
        self.control("invoice-status", invoice=number, status="expired")
        with self.step("it has expired"):
            wait_for("it", lambda: self.invoice(INVOICES, f"INV-{number:04d}")["status"] == "expired")
        before = len(self.session.notifications())
        self.control("notify")
        with self.step("the withdrawal is told of"):
            self.expect_one_toast(before, "Your withdrawal of 250.00 is on its way")
        before = len(self.session.notifications())
        self.control("pay", site="seed", invoice=7)
        with self.step("the shop's payment is told of once, with the shop's name"):
            self.expect_one_toast(before, "INV-0007")
        self.clear()
        with self.step("what came in is known by day"):
            income = self.agent.call(INVOICES, "Invoices1", "ListIncome", "su", "day", 7)[0]
            if len(income) < 7 or float(income[-1][2]) <= 0:
                raise StepFailed(f"{income}")
        self.shoot_page("payments", "payments")
        self.shoot_page("payments", "payments-wide", WIDE)

    def invoice(self, account, number):
        found, _more = self.agent.call(account, "Invoices1", "ListInvoices", "a{sv}uu", {}, 0, 50)
        return next(one for one in found if one.get("number") == number)

    # all of them

    def expect_once(self, account, conversation, text):
        wait_for("it", lambda: [one for one in self.messages(account, conversation) if one["text"] == text])
        if len([one for one in self.messages(account, conversation) if one["text"] == text]) != 1:
            raise StepFailed("it is there more than once")

    def agent_id(self, account):
        return self.agent.get(account, "Account1", "Id")

    def pages(self):
        self.scene("The window's other pages")
        for page in ("calls", "people", "accounts"):
            with self.step(page):
                self.shoot_page(page, page)
