// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A stand-in for the team space: NextAuth's cookie with its CSRF token, a bearer of its own for the workspaces, a presence
// channel, chat and typing. Signing and triggering with the official SDK.

import crypto from 'node:crypto';

import { Site } from './site.mjs';

const session = 'next-auth.session-token';
const csrf = 'next-auth.csrf-token';
const page = { 'Content-Type': 'text/html' };

export class Team extends Site {
  static people = {
    u7: { name: 'You Yourself', email: 'you@example.org', avatar: null },
    u9: { name: 'Ada Lovelace', email: 'ada@example.org', avatar: null },
    u11: { name: 'Grace Hopper', email: 'grace@example.org', avatar: null },
  };

  static workspace = 'w1';

  static async start(soketi) {
    const self = new Team();
    Object.assign(self, { soketi, password: crypto.randomUUID(), sessions: new Set(), tokens: new Set(), csrfs: new Map(), messages: [], typing: [], nextId: 1 });
    return self.listen();
  }

  get channel() { return `presence-workspace-${Team.workspace}`; }
  /** Every sign-in is void from now on. */
  expire() { this.sessions.clear(); this.tokens.clear(); }

  async answer({ method, path, query, type, body, headers, cookies }, json, html) {
    const here = `${method} ${path}`;
    const signedIn = this.sessions.has(cookies[session]);
    const bearer = this.tokens.has((headers.authorization ?? '').replace(/^Bearer /, ''));
    if (here === 'GET /api/auth/csrf') {
      const token = crypto.randomBytes(32).toString('hex');
      const cookie = `${token}|${crypto.createHash('sha256').update(token).digest('hex')}`;
      this.csrfs.set(encodeURIComponent(cookie), token);
      return json(200, { csrfToken: token }, { 'Set-Cookie': `${csrf}=${encodeURIComponent(cookie)}; Path=/; HttpOnly; SameSite=Lax` });
    }
    if (here === 'POST /api/auth/callback/credentials') {
      if (!type.startsWith('application/x-www-form-urlencoded')) return json(415, { message: 'Unsupported' });
      // NextAuth does not sign in without its CSRF cookie and the token that belongs to it: it shows its page again
      if (this.csrfs.get(cookies[csrf]) !== body.csrfToken) return html(302, '', { Location: `${this.url}/api/auth/signin?csrf=true`, ...page });
      const good = body.email === 'you@example.org' && body.password === this.password;
      if (!good) return json(401, { url: `${this.url}/api/auth/error?error=CredentialsSignin&provider=credentials` });
      const token = crypto.randomUUID();
      this.sessions.add(token);
      const expires = new Date(Date.now() + 30 * 86400_000).toUTCString();
      return json(200, { url: this.url }, { 'Set-Cookie': `${session}=${token}; Path=/; Expires=${expires}; HttpOnly; SameSite=Lax` });
    }
    if (here === 'GET /api/auth/session') {
      if (!signedIn) return json(200, {});
      const { name, email } = Team.people.u7;
      return json(200, { user: { id: 'u7', name, email, image: null }, expires: new Date(Date.now() + 30 * 86400_000).toISOString() });
    }
    if (here === 'POST /api/auth/login') {
      if (body.email !== 'you@example.org' || body.password !== this.password) return json(401, { success: false, error: 'Invalid credentials' });
      const token = crypto.randomUUID();
      this.tokens.add(token);
      return json(200, { success: true, user: { id: 'u7', ...Team.people.u7, role: 'member' }, token });
    }
    if (here === 'GET /api/workspaces') {
      if (!bearer) return json(401, { success: false, error: 'Unauthorized' });
      return json(200, { success: true, workspaces: [{ id: Team.workspace, name: 'Engine room' }] });
    }
    if (!path.startsWith('/api/')) return html(200, '<html></html>');
    // messaging needs the cookie: a bearer does not do
    if (!signedIn) return json(401, { error: 'Unauthorized' });
    if (here === 'POST /api/pusher/auth') {
      if (!type.startsWith('application/x-www-form-urlencoded')) return json(400, { error: 'Missing socket_id or channel_name' });
      if (body.channel_name !== this.channel) return json(403, { error: 'Forbidden' });
      return json(200, this.soketi.sdk.authorizeChannel(body.socket_id, body.channel_name, { user_id: 'u7', user_info: Team.people.u7 }));
    }
    if (here === 'POST /api/messages') {
      if (!body.content || body.workspaceId !== Team.workspace) return json(400, { success: false, error: 'Missing content or workspaceId' });
      const message = await this.say('u7', body.content, body.channelId ?? 'general');
      return json(200, { success: true, message: { id: message.id, content: message.content, senderName: message.senderName, createdAt: message.createdAt } });
    }
    if (here === 'GET /api/messages') {
      const list = this.messages.filter(({ createdAt }) => !query.before || createdAt < query.before).slice(-Number(query.limit ?? 50));
      return json(200, { success: true, messages: list });
    }
    if (here === 'POST /api/messages/typing') {
      this.typing.push(body);
      await this.soketi.sdk.trigger(this.channel, 'typing', { userId: 'u7', userName: Team.people.u7.name, channelId: body.channelId ?? 'general', isTyping: body.isTyping });
      return json(200, { success: true });
    }
    return json(404, { error: 'Not found' });
  }

  /** A member's message: told to everybody in the channel, the sender too. */
  async say(user, content, channelId = 'general', { tell = true } = {}) {
    const message = {
      id: `m${this.nextId++}`, content, senderId: user, senderName: Team.people[user].name, senderAvatar: null, channelId, createdAt: new Date().toISOString(),
    };
    this.messages.push(message);
    if (tell) await this.soketi.sdk.trigger(this.channel, 'new-message', message);
    return message;
  }

  type(user, isTyping = true) {
    return this.soketi.sdk.trigger(this.channel, 'typing', { userId: user, userName: Team.people[user].name, channelId: 'general', isTyping });
  }

  /** What a member's own client signs with, for a pusher-js in the same channel. */
  authorize(user, socketId) {
    return this.soketi.sdk.authorizeChannel(socketId, this.channel, { user_id: user, user_info: Team.people[user] });
  }
}
