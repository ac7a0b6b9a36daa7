// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A stand-in for the SMS portal: Laravel's session and CSRF rules, public channels, three spellings of its events.

import crypto from 'node:crypto';

import { Site } from './site.mjs';

const cookie = 'sms_portal_session';

export class Sms extends Site {
  static user = '7';
  /** The portal's number that this user writes from. */
  static phone = 2;

  static async start(soketi) {
    const self = new Sms();
    Object.assign(self, { soketi, password: crypto.randomUUID(), sessions: new Map(), messages: [], nextId: 900, seen: [] });
    self.conversations = [
      { id: 31, contact_id: 3, sender_number: '+15550100', unread_count: 0, contact: { id: 3, name: 'Ada Lovelace', phone_e164: '+15550131' } },
      { id: 32, contact_id: 4, sender_number: '+15550100', unread_count: 0, contact: { id: 4, name: null, phone_e164: '+15550132' } },
    ];
    return self.listen();
  }

  /** Laravel's session is gone, as after two idle hours. */
  expire() { this.sessions.clear(); }
  /** The session stays, its CSRF token is another one. */
  rotate() { for (const one of this.sessions.values()) one.csrf = crypto.randomBytes(20).toString('hex'); }

  open(cookies) {
    let id = cookies[cookie];
    if (!this.sessions.has(id)) {
      id = crypto.randomUUID();
      this.sessions.set(id, { csrf: crypto.randomBytes(20).toString('hex'), user: null });
    }
    return [this.sessions.get(id), { 'Set-Cookie': `${cookie}=${id}; expires=${new Date(Date.now() + 7200_000).toUTCString()}; Max-Age=7200; path=/; httponly; samesite=lax` }, id];
  }

  page(one) {
    const user = one.user ? `<meta name="user-id" content="${one.user}">` : '';
    return `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n    <meta name="csrf-token" content="${one.csrf}">\n ${user}\n<title>SMS &amp; more</title></head><body></body></html>`;
  }

  async answer({ method, path, query, body, headers, cookies }, json, html) {
    const here = `${method} ${path}`;
    const [one, set, id] = this.open(cookies);
    if (method !== 'GET' && (headers['x-csrf-token'] ?? body._token) !== one.csrf) return json(419, { message: 'CSRF token mismatch.' }, set);
    if (here === 'GET /login') return one.user ? html(302, '', { Location: `${this.url}/dashboard`, ...set }) : html(200, this.page(one), set);
    if (here === 'POST /login') {
      if (body.email !== 'you@example.org' || body.password !== this.password) return html(302, '', { Location: `${this.url}/login`, ...set });
      // a new session id and a new token with every sign-in, as Laravel regenerates them
      this.sessions.delete(id);
      const [fresh, cookieOfIt] = this.open({});
      fresh.user = Sms.user;
      return html(302, '', { Location: `${this.url}/dashboard`, ...cookieOfIt });
    }
    if (!one.user) {
      return (headers.accept ?? '').includes('json') ? json(401, { message: 'Unauthenticated.' }, set) : html(302, '', { Location: `${this.url}/login`, ...set });
    }
    if (['/', '/dashboard', '/messenger'].includes(path)) return html(200, this.page(one), set);
    if (here === 'GET /api/conversations') return json(200, this.list(), set);
    const history = path.match(/^\/messenger\/conversation\/(\d+)\/messages$/);
    if (method === 'GET' && history) {
      const all = this.messages.filter((message) => message.conversation_id === Number(history[1])).reverse();
      const [page, per] = [Number(query.page ?? 1), Number(query.per_page ?? 20)];
      return json(200, { messages: all.slice((page - 1) * per, page * per).reverse(), pagination: { current_page: page, per_page: per, total: all.length, has_more: page * per < all.length } }, set);
    }
    if (here === 'POST /messenger/send') {
      const conversation = this.conversations.find(({ contact_id: contact }) => contact === Number(body.contact_id));
      if (Number(body.from_phone_number_id) !== Sms.phone) return json(422, { success: false, errors: { from_phone_number_id: ['The from phone number id field is required.'] } }, set);
      if (!conversation) return json(422, { success: false, errors: { contact_id: ['The selected contact id is invalid.'] } }, set);
      if (!body.content || body.content.length > 1600) return json(422, { success: false, errors: { content: ['The content must not be greater than 1600 characters.'] } }, set);
      const message = this.add(conversation, 'outbound', body.content, 'queued');
      await this.tell(conversation, message);
      return json(200, { success: true, message }, set);
    }
    const read = path.match(/^\/messenger\/conversation\/(\d+)\/read$/);
    if (method === 'POST' && read) {
      this.conversations.find((conversation) => conversation.id === Number(read[1])).unread_count = 0;
      return json(200, { success: true }, set);
    }
    return json(404, { message: 'Not Found' }, set);
  }

  list() { return this.conversations.map((conversation) => ({ ...conversation, last_message: this.messages.filter(({ conversation_id: id }) => id === conversation.id).at(-1) ?? null })); }

  /** Nullable fields are left out, as the portal leaves them out. */
  add(conversation, direction, content, status) {
    const message = { id: this.nextId++, conversation_id: conversation.id, direction, content, status, created_at: new Date().toISOString() };
    if (status === 'sent') message.sent_at = message.created_at;
    this.messages.push(message);
    return message;
  }

  tell(conversation, message, event = 'message.sent') {
    return this.soketi.sdk.trigger(`messenger.${conversation.id}`, event, { message, conversation });
  }

  /** The carrier has news of it. */
  deliver(message, status, event = 'message.sent') {
    Object.assign(message, { status }, status === 'delivered' ? { delivered_at: new Date().toISOString() } : {});
    return this.tell(this.conversations.find(({ id }) => id === message.conversation_id), message, event);
  }

  /** An SMS comes in. */
  async receive(conversation, content, { event = 'message.received', tell = true } = {}) {
    const message = this.add(conversation, 'inbound', content, 'delivered');
    conversation.unread_count += 1;
    if (tell) await this.soketi.sdk.trigger(`user.${Sms.user}`, event, { message, conversation });
    return message;
  }

  call(id, status, words = {}) {
    const data = {
      call_session_id: id, call_control_id: `v3:${id}`, call_id: 5, status, event_type: `call.${status}`, from_number: '+15550131', to_number: '+15550100',
      direction: 'inbound', start_time: new Date().toISOString(), answered_at: null, ended_at: null, duration: null, timestamp: new Date().toISOString(), ...words,
    };
    return this.soketi.sdk.trigger('call-status', 'call.status.updated', data);
  }
}
