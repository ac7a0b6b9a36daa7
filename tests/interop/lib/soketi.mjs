// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real soketi, in a process of its own, with one application.

import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';

import { until } from './await.mjs';
import { freePort, start, stop } from './process.mjs';

const Pusher = createRequire(import.meta.url)('pusher');
const program = fileURLToPath(new URL('../node_modules/@soketi/soketi/bin/server.js', import.meta.url));

export class Soketi {
  static app = { id: 'interop-app', key: 'interop-key', secret: 'interop-secret' };

  static async start(extra = {}) {
    const self = new Soketi();
    self.extra = extra;
    self.port = await freePort();
    self.metricsPort = await freePort();
    await self.up();
    // The official server SDK: what a site would use to trigger and to sign.
    self.sdk = new Pusher({
      appId: Soketi.app.id, key: Soketi.app.key, secret: Soketi.app.secret,
      host: '127.0.0.1', port: String(self.port), useTLS: false,
    });
    return self;
  }

  async up() {
    this.child = start('soketi', [process.execPath, program, 'start'], {
      env: {
        PATH: process.env.PATH, HOME: process.env.HOME,
        SOKETI_HOST: '127.0.0.1', SOKETI_PORT: String(this.port),
        SOKETI_METRICS_HOST: '127.0.0.1', SOKETI_METRICS_SERVER_PORT: String(this.metricsPort),
        SOKETI_DEFAULT_APP_ID: Soketi.app.id, SOKETI_DEFAULT_APP_KEY: Soketi.app.key,
        SOKETI_DEFAULT_APP_SECRET: Soketi.app.secret, SOKETI_DEFAULT_APP_ENABLE_CLIENT_MESSAGES: 'true',
        SOKETI_SHUTDOWN_GRACE_PERIOD: '0',
        ...this.extra,
      },
    });
    await until('soketi to listen', async () => (await fetch(`http://127.0.0.1:${this.port}/ready`)).ok, 40);
  }

  /** As a crash or an abrupt restart does it. */
  kill() { return stop(this.child, 'SIGKILL'); }
  stop() { return stop(this.child); }

  /** How many sockets soketi itself counts on a channel. */
  async sockets(channel) {
    const reply = await this.sdk.get({ path: `/channels/${channel}`, params: { info: 'subscription_count' } });
    return (await reply.json()).subscription_count ?? 0;
  }
}
