// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two soketi nodes that know of each other by a real Redis, behind a load balancer; and a crowd of clients in front of it.

import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

import { until } from './await.mjs';
import { Balancer } from './balancer.mjs';
import { freePort, start, stop } from './process.mjs';
import { Soketi } from './soketi.mjs';

const build = process.env.RINGDOWN_BUILD ?? new URL('../../../build', import.meta.url).pathname;
const crowd = path.join(build, 'tests', 'channels', 'channels-crowd');

/** Where it is, by either of its names; undefined: nowhere. */
export const redis = ['redis-server', 'valkey-server'].flatMap((name) => (process.env.PATH ?? '').split(':').map((folder) => path.join(folder, name)))
  .find((file) => fs.existsSync(file));

const listens = (port) => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('connect', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
});

export class Cluster {
  static async start() {
    const self = new Cluster();
    const port = await freePort();
    self.redis = start('redis', [redis, '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp']);
    await until('redis to listen', () => listens(port));
    const shared = { SOKETI_ADAPTER_DRIVER: 'redis', SOKETI_DB_REDIS_HOST: '127.0.0.1', SOKETI_DB_REDIS_PORT: String(port) };
    [self.a, self.b] = await Promise.all([Soketi.start(shared), Soketi.start(shared)]);
    self.balancer = await Balancer.start([self.a.port, self.b.port]);
    return self;
  }

  async stop() {
    await this.balancer.stop();
    await Promise.all([this.a.stop(), this.b.stop()]);
    await stop(this.redis);
  }
}

export class Crowd {
  constructor(port, channel, clients) {
    this.told = [];
    this.child = start('crowd', [crowd, '--port', String(port), '--key', Soketi.app.key, '--channel', channel, '--clients', String(clients)],
      { env: { ...process.env, G_DEBUG: 'fatal-warnings' } });
    let rest = '';
    this.child.stdout.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop();
      for (const line of lines) this.told.push(JSON.parse(line));
    });
  }

  /** What has happened of one type, with what `match` says, since its first `since` reports. */
  heard(type, match = {}, since = 0) {
    return this.told.slice(since).filter((line) => line.type === type && Object.entries(match).every(([name, value]) => line[name] === value));
  }

  /** The clients, by number, once each, that these reports are of. */
  static who(reports) { return [...new Set(reports.map(({ client }) => client))].sort((a, b) => a - b); }

  stop() { return stop(this.child); }
}
