// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The application's own server, as far as a Channels client knows it: signs channels, one or many at once, and users,
// with the official SDK.

import http from 'node:http';
import querystring from 'node:querystring';

export class Signer {
  /** `sdk()`: the SDK that signs at the moment; `user`: who everybody is. */
  static async start(sdk, user) {
    const self = new Signer();
    Object.assign(self, { sdk, user, asked: [], held: null, refused: new Set() });
    self.server = http.createServer((request, reply) => {
      let text = '';
      request.on('data', (chunk) => { text += chunk; });
      request.on('end', () => {
        const answer = () => self.answer(request.url, querystring.parse(text), reply);
        if (self.held) self.held.push(answer);
        else answer();
      });
    });
    await new Promise((resolve) => self.server.listen(0, '127.0.0.1', resolve));
    return self;
  }

  /** Questions wait until release(). */
  hold() { this.held = []; }
  release() {
    const held = this.held;
    this.held = null;
    for (const answer of held) answer();
  }

  url(path) { return `http://127.0.0.1:${this.server.address().port}${path}`; }
  stop() { this.server.closeAllConnections?.(); this.server.close(); }

  sign(socketId, channel) {
    const presence = channel.startsWith('presence-') ? { user_id: this.user.id, user_info: this.user.user_info } : undefined;
    return this.sdk().authorizeChannel(socketId, channel, presence);
  }

  answer(path, form, reply) {
    const names = form.channel_name ? [form.channel_name]
      : Object.keys(form).filter((name) => name.startsWith('channel_name[')).map((name) => form[name]);
    const say = (status, body) => { reply.writeHead(status, { 'Content-Type': 'application/json' }); reply.end(JSON.stringify(body)); };
    this.asked.push({ path, names });
    if (path === '/pusher/user-auth') return say(200, this.sdk().authenticateUser(form.socket_id, this.user));
    if (names.length > 1) {
      return say(200, Object.fromEntries(names.map((name) => [name, this.refused.has(name) ? { status: 403 }
        : { status: 200, data: this.sign(form.socket_id, name) }])));
    }
    return this.refused.has(names[0]) ? say(403, { error: 'no' }) : say(200, this.sign(form.socket_id, names[0]));
  }
}
