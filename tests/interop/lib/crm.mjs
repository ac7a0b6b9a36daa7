// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A stand-in for the CRM's server, signing and triggering with the official SDK: paths, status codes and
// payloads as the site sends them.

import http from 'node:http';
import crypto from 'node:crypto';
import querystring from 'node:querystring';

import { CrmMessages } from './crm-messages.mjs';

const people = { 7: 'You Yourself', 9: 'Ada Lovelace', 11: 'Grace Hopper' };

/** A token shaped like the site's: three base64url parts, signed by nobody. */
export function jwt(user, seconds = 3600) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + seconds;
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: 'chat', sub: 'interop', aud: 'jitsi', room: '*', exp, user })}.${crypto.randomBytes(32).toString('base64url')}`;
}

export class Crm {
  static async start(soketi) {
    const self = new Crm();
    Object.assign(self, { soketi, calls: new Map(), requests: [], nextId: 100, password: crypto.randomUUID(), token: `access-${crypto.randomUUID()}`, refresh: `refresh-${crypto.randomUUID()}` });
    self.chat = new CrmMessages(self);
    /** What the next request to a path does instead: (request, reply) => void, by path prefix. */
    self.instead = new Map();
    self.server = http.createServer((request, reply) => self.take(request, reply));
    await new Promise((resolve) => self.server.listen(0, '127.0.0.1', resolve));
    self.url = `http://127.0.0.1:${self.server.address().port}`;
    return self;
  }

  stop() { this.server.closeAllConnections?.(); return new Promise((resolve) => this.server.close(resolve)); }

  take(request, reply) {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', () => {
      const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
      let body = {};
      try { body = text ? (form ? { ...querystring.parse(text) } : JSON.parse(text)) : {}; } catch { /* stays empty */ }
      const path = request.url.split('?')[0];
      this.requests.push({ method: request.method, path, body, authorization: request.headers.authorization });
      for (const [prefix, act] of this.instead) {
        if (path.startsWith(prefix)) return act(request, reply);
      }
      return this.answer(request, path, body, request.headers.authorization, reply);
    });
  }

  async answer(request, path, body, authorization, reply) {
    const { method } = request;
    const query = Object.fromEntries(new URL(request.url, this.url).searchParams);
    const send = (status, value) => {
      reply.writeHead(status, { 'Content-Type': 'application/json' });
      reply.end(value === undefined ? '' : JSON.stringify(value));
    };
    if (method === 'POST' && path === '/api/auth/login/') {
      const known = ['you', 'you@example.org'].includes(body.username) && body.password === this.password;
      if (!known) return send(400, { non_field_errors: ['Unable to log in with provided credentials.'] });
      return send(200, {
        user: { id: 7, email: 'you@example.org', username: 'you', first_name: 'You', last_name: 'Yourself', full_name: people[7] },
        access: this.token, refresh: this.refresh, token_type: 'Bearer', access_expires_in: 86400, refresh_expires_in: 604800,
        token: this.token, legacy_token: crypto.randomUUID(), message: 'Login successful',
      });
    }
    if (method === 'POST' && path === '/api/auth/token/refresh/') {
      if (body.refresh !== this.refresh) return send(401, { detail: 'Token is invalid or expired' });
      this.token = `access-${crypto.randomUUID()}`;
      this.refresh = `refresh-${crypto.randomUUID()}`;
      return send(200, { access: this.token, refresh: this.refresh });
    }
    if (authorization !== `Bearer ${this.token}`) return send(401, { detail: 'Given token not valid for any token type' });
    if (method === 'GET' && path === '/api/users/me/') return send(200, { id: 7, email: 'you@example.org', username: 'you', full_name: people[7] });
    if (method === 'POST' && path === '/api/pusher/auth/') {
      if (!body.socket_id || !body.channel_name) return send(400, { error: 'socket_id and channel_name are required' });
      if (body.channel_name !== 'private-user-7') return send(403, { error: 'You can only subscribe to your own channel' });
      return send(200, this.soketi.sdk.authorizeChannel(body.socket_id, body.channel_name));
    }
    if (await this.chat.answer(method, path, query, body, send)) return undefined;
    if (path.endsWith('/heartbeat/')) return send(200, { status: 'ok' });
    if (method === 'GET' && path === '/api/jitsi-calls/my_active_call/') {
      const live = [...this.calls.values()].find((call) => ['pending', 'active'].includes(call.status));
      return live ? send(200, this.session(live, 7)) : send(204);
    }
    if (method === 'GET' && path === '/api/jitsi-calls/') return send(200, [...this.calls.values()].reverse().map((call) => this.session(call, 7)));
    if (method === 'POST' && path.startsWith('/api/jitsi-calls/initiate_call')) {
      const recipient = body.recipient_id ?? (body.recipient_email === 'ada@example.org' ? 9 : null);
      if (path.includes('by_email') && recipient === null) return send(404, { error: `No user found with email ${body.recipient_email}` });
      if (recipient === 7) return send(400, { error: 'Cannot call yourself' });
      if (recipient === 11) return send(400, { error: 'Grace Hopper is not available for calls' });
      const call = this.place(7, recipient, body.call_type);
      await this.emit('call-initiated', call);
      return send(201, { message: 'Call initiated', call_session: this.session(call, 7) });
    }
    const update = path.match(/^\/api\/jitsi-calls\/(\d+)\/update_status\/$/);
    if (method === 'POST' && update) return this.update(this.calls.get(Number(update[1])), 7, body.action, send);
    return send(404, { detail: 'Not found.' });
  }

  async update(call, user, action, send = () => {}) {
    if (!call) return send(404, { detail: 'Not found.' });
    const now = new Date().toISOString();
    if (action === 'answer') {
      if (call.status !== 'pending') return send(400, { error: 'Call is not in answerable state' });
      Object.assign(call, { status: 'active', started_at: now });
      await this.emit('call-answered', call);
    } else if (action === 'reject') {
      if (call.recipient !== user) return send(400, { error: 'Only the recipient can reject this call' });
      Object.assign(call, { status: 'rejected', ended_at: now });
      await this.emit('call-rejected', call);
    } else if (action === 'end') {
      const over = ['rejected', 'completed'].includes(call.status);
      if (!over) {
        Object.assign(call, { status: 'completed', ended_at: now });
        await this.emit('call-ended', call);
      }
    } else {
      return send(400, { error: 'Invalid action' });
    }
    return send(200, { message: `Call ${action}ed`, call_session: this.session(call, user) });
  }

  place(initiator, recipient, type = 'video') {
    const id = this.nextId++;
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const call = {
      id, room_name: `crm-${stamp}-${crypto.randomBytes(4).toString('hex')}`, call_type: type, status: 'pending',
      initiator, initiator_name: people[initiator], recipient, recipient_name: people[recipient] ?? null,
      created_at: new Date().toISOString(), started_at: null, ended_at: null, tokens: { 7: jwt(7), 9: jwt(9) },
    };
    this.calls.set(id, call);
    return call;
  }

  /** The other side rings our user. */
  async ring({ from = 9, type = 'video' } = {}) {
    const call = this.place(from, 7, type);
    await this.emit('call-initiated', call);
    return call;
  }

  payload(call, user) {
    const { tokens, ...rest } = call;
    return {
      ...rest, duration_seconds: null, participants: [call.initiator, call.recipient],
      jitsi_url: {
        video_url: `https://8x8.vc/vpaas-interop/${call.room_name}`, jwt_token: tokens[user] ?? null, room_name: call.room_name,
        app_id: 'vpaas-interop', server_domain: '8x8.vc', error: null,
      },
    };
  }

  session(call, user) {
    return { session_id: crypto.randomUUID(), jitsi_server: '8x8.vc', updated_at: call.created_at, ...this.payload(call, user) };
  }

  /** Both parties get it, each on the own channel. */
  async emit(event, call) {
    for (const user of [call.initiator, call.recipient]) {
      if (user !== null) await this.soketi.sdk.trigger(`private-user-${user}`, event, this.payload(call, user));
    }
  }

  room(call) { return `https://8x8.vc/vpaas-interop/${call.room_name}?jwt=${call.tokens[7]}`; }
  asked(action) { return this.requests.filter(({ path, body }) => path.endsWith('/update_status/') && body.action === action); }
}
