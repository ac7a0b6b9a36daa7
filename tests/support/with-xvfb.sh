#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later

# with-xvfb.sh PROGRAM [ARGUMENT]…: runs a program on an X server of its own, drawn in software, without
# accessibility bus and portals, so that a test sees GTK and nothing of the session it is started from.
# RINGDOWN_XVFB_SCREEN: the screen's size (1280x1024x24).
set -eu

display_file=$(mktemp)
Xvfb -displayfd 3 -screen 0 "${RINGDOWN_XVFB_SCREEN:-1280x1024x24}" -nolisten tcp -noreset \
  3>"$display_file" >/dev/null 2>&1 &
xvfb=$!
trap 'kill $xvfb 2>/dev/null || true; rm -f "$display_file"' EXIT
trap 'exit 143' INT TERM

tries=0
while [ ! -s "$display_file" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 200 ] || ! kill -0 $xvfb 2>/dev/null; then
    echo "with-xvfb.sh: Xvfb did not start" >&2
    exit 77
  fi
  sleep 0.05
done

DISPLAY=":$(cat "$display_file")"
export DISPLAY
unset WAYLAND_DISPLAY XDG_ACTIVATION_TOKEN DESKTOP_STARTUP_ID 2>/dev/null || true
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=none ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0
# Nothing is drawn with OpenGL; looking whether it could be loads drivers and lets them go again, and what those have
# kept has then no name by which LeakSanitizer could pass over it. Stacks are read in full (which makes text some thirty
# times as slow to draw) only when asked for: ASAN_OPTIONS=fast_unwind_on_malloc=0 says whose a leak is.
export GDK_DEBUG=gl-disable
export LSAN_OPTIONS="suppressions=$(dirname "$(realpath "$0")")/lsan.supp:print_suppressions=0"
"$@"
