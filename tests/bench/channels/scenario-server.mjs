// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A Channels server, with the site that signs for it, that does what a scenario says, and notes what comes when.

import http from 'node:http';
import { createRequire } from 'node:module';

import { now } from '../../interop/lib/relay.mjs';

const { WebSocketServer } = createRequire(new URL('../../interop/package.json', import.meta.url))('ws');

/** One socket. */
class Link {
  constructor(ws, id) { Object.assign(this, { ws, socketId: `${id}.1`, at: now() }); }

  raw(text) { this.ws.send(text); }
  tell(event, data, channel) { this.raw(JSON.stringify({ event, channel, data: typeof data === 'string' ? data : JSON.stringify(data) })); }
  greet() { this.tell('pusher:connection_established', { socket_id: this.socketId, activity_timeout: 30 }); }
  accept(channel) { this.tell('pusher_internal:subscription_succeeded', {}, channel); }
}

export class ScenarioServer {
  /** @script: {onLink(link), onSubscribe(link, data), onAuth({socket_id, channel_name}, answer)}, each in place of the usual. */
  static async start(script = {}) {
    const self = new ScenarioServer();
    Object.assign(self, { script, links: [], subscribes: [], auths: [] });
    await self.up(0);
    self.port = self.server.address().port;
    self.auth = `http://127.0.0.1:${self.port}/auth`;
    return self;
  }

  async up(port = this.port) {
    this.server = http.createServer((request, reply) => this.sign(request, reply));
    this.sockets = new WebSocketServer({ server: this.server, perMessageDeflate: false });
    this.sockets.on('connection', (ws) => this.join(ws));
    this.sockets.on('error', () => {}); // the server's own, which says it too
    await new Promise((resolve, reject) => this.server.once('error', reject).listen(port, '127.0.0.1', 1024, resolve));
  }

  /** As a server that died. */
  async down() {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const ws of this.sockets.clients) ws.terminate();
    this.server.closeAllConnections();
    await closed;
  }

  join(ws) {
    const link = new Link(ws, this.links.push(undefined));
    this.links[this.links.length - 1] = link;
    ws.on('error', () => {});
    ws.on('message', (text) => {
      const { event, data } = JSON.parse(text);
      if (event === 'pusher:ping') link.tell('pusher:pong', {});
      if (event !== 'pusher:subscribe') return;
      this.subscribes.push({ at: now(), link, ...data });
      if (this.script.onSubscribe) this.script.onSubscribe(link, data);
      else link.accept(data.channel);
    });
    if (this.script.onLink) this.script.onLink(link);
    else link.greet();
  }

  /** What it signs with says for whom it did: a scenario can tell whether it is used elsewhere. */
  async sign(request, reply) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const query = Object.fromEntries(new URLSearchParams(text));
    const answer = (more = {}) => {
      reply.writeHead(200, { 'Content-Type': 'application/json' });
      reply.end(JSON.stringify({ auth: `key:${query.socket_id}`, ...more }));
    };
    this.auths.push({ at: now(), ...query });
    if (this.script.onAuth) this.script.onAuth(query, answer);
    else answer();
  }

  /** Closes all sockets with @code. */
  close(code) { for (const ws of this.sockets.clients) ws.close(code); }
  broadcast(text) { for (const ws of this.sockets.clients) ws.send(text); }
}
