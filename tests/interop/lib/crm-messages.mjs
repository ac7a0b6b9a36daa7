// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The CRM's messages and presence (backends of the site: 1.4, 1.5, 1.7, 1.8), for lib/crm.mjs.

const people = {
  7: ['You', 'Yourself', 'you'], 9: ['Ada', 'Lovelace', 'ada'], 11: ['Grace', 'Hopper', 'grace'], 12: ['Alan', 'Turing', 'alan'],
};

const now = () => new Date().toISOString();

export class CrmMessages {
  constructor(crm) {
    Object.assign(this, { crm, messages: [], nextId: 500 });
    this.presence = {
      7: { status: 'online', available_for_calls: true, status_message: '' },
      9: { status: 'online', available_for_calls: true, status_message: 'At my desk' },
      11: { status: 'busy', available_for_calls: false, status_message: '' },
    };
  }

  sender(id) { const [first_name, last_name, name] = people[id]; return { id, email: `${name}@example.org`, first_name, last_name }; }
  unread(user) { return this.messages.filter((message) => message.recipient_id === user && !message.is_read).length; }

  /** Nested, to both parties, and twice for one message: as the site's code does it. */
  async post(from, to, content, { tell = true } = {}) {
    const message = {
      id: this.nextId++, sender_id: from, recipient_id: to, content, subject: null, created_at: now(), is_read: false, organization_id: null,
    };
    this.messages.push(message);
    if (!tell) return message;
    for (let round = 0; round < 2; round += 1) {
      for (const user of [to, from]) await this.crm.soketi.sdk.trigger(`private-user-${user}`, 'new-message', { message, sender: this.sender(from) });
    }
    await this.tellUnread(to);
    return message;
  }

  tellUnread(user) { return this.crm.soketi.sdk.trigger(`private-user-${user}`, 'unread-count-updated', { unread_count: this.unread(user) }); }

  /** The flat shape of the site's own guide. */
  postFlat(from, content) {
    const { id, created_at, is_read } = { id: this.nextId++, created_at: now(), is_read: false };
    return this.crm.soketi.sdk.trigger('private-user-7', 'new-message', { id: String(id), sender: this.sender(from), content, subject: null, created_at, is_read });
  }

  between(one, other) {
    return this.messages.filter(({ sender_id: from, recipient_id: to }) => (from === one && to === other) || (from === other && to === one));
  }

  conversations() {
    const list = [];
    for (const id of Object.keys(people).map(Number)) {
      const all = this.between(7, id);
      if (id === 7 || all.length === 0) continue;
      const last = all.at(-1);
      list.push({
        id: `7-${id}`, conversation_id: null, other_user: { ...this.sender(id), full_name: people[id].slice(0, 2).join(' ') },
        last_message: { content: last.content, created_at: last.created_at, sender_id: last.sender_id },
        unread_count: all.filter((message) => message.recipient_id === 7 && !message.is_read).length,
      });
    }
    return list.sort((one, other) => other.last_message.created_at.localeCompare(one.last_message.created_at));
  }

  /** TRUE if the request was one of these. */
  async answer(method, path, query, body, send) {
    const page = (list, size = 25) => {
      const at = Number(query.page ?? 1);
      const results = list.slice((at - 1) * size, at * size);
      send(200, { count: list.length, next: at * size < list.length ? `${this.crm.url}${path}?page=${at + 1}` : null, previous: null, results });
    };
    if (method === 'GET' && path === '/api/messages/') page([...this.messages].reverse().map((message) => ({ ...message, sender: this.sender(message.sender_id) })));
    else if (method === 'GET' && path === '/api/conversations/') page(this.conversations());
    else if (method === 'GET' && path === '/api/messages/with_user/') {
      const other = Number(query.user_id);
      if (!people[other]) { send(400, { error: 'user_id is required' }); return true; }
      const all = this.between(7, other);
      for (const message of all) if (message.recipient_id === 7) message.is_read = true;
      send(200, all.map((message) => ({ ...message, sender: this.sender(message.sender_id) })));
    } else if (method === 'POST' && path === '/api/messages/send/') {
      const to = Number(body.recipient_id);
      if (!people[to]) { send(404, { error: 'Recipient not found' }); return true; }
      if (to === 12) { send(403, { error: 'You cannot message this user' }); return true; }
      if (!body.content) { send(400, { error: 'content is required' }); return true; }
      const message = await this.post(7, to, body.content);
      send(201, { ...message, sender: this.sender(7) });
    } else if (method === 'POST' && /^\/api\/messages\/\d+\/mark_read\/$/.test(path)) {
      const message = this.messages.find(({ id }) => id === Number(path.split('/')[3]));
      if (!message) { send(404, { detail: 'Not found.' }); return true; }
      message.is_read = true;
      await this.crm.soketi.sdk.trigger(`private-user-${message.sender_id}`, 'message-read', { message_id: message.id, read_by: 7, read_at: now() });
      send(200, { status: 'ok' });
    } else if (method === 'GET' && path === '/api/messages/unread_count/') send(200, { unread_count: this.unread(7) });
    else if (method === 'GET' && path === '/api/messages/recipients/') send(200, [9, 11, 12].map((id) => this.sender(id)));
    else if (method === 'GET' && path === '/api/user-presence/online_users/') {
      send(200, Object.entries(this.presence).filter(([, { status }]) => status !== 'offline').map(([id, presence]) => ({
        id: Number(id), username: people[id][2], full_name: people[id].slice(0, 2).join(' '), ...presence, current_call_id: null,
      })));
    } else if (method === 'PATCH' && path === '/api/user-presence/7/') {
      if (!['online', 'busy', 'away', 'offline'].includes(body.status ?? 'online')) { send(400, { status: ['Not a valid choice.'] }); return true; }
      Object.assign(this.presence[7], body);
      send(200, this.presence[7]);
    } else return false;
    return true;
  }
}
