// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who is measured: each in processes of its own, on processors where the server is not. What they print, and how they are
// told what to do: load-server.mjs.

import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import { until } from '../../interop/lib/await.mjs';
import { start, stop } from '../../interop/lib/process.mjs';
import { pinned } from '../place.mjs';
import { cpu } from '../proc.mjs';

const TICK_US = 10000;

/** The lines of JSON that a child prints, one after the other. */
export class Lines {
  constructor(child) {
    Object.assign(this, { child, at: 0 });
  }

  next(what, seconds = 900) {
    return until(what, () => {
      const end = this.child.output.indexOf('\n', this.at);
      if (end < 0) {
        if (this.child.exitCode !== null) throw new Error(`it ended: ${this.child.output.slice(-500)}`);
        return undefined;
      }
      const line = this.child.output.slice(this.at, end);
      this.at = end + 1;
      return line.startsWith('{') ? JSON.parse(line) : undefined;
    }, seconds);
  }
}

export class LoadServer {
  static async start() {
    const self = new LoadServer();
    const argv = [process.execPath, new URL('load-server.mjs', import.meta.url).pathname];
    self.child = start('load server', pinned('server', argv));
    self.lines = new Lines(self.child);
    self.port = (await self.lines.next('the load server')).port;
    return self;
  }

  /** Comes back when the last event went out, however long that takes: fetch() would not wait for it. */
  send(query) {
    return new Promise((resolve, reject) => {
      http.get(`http://127.0.0.1:${this.port}/send?${new URLSearchParams(query)}`, async (reply) => {
        let text = '';
        for await (const chunk of reply) text += chunk;
        resolve(JSON.parse(text));
      }).on('error', reject);
    });
  }
  stop() { return stop(this.child); }
}

/** A program that prints lines: this client, pusher-js in Node, or the bare WebSocket. */
class Program {
  constructor(argv) { this.argv = argv; }

  async start(server, { channel, events, flags = [] }) {
    const where = ['--host', '127.0.0.1', '--port', String(server.port), '--key', 'key'];
    const argv = [...this.argv, ...where, '--channel', channel, '--events', String(events), '--stay', ...flags];
    const began = performance.now();
    this.child = start(this.argv.at(-1), pinned('client', argv));
    this.lines = new Lines(this.child);
    this.connect_us = (await this.lines.next('the subscription')).connect_us;
    this.start_us = (performance.now() - began) * 1000;
  }

  get pid() { return this.child.pid; }
  result() { return this.lines.next('the events'); }
  async stop() { await stop(this.child); }
}

/** A browser that shows nothing but one page, at home nowhere. */
export class Browser {
  constructor(url) {
    this.home = fs.mkdtempSync(path.join(os.tmpdir(), 'ringdown-bench-'));
    this.child = start('chromium', pinned('client', ['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-extensions',
      `--user-data-dir=${this.home}`, url]));
  }

  async stop() {
    await stop(this.child);
    // its other processes end a little later, and still write there
    const clear = () => { fs.rmSync(this.home, { recursive: true, force: true }); return true; };
    await until('an empty place', clear, 10).catch((error) => console.error(error.message));
  }

  static isHere() { return fs.existsSync('/usr/bin/chromium'); }
}

/** A tab with pusher-js in headless Chromium: what it used of the processors is counted over all its processes. */
class Tab {
  async start(server, { channel, events }) {
    this.server = server;
    const began = performance.now();
    this.browser = new Browser(`http://127.0.0.1:${server.port}/tab?${new URLSearchParams({ channel, events })}`);
    const line = await server.lines.next('the tab');
    this.start_us = (performance.now() - began) * 1000;
    Object.assign(this, { connect_us: line.connect_us, clock_us: line.clock_us, used: cpu(this.pid) });
  }

  get pid() { return this.browser.child.pid; }

  async result() {
    const line = await this.server.lines.next('the events in the tab');
    const used = cpu(this.pid);
    line.cpu_us = (used - this.used) * TICK_US;
    this.used = used;
    return line;
  }

  /** What it does while it starts is not what events cost. */
  settle() { this.used = cpu(this.pid); }

  stop() { return this.browser.stop(); }
}

/** {ours, node, tab, limit}: functions that make one of each. Those that are not on this machine are left out. */
export function participants(build) {
  const program = (name) => path.join(build, 'tests/bench', name);
  const all = {
    ours: () => new Program([program('bench-channels-client')]),
    node: () => new Program([process.execPath, new URL('peer-pusher-js.mjs', import.meta.url).pathname]),
    limit: () => new Program([program('bench-soup-websocket')]),
  };
  if (Browser.isHere()) all.tab = () => new Tab();
  return all;
}
