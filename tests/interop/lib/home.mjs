// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What stands around Ringdown on a desktop: a sound server whose level is measured, a keyring, a media player.

import fs from 'node:fs';
import path from 'node:path';

import { until } from './await.mjs';
import { run, start, stop } from './process.mjs';

const player = new URL('player.py', import.meta.url).pathname;

/** PulseAudio with a sink that nobody hears; what it plays is listened to. */
export class Speakers {
  static async start(session, sinks = ['desk']) {
    const self = new Speakers();
    const socket = path.join(session.env.XDG_RUNTIME_DIR, 'pulse', 'native');
    fs.mkdirSync(path.dirname(socket), { recursive: true, mode: 0o700 });
    self.env = session.env;
    self.server = start('pulseaudio', ['pulseaudio', '-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--disable-shm=yes',
      '-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
      ...sinks.flatMap((name) => ['-L', `module-null-sink sink_name=${name} sink_properties=device.description=${name}`])], { env: session.env });
    await until('the sound server', async () => (await run(['pactl', 'info'], { env: self.env })).code === 0);
    self.ears = new Map();
    for (const name of sinks) self.listen(name);
    return self;
  }

  /** Keeps the last second of what a sink plays. */
  listen(name) {
    const ear = start(`ear at ${name}`, ['parec', '-d', `${name}.monitor`, '--format=s16le', '--rate=8000', '--channels=1', '--latency-msec=50'],
      { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const heard = { child: ear, samples: Buffer.alloc(0), bytes: 0 };
    ear.stdout.removeAllListeners('data');
    ear.stdout.on('data', (chunk) => {
      heard.bytes += chunk.length;
      heard.samples = Buffer.concat([heard.samples, chunk]).subarray(-16000);
    });
    this.ears.set(name, heard);
  }

  /** Root mean square of the last second, 0 to 1. */
  level(name = this.ears.keys().next().value) {
    const { samples } = this.ears.get(name);
    const count = Math.floor(samples.length / 2);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (samples.readInt16LE(i * 2) / 32768) ** 2;
    return count > 0 ? Math.sqrt(sum / count) : 0;
  }

  sounds(name) { return until('a sound', () => this.level(name) > 0.005); }

  /** A whole second in which nothing was to be heard. */
  silent(name = this.ears.keys().next().value) {
    return until('silence', () => this.ears.get(name).samples.length === 16000 && this.level(name) < 0.0005);
  }

  async stop() {
    for (const { child } of this.ears.values()) await stop(child, 'SIGKILL');
    await stop(this.server, 'SIGKILL');
  }
}

/** GNOME's keyring, opened with a password of the test's, or left locked. */
export class Keyring {
  static async start(session, { locked = false } = {}) {
    const self = new Keyring();
    const argv = ['gnome-keyring-daemon', '--foreground', '--components=secrets'];
    if (locked) {
      // There is a login keyring, and nobody to open it.
      const first = await Keyring.start(session);
      await run(['secret-tool', 'store', '--label=first', 'interop', 'first'], { env: session.env, input: 'x' });
      await first.stop();
    }
    self.daemon = start('gnome-keyring', locked ? argv : [...argv, '--unlock'], { env: session.env, stdio: ['pipe', 'pipe', 'pipe'] });
    self.daemon.stdin.on('error', () => {});
    self.daemon.stdin.end('interop');
    await until('the keyring', async () => (await run(['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/',
      'org.freedesktop.DBus.GetNameOwner', 'string:org.freedesktop.secrets'], { env: session.env })).code === 0);
    return self;
  }

  /** What is kept under Ringdown's schema, as the tool of the keyring's own people sees it. */
  static async search(session) {
    const { stdout, stderr } = await run(['secret-tool', 'search', '--all', '--unlock', 'xdg:schema', 'io.github.ringdown.Ringdown.Account'], { env: session.env });
    return stdout + stderr;
  }

  stop() { return stop(this.daemon); }
}

/** A media player that others may pause. It plays from the start. */
export class Player {
  static async start(session) {
    const self = new Player();
    self.child = start('player', ['/usr/bin/python3', player, 'tunes'], { env: session.env, stdio: ['pipe', 'pipe', 'pipe'] });
    await until('the player', () => self.child.output.includes('here'));
    return self;
  }

  /** "Playing" or "Paused" */
  get state() { return this.child.output.match(/^(Playing|Paused)$/gm)?.at(-1) ?? 'Playing'; }
  is(state) { return until(`the player to be ${state}`, () => this.state === state); }
}
