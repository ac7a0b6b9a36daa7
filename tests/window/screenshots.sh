#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Ringdown authors
# SPDX-License-Identifier: GPL-3.0-or-later

# screenshots.sh BUILD_DIR OUT_DIR [SCENE…]: the window in each state, light, dark and at 360 px, with mock-agent as
# its agent; without SCENE also the pages, and with large text. Needs Xvfb, dbus-daemon, xdotool, xprop and ImageMagick.
set -eu
build=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
shift 2
here=$(dirname "$(realpath "$0")")

if [ "${RINGDOWN_SHOOTING:-}" = "" ]; then
  RINGDOWN_SHOOTING=1 RINGDOWN_XVFB_SCREEN=1000x800x24 \
    exec "$here/../support/with-xvfb.sh" dbus-run-session -- "$0" "$build" "$out" "$@"
fi

export GSETTINGS_SCHEMA_DIR="$build/data" GSETTINGS_BACKEND=keyfile
export XDG_DATA_DIRS="$build/data/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
name=io.github.ringdown.Mock
pids=()
trap 'for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done' EXIT

extra=""  # further options of the window
dpi=""    # another text size
# shoot FILE SCENE PAGE WIDTH SCHEME [KEYS…]
shoot () {
  local file=$1 scene=$2 page=$3 width=$4 scheme=$5 agent="" window id
  shift 5
  XDG_CONFIG_HOME=$(mktemp -d)  # the size comes from the settings
  export XDG_CONFIG_HOME
  mkdir -p "$XDG_CONFIG_HOME/glib-2.0/settings"
  printf '[io/github/ringdown/Ringdown]\nwindow-width=%s\nwindow-height=680\n' "$width" \
    > "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile"
  xprop -root -f RESOURCE_MANAGER 8s -set RESOURCE_MANAGER "Xft.dpi: ${dpi:-96}
"
  if [ "$scene" != absent ]; then
    "$build/tests/window/mock-agent" --bus-name $name --scene "$scene" &
    agent=$!; pids+=("$agent")
    until dbus-send --session --print-reply --dest=$name /io/github/ringdown/Ringdown \
      org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1; do sleep 0.05; done
  fi
  RINGDOWN_LIBEXECDIR=/nonexistent ADW_DEBUG_COLOR_SCHEME=$scheme \
    "$build/src/bin/ringdown-window" --bus-name $name --page "$page" $extra 2>"$out/$file.log" &
  window=$!; pids+=("$window")
  id=$(timeout 10 xdotool search --sync --onlyvisible --name '^Ringdown$' | head -1)
  sleep 0.9
  if [ $# -gt 0 ]; then
    xdotool windowfocus "$id"; sleep 0.3
    for key in "$@"; do xdotool key "$key"; sleep 0.5; done
    sleep 0.5
    import -window root "$out/$file.png"
  else
    import -window "$id" "$out/$file.png"
  fi
  kill "$window"; wait "$window" 2>/dev/null || true
  if [ -n "$agent" ]; then kill "$agent"; wait "$agent" 2>/dev/null || true; fi
  [ -s "$out/$file.log" ] || rm -f "$out/$file.log"
  rm -rf "$XDG_CONFIG_HOME"
}

scenes=("$@")
[ ${#scenes[@]} -gt 0 ] || scenes=(welcome empty first incoming outgoing active untrusted declined elsewhere missed ended two hostile toast long-toast absent)
for scene in "${scenes[@]}"; do
  shoot "$scene-light" "$scene" calls 440 default
  shoot "$scene-dark" "$scene" calls 440 prefer-dark
  shoot "$scene-360" "$scene" calls 360 default
done
[ $# -gt 0 ] && exit 0
for scheme in default prefer-dark; do
  for width in 360 900; do
    shoot "invoices-$width-$scheme" payments payments $width $scheme
    shoot "overview-$width-$scheme" payments payments $width $scheme Tab space
    extra="--account pay --invoice i1"
    shoot "invoice-$width-$scheme" payments payments $width $scheme
    extra=""
  done
done
for scene in seed empty failed hostile; do
  shoot "invoices-$scene-360" "payments-$scene" payments 360 default
  shoot "invoices-$scene-900" "payments-$scene" payments 900 default
done
for scheme in default prefer-dark; do
  shoot "messages-$scheme" messages messages 440 $scheme
  shoot "people-$scheme" talk people 440 $scheme
  extra="--account crm --conversation c0"
  shoot "conversation-$scheme" talk messages 440 $scheme
  shoot "conversation-wide-$scheme" messages messages 960 $scheme
  extra=""
  shoot "payments-$scheme" two payments 440 $scheme
  shoot "accounts-$scheme" offline accounts 440 $scheme
  shoot "unwell-$scheme" unwell accounts 440 $scheme
  shoot "dial-$scheme" empty calls 440 $scheme ctrl+n
  shoot "add-account-$scheme" welcome accounts 440 $scheme ctrl+shift+n
  shoot "shortcuts-$scheme" empty calls 440 $scheme ctrl+question
done
# talk NAME WIDTH SCHEME: messages, a conversation and people
talk () {
  shoot "messages-$1" messages messages "$2" "$3"
  shoot "people-$1" messages people "$2" "$3"
  extra="--account crm --conversation c0"
  shoot "conversation-$1" messages messages "$2" "$3"
  extra=""
}
talk 360 360 default
talk 360-dark 360 prefer-dark
talk 900 900 default
talk 900-dark 900 prefer-dark
dpi=144 talk large 900 default
dpi=144 talk large-360 360 default
shoot accounts-360 offline accounts 360 default
shoot accounts-wide offline accounts 900 default
shoot incoming-wide incoming calls 900 default
shoot trust-default untrusted calls 440 default alt+t
