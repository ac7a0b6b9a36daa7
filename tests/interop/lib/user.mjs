// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Somebody who uses Ringdown in a session: reads and presses what the window has, by AT-SPI; types on the keyboard;
// presses the buttons of notifications; uses the command.

import { run } from './process.mjs';
import { until } from './await.mjs';

const script = new URL('at.py', import.meta.url).pathname;

export class User {
  constructor(session) { this.session = session; this.env = session.env; }

  async at(verb, ...words) {
    const { code, stdout, stderr } = await run(['/usr/bin/python3', script, verb, ...words], { env: this.env, seconds: 60 });
    if (code !== 0) {
      await this.session.screenshot('failed');
      throw new Error(`at.py ${verb} ${words.join(' ')}: ${stderr}`);
    }
    return stdout;
  }

  sees(text) { return this.at('wait', text); }
  seesNo(text) { return this.at('gone', text); }
  press(name) { return this.at('press', name); }
  type(name, text) { return this.at('type', name, text); }

  /** Keys as xdotool names them, to the window that is there; there is no window manager to give it the focus. */
  async keys(...names) {
    const { stdout } = await run(['xdotool', 'search', '--onlyvisible', '--class', 'ringdown'], { env: this.env });
    const windows = stdout.trim().split('\n').filter(Boolean);
    if (windows.length === 0) throw new Error('no window to type into');
    await run(['xdotool', 'windowfocus', '--sync', windows.at(-1)], { env: this.env });
    const { code, stderr } = await run(['xdotool', 'key', '--clearmodifiers', ...names], { env: this.env });
    if (code !== 0) throw new Error(stderr);
  }

  async windows() {
    return (await run(['xdotool', 'search', '--onlyvisible', '--class', 'ringdown'], { env: this.env })).stdout.trim().split('\n').filter(Boolean);
  }

  command(...args) { return run(['ringdown', ...args], { env: this.env }); }
  async does(...args) {
    const { code, stdout, stderr } = await this.command(...args);
    if (code !== 0) throw new Error(`ringdown ${args.join(' ')}: ${code}: ${stderr}`);
    return stdout;
  }
  async status() { return JSON.parse(await this.does('status', '--json')); }

  /** The account's line stands, every channel of it. */
  online(count = 1) {
    return until('the line', async () => {
      const { accounts } = await this.status();
      return accounts.length === count && accounts.every(({ state, channels }) =>
        state === 'connected' && channels.length > 0 && channels.every((channel) => channel.state === 'subscribed'));
    });
  }

  call(state) { return until(`a call that is ${state}`, async () => (await this.status()).calls.find((one) => one.state === state)); }
  quiet() { return until('no live call', async () => { const all = await this.status(); return all.calls.length === 0 && all.agent.ring === 'silent'; }); }

  /** A notification whose summary or body holds @text, from the @from-th on. */
  notified(text, from = 0) {
    return until(`a notification of “${text}”`, () => this.session.notifications().slice(from)
      .find(({ summary, body }) => summary.includes(text) || body.includes(text)));
  }
}
