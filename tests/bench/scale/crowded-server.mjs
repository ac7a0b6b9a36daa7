// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A Channels server of one client with very many channels, and the application's server that signs them. It costs as
// little as it can: what is measured is the client, in a process of its own.

import http from 'node:http';
import { createRequire } from 'node:module';
import querystring from 'node:querystring';
import { setTimeout as pause } from 'node:timers/promises';

import { makeEvent, makeFrame } from '../channels/load-event.mjs';

const { WebSocketServer } = createRequire(new URL('../../interop/package.json', import.meta.url))('ws');
const AUTH_MS = 20;
const CHUNK = 256 * 1024;

const say = (event, channel, data) => JSON.stringify({ event, channel, data: JSON.stringify(data) });
const member = (id) => ({ user_id: `user-${id}`, user_info: { name: `Member no. ${id}`, team: 'Support', avatar: `https://example.org/${id}.png` } });

/** Pieces that are worth a write each. */
function join(frames) {
  const chunks = [];
  let open = [];
  let size = 0;
  for (const frame of frames) {
    open.push(frame);
    size += frame.length;
    if (size < CHUNK) continue;
    chunks.push(Buffer.concat(open));
    [open, size] = [[], 0];
  }
  return size > 0 ? [...chunks, Buffer.concat(open)] : chunks;
}

export class CrowdedServer {
  static async start() {
    const self = new CrowdedServer();
    Object.assign(self, { members: 0, oneByOne: false, unconfirmed: [] });
    self.forget();
    self.sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
    self.http = http.createServer((request, reply) => self.sign(request, reply));
    self.http.on('upgrade', (request, socket, head) => {
      socket.setNoDelay(true);
      self.sockets.handleUpgrade(request, socket, head, (ws) => self.serve(ws, socket));
    });
    await new Promise((resolve) => { self.http.listen(0, '127.0.0.1', resolve); });
    self.port = self.http.address().port;
    return self;
  }

  /** How often it is asked for signatures is counted from here. */
  forget() { this.auth = { requests: 0, names: 0, now: 0, most: 0 }; }

  serve(ws, socket) {
    this.socket = socket;
    ws.on('error', () => {});
    ws.on('message', (text) => {
      const { event, data } = JSON.parse(text);
      if (event === 'pusher:ping') ws.send(say('pusher:pong', undefined, {}));
      if (event === 'pusher:subscribe') this.confirm(ws, say('pusher_internal:subscription_succeeded', data.channel, this.describe(data.channel)));
    });
    ws.send(say('pusher:connection_established', undefined, { socket_id: '1.1', activity_timeout: 30 }));
  }

  /** All at once, or, as servers with other things to do, one by one: each in a packet of its own. */
  confirm(ws, text) {
    if (!this.oneByOne) { ws.send(text); return; }
    if (this.unconfirmed.push(text) > 1) return;
    const next = () => {
      ws.send(this.unconfirmed.shift());
      if (this.unconfirmed.length > 0) setTimeout(next, 0);
    };
    setTimeout(next, 0);
  }

  describe(channel) {
    if (!channel.startsWith('presence-')) return {};
    const all = Array.from({ length: this.members }, (_, id) => member(id));
    return { presence: { count: all.length, ids: all.map(({ user_id }) => user_id), hash: Object.fromEntries(all.map(({ user_id, user_info }) => [user_id, user_info])) } };
  }

  async sign(request, reply) {
    let text = '';
    this.auth.requests += 1;
    this.auth.now += 1;
    this.auth.most = Math.max(this.auth.most, this.auth.now);
    for await (const chunk of request) text += chunk;
    const form = querystring.parse(text, undefined, undefined, { maxKeys: 0 });
    const names = form.channel_name ? [form.channel_name] : Object.keys(form).filter((name) => name.startsWith('channel_name[')).map((name) => form[name]);
    const grant = (name) => ({ auth: 'key:signature', ...(name.startsWith('presence-') ? { channel_data: JSON.stringify(member(0)) } : {}) });
    await pause(AUTH_MS);
    this.auth.names += names.length;
    this.auth.now -= 1;
    reply.setHeader('Content-Type', 'application/json');
    reply.end(JSON.stringify(names.length === 1 ? grant(names[0]) : Object.fromEntries(names.map((name) => [name, { status: 200, data: grant(name) }]))));
  }

  async write(chunks) {
    for (const chunk of chunks) {
      if (this.socket.write(chunk)) continue;
      await new Promise((resolve) => {
        const done = () => { this.socket.off('drain', done).off('close', done); resolve(); };
        this.socket.on('drain', done).on('close', done);
      });
    }
  }

  /** `events` events of `bytes` bytes, one channel after the other, as fast as they are taken. */
  async flood(names, { events, bytes }) {
    const frames = names.map((name, id) => makeFrame(makeEvent(name, 'tick', bytes, id).join(1)));
    const round = Array.from({ length: Math.max(names.length, 1000) }, (_, index) => frames[index % frames.length]);
    const chunks = join(round);
    let left = events;
    for (; left >= round.length; left -= round.length) await this.write(chunks);
    await this.write(join(round.slice(0, left)));
  }

  /** As many changes in a presence channel: everybody goes and comes back in turn. */
  async stir(channel, changes) {
    const pair = (id) => [makeFrame(say('pusher_internal:member_removed', channel, { user_id: member(id).user_id })),
      makeFrame(say('pusher_internal:member_added', channel, member(id)))];
    const chunks = join(Array.from({ length: this.members }, (_, id) => pair(id)).flat());
    for (let left = changes; left > 0; left -= 2 * this.members) await this.write(chunks);
  }

  /** Without a word, as networks do it. */
  drop() { this.socket.destroy(); }
  stop() { this.http.closeAllConnections?.(); this.socket?.destroy(); this.http.close(); }
}
