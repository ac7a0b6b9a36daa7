#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: CC0-1.0
"""The interface's XML without its documentation, which GDBus does not read, as a string in C.
clean-xml.py XML SOURCE HEADER"""

import pathlib
import sys
import xml.etree.ElementTree as tree

DOCUMENTATION = "{http://www.canonical.com/dbus/dox.dtd}"
given, source, header = map(pathlib.Path, sys.argv[1:])


def clean(element):
    for child in list(element):
        if child.tag.startswith(DOCUMENTATION):
            element.remove(child)
        else:
            clean(child)
    for name in [name for name in element.attrib if name.startswith(DOCUMENTATION)]:
        del element.attrib[name]
    element.text = element.tail = "\n"


root = tree.parse(given).getroot()
clean(root)
text = tree.tostring(root, encoding="unicode").strip()
lines = "\n".join('"' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"' for line in text.splitlines() if line)
header.write_text("extern const char * dbus_menu_clean_xml;\n", encoding="utf-8")
source.write_text(f"const char * dbus_menu_clean_xml =\n{lines};\n", encoding="utf-8")
