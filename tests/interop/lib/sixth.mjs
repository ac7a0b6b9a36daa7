// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A stand-in for somebody's help desk, the sixth site that PROFILES.md tells of: tickets with replies, calls with own
// words for their stages, numbers for ids, a key in a header of its own. Signing and triggering with the official SDK.

import crypto from 'node:crypto';
import fs from 'node:fs';

import { jwt } from './crm.mjs';
import { Site } from './site.mjs';

const people = { 7: 'You Yourself', 9: 'Ada Lovelace', 42: 'Mira Vance' };
const who = (no) => ({ no, display: people[no] });
const problem = (title, detail) => ({ problem: { title, detail } });

export class HelpDesk extends Site {
  static profile = new URL('../../fixtures/sixth-site.json', import.meta.url).pathname;

  static async start(soketi) {
    const self = new HelpDesk();
    Object.assign(self, {
      soketi, password: crypto.randomUUID(), keys: new Set(), agains: new Set(), calls: new Map(), nextId: 500, closed: new Set(),
      tickets: new Map([[88, { no: 88, subject: 'Printer on fire', opened: '2026-01-05T11:00:00Z', customer: 42, unseen: 0, replies: [] }]]),
    });
    return self.listen();
  }

  /** Every key is void from now on; what renews them is not. */
  expire() { this.keys.clear(); }

  get wellKnown() {
    return {
      ringdown: 1, 'profile-url': `${this.url}/ringdown/help-desk.json`, name: 'Help desk', key: 'interop-key', host: '127.0.0.1',
      port: this.soketi.port, tls: false,
    };
  }

  credentials() {
    const [key, again] = [crypto.randomUUID(), crypto.randomUUID()];
    this.keys.add(key);
    this.agains.add(again);
    return { key, again, lasts: 900 };
  }

  async answer({ method, path, query, type, body, headers }, json) {
    const here = `${method} ${path}`;
    if (here === 'GET /.well-known/ringdown.json') return json(200, this.wellKnown);
    if (here === 'GET /ringdown/help-desk.json') return json(200, JSON.parse(fs.readFileSync(HelpDesk.profile, 'utf8')));
    if (here === 'POST /api/session') {
      if (body.mail !== 'you@example.org' || body.secret !== this.password) return json(422, problem('Not signed in', 'Nobody here has this address and secret.'));
      return json(201, { ...this.credentials(), agent: who(7) });
    }
    if (here === 'PUT /api/session') {
      if (!this.agains.delete(body.again)) return json(401, problem('Signed out', 'Sign in again.'));
      return json(200, this.credentials());
    }
    if (!this.keys.has(headers['x-desk-key'])) return json(401, problem('Signed out', 'This key is void.'));
    if (here === 'POST /realtime/sign') {
      if (!type.startsWith('application/x-www-form-urlencoded')) return json(415, problem('Forms only'));
      if (body.channel_name !== 'private-agent-7') return json(403, problem('Not yours'));
      return json(200, this.soketi.sdk.authorizeChannel(body.socket_id, body.channel_name));
    }
    if (here === 'GET /api/me') return json(200, { agent: who(7) });
    if (here === 'GET /api/agents') return json(200, { agents: [{ ...who(9), mail: 'ada@example.org', mood: 'talking' }, { ...who(7), mail: 'you@example.org', mood: 'in' }] });
    if (path.startsWith('/api/calls')) return this.answerCalls(method, path, body, json);
    return this.answerTickets(method, path, query, body, json);
  }

  async answerCalls(method, path, body, json) {
    const [, no, verb] = path.match(/^\/api\/calls(?:\/(\w+))?(?:\/(\w+))?$/) ?? [];
    if (method === 'GET' && no === 'current') {
      const live = [...this.calls.values()].find(({ stage }) => ['waiting', 'talking'].includes(stage));
      return live ? json(200, { call: live }) : json(204);
    }
    if (method === 'GET') return json(200, { calls: [...this.calls.values()].reverse() });
    if (method === 'POST' && no === undefined) {
      if (typeof body.to !== 'number') return json(400, problem('Bad request', 'to must be a number'));
      const call = this.place(7, body.to, body.kind);
      await this.tell(call);
      return json(201, { call });
    }
    const call = this.calls.get(Number(no));
    if (!call) return json(404, problem('No such call'));
    if (method === 'POST' && verb === 'take') await this.move(call, { stage: 'talking', taken: new Date().toISOString() });
    else if (method === 'POST' && verb === 'refuse') await this.move(call, { stage: 'refused', closed: new Date().toISOString() });
    else if (method === 'DELETE') await this.move(call, { stage: 'over', closed: new Date().toISOString() });
    else return json(405, problem('No such thing'));
    return json(200, { call });
  }

  async answerTickets(method, path, query, body, json) {
    const here = `${method} ${path}`;
    if (here === 'GET /api/unseen') return json(200, { unseen: this.unseen });
    if (here === 'GET /api/tickets') {
      if (query.mine !== 'yes') return json(400, problem('Bad request', 'mine is missing'));
      return json(200, { tickets: [...this.tickets.values()].map((ticket) => this.summary(ticket)), next: null });
    }
    const [, no, what] = path.match(/^\/api\/tickets\/(\d+)\/(replies|seen)$/) ?? [];
    const ticket = this.tickets.get(Number(no));
    if (!ticket) return json(404, problem('No such ticket'));
    if (what === 'seen') {
      ticket.unseen = 0;
      return json(204);
    }
    if (method === 'GET') return json(200, { replies: ticket.replies.filter((reply) => !query.before || reply.no < Number(query.before)).slice(-30) });
    if (this.closed.has(ticket.no)) return json(409, problem('Closed', 'This ticket is closed.'));
    return json(201, { reply: await this.reply(ticket.no, 7, body.words) });
  }

  get unseen() { return [...this.tickets.values()].reduce((sum, { unseen }) => sum + unseen, 0); }

  summary(ticket) {
    const { replies, customer, ...rest } = ticket;
    return { ...rest, customer: { ...who(customer), mail: 'mira@example.org' }, latest: replies.at(-1) ?? null };
  }

  trigger(event, data) { return this.soketi.sdk.trigger('private-agent-7', event, data); }

  /** Somebody writes into a ticket; without push, as while the Channels server is away. */
  async reply(no, by, words, { push = true } = {}) {
    const ticket = this.tickets.get(no);
    const reply = { no: this.nextId++, ticket: no, words, written: new Date().toISOString(), by: who(by) };
    ticket.replies.push(reply);
    if (by !== 7) ticket.unseen += 1;
    if (push) await this.trigger('ticket-reply', reply);
    if (push && by !== 7) await this.trigger('ticket-seen', { unseen: this.unseen });
    return reply;
  }

  place(from, to, kind = 'video') {
    const no = this.nextId++;
    const call = {
      no, kind, stage: 'waiting', rang: new Date().toISOString(), taken: null, closed: null, from: who(from), to: who(to),
      room: { link: `https://rooms.example.org/${no}`, pass: jwt(7) },
    };
    this.calls.set(no, call);
    return call;
  }

  tell(call) { return this.trigger('phone', call); }

  async move(call, change) {
    Object.assign(call, change);
    await this.tell(call);
  }

  async ring(kind = 'video') {
    const call = this.place(42, 7, kind);
    await this.tell(call);
    return call;
  }
}
