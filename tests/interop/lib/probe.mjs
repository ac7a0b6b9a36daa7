// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The C client in a process of its own (tests/channels/channels-probe.c): told what to do, and listened to.

import path from 'node:path';

import { until } from './await.mjs';
import { start, stop } from './process.mjs';

const build = process.env.RINGDOWN_BUILD ?? new URL('../../../build', import.meta.url).pathname;
const program = path.join(build, 'tests', 'channels', 'channels-probe');

export class Probe {
  constructor(soketi, key, extra = []) {
    this.child = start('probe', [program, '--host', '127.0.0.1', '--port', String(soketi.port), '--key', key, ...extra],
      { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, G_DEBUG: 'fatal-warnings' } });
  }

  say(...words) { this.child.stdin.write(`${words.join(' ')}\n`); }

  /** What it has reported so far, of one type, with what `match` says. */
  heard(type, match = {}) {
    return this.child.output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
      .filter((line) => line.type === type && Object.entries(match).every(([name, value]) => line[name] === value));
  }

  /** The `n`th report of its kind, counted from 1. */
  async until(type, match = {}, n = 1, seconds = 20) {
    return until(`the probe's ${type} ${JSON.stringify(match)}`, () => this.heard(type, match)[n - 1], seconds);
  }

  async subscribed(...channels) {
    for (const channel of channels) await this.until('subscription', { channel, state: 'subscribed' });
  }

  events(channel) { return this.heard('event', { channel }).map(({ event, data }) => [event, data]); }

  async end() {
    this.child.stdin.end();
    const { code } = await this.child.ended;
    return code;
  }

  stop() { return stop(this.child); }
}
