// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts themselves: soketi over our uWebSockets.js stand-in, with the official SDKs on both sides.
// When this fails, look here before looking at Ringdown.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { stopAll } from './lib/process.mjs';
import { Soketi } from './lib/soketi.mjs';

const Pusher = createRequire(import.meta.url)('pusher-js');
let soketi;

const client = (options = {}) => new Pusher(Soketi.app.key, {
  wsHost: '127.0.0.1', wsPort: soketi.port, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true,
  channelAuthorization: {
    customHandler: ({ socketId, channelName }, callback) => callback(null, soketi.sdk.authorizeChannel(socketId, channelName, options.presence)),
  },
});

before(async () => { soketi = await Soketi.start(); });
after(stopAll);

test('the official client hears what the official SDK triggers', async () => {
  const pusher = client();
  const heard = [];
  const channel = pusher.subscribe('private-user-7');
  channel.bind('call-initiated', (data) => heard.push(data));
  await until('the subscription', () => channel.subscribed);
  await soketi.sdk.trigger('private-user-7', 'call-initiated', { id: 1, name: 'ö' });
  await until('the event', () => heard.length === 1);
  assert.deepEqual(heard[0], { id: 1, name: 'ö' });
  assert.equal(await soketi.sockets('private-user-7'), 1);
  pusher.disconnect();
});

test('a killed soketi comes back on its port', async () => {
  const { port } = soketi;
  await soketi.kill();
  await soketi.up();
  assert.equal(soketi.port, port);
  assert.equal(await soketi.sockets('private-user-7'), 0);
});
