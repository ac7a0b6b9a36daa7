// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client library by itself against the real soketi, driven by the official SDK, beside the official client.
// soketi has no watchlist and counts no subscriptions: those are in the unit tests only.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, afterEach, before, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Probe } from './lib/probe.mjs';
import { stopAll } from './lib/process.mjs';
import { Signer } from './lib/signer.mjs';
import { Soketi } from './lib/soketi.mjs';

const require = createRequire(import.meta.url);
const PusherServer = require('pusher');
const Pusher = require('pusher-js');
const oldKey = Buffer.alloc(32, 1).toString('base64');
const newKey = Buffer.alloc(32, 2).toString('base64');
let soketi, second, signer, sdk, probes = [], clients = [];

const sdkWith = (server, encryptionMasterKeyBase64) => new PusherServer({
  appId: Soketi.app.id, key: Soketi.app.key, secret: Soketi.app.secret, host: '127.0.0.1', port: String(server.port), useTLS: false,
  encryptionMasterKeyBase64,
});

const probe = (extra = []) => {
  const made = new Probe(soketi, Soketi.app.key, ['--auth', signer.url('/pusher/auth'), '--user-auth', signer.url('/pusher/user-auth'), ...extra]);
  probes.push(made);
  return made;
};

/** The official client, as user `id`. */
const pusherJs = (id) => {
  const made = new Pusher(Soketi.app.key, {
    wsHost: '127.0.0.1', wsPort: soketi.port, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true,
    channelAuthorization: { customHandler: ({ socketId, channelName }, callback) => callback(null, sdk.authorizeChannel(socketId, channelName,
      channelName.startsWith('presence-') ? { user_id: id, user_info: { name: `pusher-js ${id}` } } : undefined)) },
    userAuthentication: { customHandler: ({ socketId }, callback) => callback(null, sdk.authenticateUser(socketId, { id })) },
  });
  clients.push(made);
  return made;
};

before(async () => {
  [soketi, second] = await Promise.all([Soketi.start({ SOKETI_DEFAULT_APP_USER_AUTHENTICATION: 'true' }), Soketi.start()]);
  sdk = sdkWith(soketi, oldKey);
  signer = await Signer.start(() => sdk, { id: '7', user_info: { name: 'Ringdown' } });
});
afterEach(async () => {
  for (const client of clients) client.disconnect();
  for (const child of probes) assert.equal(await child.end(), 0, child.child.output);
  clients = [];
  probes = [];
  sdk = sdkWith(soketi, oldKey);
  signer.asked = [];
  signer.refused.clear();
});
after(async () => { signer.stop(); await stopAll(); });

test('a signed-in user gets what the SDK sends to the user, as pusher-js does', async () => {
  const own = probe();
  const js = pusherJs('7');
  const heard = [];
  js.user.bind('invoice', (data) => heard.push(data));
  js.signin();
  own.say('sign-in');
  own.say('start');
  await own.until('user', { id: '7' });
  await until('both to be there', async () => (await soketi.sockets('%23server-to-user-7')) === 2);
  await sdk.sendToUser('7', 'invoice', { total: 5, of: 'Zoë' });
  await sdk.sendToUser('8', 'invoice', { total: 6 });
  await own.until('event', { event: 'invoice' });
  await until('pusher-js', () => heard.length === 1);
  assert.deepEqual(own.events('#server-to-user-7'), [['invoice', { total: 5, of: 'Zoë' }]]);
  assert.deepEqual(heard, [{ total: 5, of: 'Zoë' }]);
});

test('terminated connections come back once with fresh signatures, and not a second time', async () => {
  const own = probe();
  own.say('subscribe private-a');
  own.say('sign-in');
  own.say('start');
  await own.until('user', { id: '7' });
  await own.subscribed('private-a');
  await sdk.terminateUserConnections('7');
  assert.equal((await own.until('state', { state: 'waiting' })).close_code, 4009);
  await own.until('user', { id: '7' }, 2);
  await own.until('gap', { channel: 'private-a' });
  assert.equal(signer.asked.filter(({ path }) => path === '/pusher/user-auth').length, 2);
  await sdk.terminateUserConnections('7');
  const failed = await own.until('state', { state: 'failed' });
  assert.equal(failed.close_code, 4009);
  assert.equal(failed.code, 'unauthorized');
});

test('signing out makes the server forget, and keeps the channels', async () => {
  const own = probe();
  own.say('subscribe news');
  own.say('sign-in');
  own.say('start');
  await own.until('user', { id: '7' });
  await own.subscribed('news');
  own.say('sign-out');
  await own.until('user', { id: null });
  await own.until('subscription', { channel: 'news', state: 'subscribed' }, 2);
  assert.equal(await soketi.sockets('%23server-to-user-7'), 0);
  await sdk.sendToUser('7', 'invoice', { total: 5 });
  await sdk.trigger('news', 'told', {});
  await own.until('event', { event: 'told' });
  assert.equal(own.heard('event', { event: 'invoice' }).length, 0);
});

test('encrypted channels are read as pusher-js reads them', async () => {
  const own = probe();
  const js = pusherJs('8');
  const heard = [];
  const channel = js.subscribe('private-encrypted-a');
  channel.bind_global((event, data) => { if (!event.startsWith('pusher:')) heard.push([event, data]); });
  own.say('subscribe private-encrypted-a');
  own.say('start');
  await own.subscribed('private-encrypted-a');
  await until('pusher-js', () => channel.subscribed);
  const sent = [['object', { a: 'ü', b: [1, null] }], ['string', 'just text'], ['number', 7], ['empty', {}], ['long', 'x'.repeat(7000)]];
  for (const [event, data] of sent) await sdk.trigger('private-encrypted-a', event, data);
  await until('all of them', () => own.events('private-encrypted-a').length === sent.length && heard.length === sent.length);
  assert.deepEqual(own.events('private-encrypted-a'), sent);
  assert.deepEqual(heard, sent);
});

test('a rotated key costs one question, and no event its place', async () => {
  const own = probe();
  own.say('subscribe private-encrypted-b');
  own.say('start');
  await own.subscribed('private-encrypted-b');
  await sdk.trigger('private-encrypted-b', 'n', 0);
  sdk = sdkWith(soketi, newKey);
  signer.hold();
  for (let i = 1; i <= 5; i++) await sdk.trigger('private-encrypted-b', 'n', i);
  await until('the question', () => signer.held.length > 0);
  await never('a second question', () => signer.held.length > 1, 0.3);
  signer.release();
  await own.until('event', { channel: 'private-encrypted-b' }, 6);
  assert.deepEqual(own.events('private-encrypted-b').map(([, data]) => data), [0, 1, 2, 3, 4, 5]);
  assert.equal(signer.asked.length, 2);
  assert.equal(own.heard('decryption-failed').length, 0);

  // Somebody else's key: told, and the next goes through.
  await sdkWith(soketi, oldKey).trigger('private-encrypted-b', 'lost', {});
  await sdk.trigger('private-encrypted-b', 'n', 6);
  assert.equal((await own.until('decryption-failed', { event: 'lost' })).code, 'decryption');
  await own.until('event', { channel: 'private-encrypted-b' }, 7);
});

test('cache channels replay their last event, or say that there is none', async () => {
  const own = probe();
  const names = ['cache-a', 'private-cache-a', 'presence-cache-a', 'private-encrypted-cache-a'];
  // soketi only keeps what somebody is there for.
  const js = pusherJs('8');
  for (const name of names) {
    const channel = js.subscribe(name);
    await until(name, () => channel.subscribed);
    await sdk.trigger(name, 'stand', { of: name });
  }
  for (const name of [...names, 'cache-none', 'private-cache-none']) own.say('subscribe', name);
  own.say('start');
  await own.subscribed(...names, 'cache-none', 'private-cache-none');
  for (const name of names) {
    await own.until('event', { channel: name });
    assert.deepEqual(own.events(name), [['stand', { of: name }]]);
  }
  for (const name of ['cache-none', 'private-cache-none']) await own.until('event', { channel: name, event: 'pusher:cache_miss' });
});

test('a presence channel looks the same from both sides', async () => {
  const own = probe();
  const js = pusherJs('8');
  const channel = js.subscribe('presence-room');
  const seen = [];
  await until('pusher-js', () => channel.subscribed);
  channel.bind('pusher:member_added', ({ id, info }) => seen.push(['+', id, info]));
  channel.bind('pusher:member_removed', ({ id }) => seen.push(['-', id]));
  own.say('subscribe presence-room');
  own.say('start');
  await own.subscribed('presence-room');
  await until('pusher-js to see us', () => seen.length === 1);
  assert.deepEqual(seen, [['+', '7', { name: 'Ringdown' }]]);
  own.say('members presence-room');
  const members = await own.until('members');
  assert.equal(members.own_id, '7');
  assert.deepEqual(members.members, channel.members.members);

  const third = pusherJs('9');
  third.subscribe('presence-room');
  assert.deepEqual((await own.until('member-added')).user_info, { name: 'pusher-js 9' });
  third.disconnect();
  assert.equal((await own.until('member-removed')).user_id, '9');
  own.say('unsubscribe presence-room');
  await until('pusher-js to see us go', () => seen.some(([sign, id]) => sign === '-' && id === '7'));
});

test('client events go both ways, and no more of them than the server takes', async () => {
  const own = probe();
  const js = pusherJs('8');
  const channel = js.subscribe('presence-talk');
  const heard = [];
  channel.bind('client-n', (data, { user_id }) => heard.push([data, user_id]));
  await until('pusher-js', () => channel.subscribed);
  own.say('subscribe presence-talk');
  own.say('start');
  await own.subscribed('presence-talk');
  for (let i = 0; i < 12; i++) own.say('trigger', 'presence-talk', 'client-n', JSON.stringify({ i }));
  await until('ten of them', () => heard.length === 10);
  assert.deepEqual(heard, Array.from({ length: 10 }, (_, i) => [{ i }, '7']));
  assert.equal((await own.until('failed', {}, 2)).code, 'rate-limited');
  channel.trigger('client-wave', { hand: 'left' });
  channel.trigger('client-text', 'just text');
  await own.until('event', { event: 'client-text', user_id: '8' });
  assert.deepEqual(own.events('presence-talk'), [['client-wave', { hand: 'left' }], ['client-text', 'just text']]);
  assert.equal(own.heard('error').length, 0);
});

test('two hundred channels are signed in a few questions, the refused one by name', async () => {
  const own = probe(['--batch-size', '50']);
  const names = Array.from({ length: 200 }, (_, i) => `private-many-${i}`);
  signer.refused.add('private-many-77');
  for (const name of names) own.say('subscribe', name);
  own.say('start');
  await until('all but one', () => own.heard('subscription', { state: 'subscribed' }).length === 199);
  assert.equal((await own.until('subscription', { channel: 'private-many-77', state: 'refused' })).code, 'unauthorized');
  assert.deepEqual(signer.asked.map(({ names: asked }) => asked.length).sort((a, b) => a - b), [1, 50, 50, 50, 50]);
  await sdk.trigger('private-many-199', 'told', {});
  await own.until('event', { channel: 'private-many-199' });
});

test('a channel that is given up while it is signed never gets there', async () => {
  const own = probe();
  signer.hold();
  own.say('subscribe private-late');
  own.say('subscribe news');
  own.say('start');
  await own.subscribed('news');
  await until('the question', () => signer.held.length === 1);
  own.say('unsubscribe private-late');
  await own.until('subscription', { channel: 'private-late', state: 'unsubscribed' });
  signer.release();
  own.say('subscribe private-other');
  await own.subscribed('private-other');
  assert.equal(await soketi.sockets('private-late'), 0);
});

test('moved to another server, a client takes its channels along', async () => {
  const own = probe();
  own.say('subscribe news');
  own.say('subscribe private-a');
  own.say('start');
  await own.subscribed('news', 'private-a');
  own.say('endpoint', second.port);
  await own.until('subscription', { channel: 'private-a', state: 'subscribed' }, 2);
  await own.until('gap', { channel: 'news' });
  assert.equal(await second.sockets('private-a'), 1);
  await until('the first to be left', async () => (await soketi.sockets('private-a')) === 0);
  await second.sdk.trigger('news', 'told', { from: 'second' });
  await own.until('event', { event: 'told' });
});
