#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the window as somebody with a screen reader does: by AT-SPI.

at.py tree             what the window says: role and name, a line each
at.py wait TEXT        waits until a name holds TEXT
at.py gone TEXT        waits until no name that shows holds TEXT
at.py press NAME       waits for a button, menu item, tab, row or switch of that name that can be pressed, and presses it
at.py type NAME TEXT   puts TEXT into the entry of that name
at.py focus NAME       puts the keyboard's focus on what has that name

AT_APPLICATION names another program than Ringdown's window.
"""

import os
import sys
import time

import pyatspi

APPLICATIONS = ((os.environ["AT_APPLICATION"],) if "AT_APPLICATION" in os.environ
                else ("ringdown-window", "io.github.ringdown.Ringdown", "Ringdown"))
BUTTONS = ("push button", "button", "toggle button", "radio button", "check box", "switch", "menu item", "check menu item",
           "radio menu item", "page tab", "list item", "combo box", "push button menu")
SECONDS = 15


def walk(node, depth=0):
    if node is None or depth > 60:
        return
    yield node, depth
    try:
        count = node.childCount
    except Exception:
        return
    for index in range(count):
        try:
            child = node.getChildAtIndex(index)
        except Exception:
            continue
        yield from walk(child, depth + 1)


def nodes():
    desktop = pyatspi.Registry.getDesktop(0)
    for application in desktop:
        if application is not None and application.name in APPLICATIONS:
            yield from walk(application)


def showing(node):
    states = node.getState()
    return states.contains(pyatspi.STATE_VISIBLE) or states.contains(pyatspi.STATE_SHOWING)


def to_be_seen(node):
    """Not in a part of the window that something else stands before."""
    return node.getState().contains(pyatspi.STATE_SHOWING)


def actions(node):
    try:
        return node.queryAction().nActions
    except NotImplementedError:
        return 0


def until(what, probe):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            found = probe()
        except Exception:
            found = None
        if found:
            return found
        time.sleep(0.05)
    for node, _ in nodes():
        try:
            if node.name and not node.name.startswith(("Gtk", "Adw", "Rd")) and showing(node):
                print(f"  {node.getRoleName()} {node.name!r}", file=sys.stderr)
        except Exception:
            pass
    sys.exit(f"at.py: waited in vain for {what}")


def main(verb, *words):
    if verb == "tree":
        for node, depth in nodes():
            print("  " * depth + f"{node.getRoleName()}: {node.name}")
    elif verb == "wait":
        until(words[0], lambda: any(words[0] in (node.name or "") for node, _ in nodes()))
    elif verb == "gone":
        until(f"no {words[0]}", lambda: not any(words[0] in (node.name or "") and to_be_seen(node) for node, _ in nodes()))
    elif verb == "focus":
        until(words[0], lambda: any(node.name == words[0] and showing(node) and node.queryComponent().grabFocus()
                                    for node, _ in nodes()))
    elif verb == "press":
        def button():
            for node, _ in nodes():
                if node.name == words[0] and node.getRoleName() in BUTTONS and showing(node) \
                        and node.getState().contains(pyatspi.STATE_SENSITIVE) and actions(node) > 0:
                    return node
            return None

        def press():
            node = button()
            return node is not None and node.queryAction().doAction(0)

        until(f"the button {words[0]}", press)
    elif verb == "type":
        def enter():
            for node, _ in nodes():
                if node.name == words[0] and node.getRoleName() in ("text", "entry"):
                    return node.queryEditableText().setTextContents(words[1])
            return False

        until(f"the entry {words[0]}", enter)
    else:
        sys.exit(__doc__)


main(*sys.argv[1:])
