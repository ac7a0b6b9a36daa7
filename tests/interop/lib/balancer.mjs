// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A TCP load balancer on loopback: one server after the other gets a connection, those that are down are passed over.

import net from 'node:net';

export class Balancer {
  static async start(ports) {
    const self = new Balancer();
    Object.assign(self, { ports, turn: 0, sockets: new Set(), accepted: [] });
    self.server = net.createServer({ pauseOnConnect: true }, (near) => self.join(near));
    await new Promise((resolve, reject) => {
      self.server.once('error', reject);
      self.server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve);
    });
    self.port = self.server.address().port;
    return self;
  }

  join(near) {
    this.accepted.push(Date.now());
    this.sockets.add(near);
    near.setNoDelay(true);
    near.on('close', () => this.sockets.delete(near));
    near.on('error', () => near.destroy());
    this.turn += 1;
    this.pass(near, this.turn, this.ports.length);
  }

  /** How many connections go to the server at `port`. */
  count(port) { return [...this.sockets].filter((near) => near.port === port).length; }

  pass(near, turn, left) {
    if (left === 0) { near.destroy(); return; }
    const port = this.ports[turn % this.ports.length];
    const far = net.connect({ port, host: '127.0.0.1', noDelay: true });
    let stands = false;
    far.on('connect', () => {
      stands = true;
      near.port = port;
      near.on('close', () => far.destroy());
      near.pipe(far);
      far.pipe(near);
    });
    far.on('error', () => { if (!stands) this.pass(near, turn + 1, left - 1); });
    far.on('close', () => { if (stands) near.destroy(); });
  }

  async stop() {
    const closed = new Promise((resolve) => { this.server.close(resolve); });
    for (const near of [...this.sockets]) near.destroy();
    await closed;
  }
}
