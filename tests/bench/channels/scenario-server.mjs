// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A Channels server, with the site that signs for it, that does what a scenario says, and notes what comes when.

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';

import { now } from '../../interop/lib/relay.mjs';

const { WebSocketServer } = createRequire(new URL('../../interop/package.json', import.meta.url))('ws');

const library = new URL('../../interop/node_modules/pusher-js/dist/web/pusher-with-encryption.min.js', import.meta.url);
const page = new URL('actor.html', import.meta.url);

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
  static async start(script = {}, host = '127.0.0.1') {
    const self = new ScenarioServer();
    Object.assign(self, { script, host, links: [], subscribes: [], auths: [], reports: [], readers: new Set() });
    await self.up(0);
    self.port = self.server.address().port;
    self.url = `http://${host}:${self.port}`;
    self.auth = `${self.url}/auth`;
    return self;
  }

  async up(port = this.port) {
    this.server = http.createServer((request, reply) => this.answer(request, reply));
    this.sockets = new WebSocketServer({ server: this.server, perMessageDeflate: false });
    this.sockets.on('connection', (ws) => this.join(ws));
    this.sockets.on('error', () => {}); // the server's own, which says it too
    await new Promise((resolve, reject) => this.server.once('error', reject).listen(port, this.host, 1024, resolve));
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

  async answer(request, reply) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const give = (type, body) => { reply.writeHead(200, { 'Content-Type': type }); reply.end(body); };
    const { pathname } = new URL(request.url, this.auth);
    if (pathname === '/auth') this.sign(Object.fromEntries(new URLSearchParams(text)), (value) => give('application/json', JSON.stringify(value)));
    else if (pathname === '/actor') give('text/html', fs.readFileSync(page));
    else if (pathname === '/pusher.js') give('text/javascript', fs.readFileSync(library));
    else if (pathname === '/orders') this.readers.add(reply.writeHead(200, { 'Content-Type': 'text/event-stream' }));
    else if (pathname === '/report') { this.reports.push(JSON.parse(text)); reply.end(); }
    else reply.writeHead(404).end();
  }

  /** What it signs with says for whom it did: a scenario can tell whether it is used elsewhere. */
  sign(query, give) {
    const answer = (more = {}) => give({ auth: `key:${query.socket_id}`, ...more });
    this.auths.push({ at: now(), ...query });
    if (this.script.onAuth) this.script.onAuth(query, answer);
    else answer();
  }

  /** Closes all sockets with @code. */
  close(code) { for (const ws of this.sockets.clients) ws.close(code); }
  order(text) { for (const reader of this.readers) reader.write(`data: ${text}\n\n`); }
  broadcast(text) { for (const ws of this.sockets.clients) ws.send(text); }
}
