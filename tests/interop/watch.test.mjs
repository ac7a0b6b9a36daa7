// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// `ringdown watch` and `ringdown trigger` against soketi, the official SDK and pusher-js.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import querystring from 'node:querystring';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { run, start, stopAll } from './lib/process.mjs';
import { Signer } from './lib/signer.mjs';
import { Soketi } from './lib/soketi.mjs';

const Pusher = createRequire(import.meta.url)('pusher-js');
const PusherServer = createRequire(import.meta.url)('pusher');
const build = process.env.RINGDOWN_BUILD ?? new URL('../../build', import.meta.url).pathname;
const program = path.join(build, 'src', 'bin', 'ringdown');
let soketi, signer, dir;

before(async () => {
  soketi = await Soketi.start();
  signer = http.createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', () => {
      const { socket_id, channel_name } = querystring.parse(text);
      if (request.headers['x-key'] !== 'let me in') { reply.writeHead(403); return reply.end('{"error":"no"}'); }
      const presence = channel_name.startsWith('presence-') ? { user_id: 'ringdown', user_info: { name: 'Ringdown' } } : undefined;
      reply.writeHead(200, { 'Content-Type': 'application/json' });
      return reply.end(JSON.stringify(soketi.sdk.authorizeChannel(socket_id, channel_name, presence)));
    });
  });
  await new Promise((resolve) => signer.listen(0, '127.0.0.1', resolve));
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ringdown-watch-'));
});
after(async () => { signer.closeAllConnections?.(); signer.close(); await stopAll(); fs.rmSync(dir, { recursive: true }); });

const server = () => ['--key', Soketi.app.key, '--host', '127.0.0.1', '--port', String(soketi.port), '--no-tls'];
const auth = () => ['--auth-endpoint', `http://127.0.0.1:${signer.address().port}/pusher/auth`, '--header', 'X-Key: let me in'];
const lines = (child) => child.output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

test('watch prints what the official SDK triggers on public, private and presence channels', async () => {
  const watch = start('watch', [program, 'watch', ...server(), ...auth(), '--channel', 'news', '--channel', 'private-a', '--channel', 'presence-room',
    '--event', 'hello', '--json', '--count', '4']);
  for (const channel of ['news', 'private-a', 'presence-room']) await until(channel, async () => (await soketi.sockets(channel)) === 1);
  await soketi.sdk.trigger(['news', 'private-a', 'presence-room'], 'hello', { n: 1, text: 'ü "quoted"\n' });
  await soketi.sdk.trigger('news', 'other', { n: 2 });
  await soketi.sdk.trigger('news', 'hello', 'just text');
  assert.deepEqual(await watch.ended, { code: 0, signal: null });
  const seen = lines(watch);
  assert.equal(seen.length, 4);
  assert.deepEqual(seen.map(({ channel }) => channel).sort(), ['news', 'news', 'presence-room', 'private-a']);
  assert.deepEqual(seen.find(({ channel }) => channel === 'private-a').data, { n: 1, text: 'ü "quoted"\n' });
  assert.ok(seen.some(({ data }) => data === 'just text'));
  assert.ok(seen.every(({ time }) => Math.abs(Date.parse(time) - Date.now()) < 60000));
});

test('a pusher-js client in the same presence channel sees us', async () => {
  const watch = start('watch', [program, 'watch', ...server(), ...auth(), '--channel', 'presence-both', '--json']);
  await until('us', async () => (await soketi.sockets('presence-both')) === 1);
  const pusher = new Pusher(Soketi.app.key, {
    wsHost: '127.0.0.1', wsPort: soketi.port, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true,
    channelAuthorization: { customHandler: ({ socketId, channelName }, callback) => callback(null, soketi.sdk.authorizeChannel(socketId, channelName, { user_id: 'js', user_info: { name: 'pusher-js' } })) },
  });
  const channel = pusher.subscribe('presence-both');
  await until('its subscription', () => channel.subscribed);
  assert.deepEqual(Object.keys(channel.members.members).sort(), ['js', 'ringdown']);
  assert.deepEqual(channel.members.get('ringdown').info, { name: 'Ringdown' });
  channel.trigger('client-wave', { hand: 'left' });
  await until('the client event', () => lines(watch).some(({ event, user_id, data }) => event === 'client-wave' && user_id === 'js' && data.hand === 'left'));
  pusher.disconnect();
  watch.kill('SIGINT');
  assert.deepEqual(await watch.ended, { code: 0, signal: null });
});

test('watch signs the user in, and reads encrypted channels', async () => {
  const strict = await Soketi.start({ SOKETI_DEFAULT_APP_USER_AUTHENTICATION: 'true' });
  const sdk = new PusherServer({ appId: Soketi.app.id, key: Soketi.app.key, secret: Soketi.app.secret,
    host: '127.0.0.1', port: String(strict.port), useTLS: false, encryptionMasterKeyBase64: Buffer.alloc(32, 1).toString('base64') });
  const users = await Signer.start(() => sdk, { id: '7' });
  const watch = start('watch', [program, 'watch', '--key', Soketi.app.key, '--host', '127.0.0.1', '--port', String(strict.port), '--no-tls',
    '--auth-endpoint', users.url('/pusher/auth'), '--user-auth-endpoint', users.url('/pusher/user-auth'),
    '--channel', 'private-encrypted-a', '--json', '--count', '3']);
  await until('us', async () => (await strict.sockets('%23server-to-user-7')) === 1 && (await strict.sockets('private-encrypted-a')) === 1);
  assert.match(watch.output, /Signed in as 7/);
  await sdk.trigger('private-encrypted-a', 'sealed', { n: 1 });
  await until('the sealed event', () => lines(watch).length === 1);
  fs.writeFileSync(path.join(dir, 'secret'), Soketi.app.secret);
  fs.writeFileSync(path.join(dir, 'key'), Buffer.alloc(32, 1).toString('base64'));
  const trigger = (channel, extra = []) => run([program, 'trigger', '--key', Soketi.app.key, '--host', '127.0.0.1', '--port', String(strict.port), '--no-tls',
    '--app-id', Soketi.app.id, '--secret-file', path.join(dir, 'secret'), '--channel', channel, '--event', 'by-hand', '--data', '{"n":3}', ...extra]);
  assert.equal((await trigger('private-encrypted-a')).code, 1);
  const js = new Pusher(Soketi.app.key, {
    wsHost: '127.0.0.1', wsPort: strict.port, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true,
    channelAuthorization: { customHandler: ({ socketId, channelName }, callback) => callback(null, sdk.authorizeChannel(socketId, channelName)) },
  });
  const heard = [];
  const channel = js.subscribe('private-encrypted-a');
  channel.bind('by-hand', (data) => heard.push(data));
  await until('pusher-js', () => channel.subscribed);
  assert.equal((await trigger('private-encrypted-a', ['--encryption-key-file', path.join(dir, 'key')])).code, 0);
  await until('pusher-js to read it', () => heard.length === 1);
  assert.deepEqual(heard, [{ n: 3 }]);
  js.disconnect();
  assert.equal((await trigger('#server-to-user-7')).code, 0);
  assert.deepEqual(await watch.ended, { code: 0, signal: null });
  assert.deepEqual(lines(watch).map(({ channel, event, data }) => [channel, event, data]),
    [['private-encrypted-a', 'sealed', { n: 1 }], ['private-encrypted-a', 'by-hand', { n: 3 }], ['#server-to-user-7', 'by-hand', { n: 3 }]]);
  users.stop();
});

test('a refused channel ends with 1 and says who refused', async () => {
  const { code, stderr } = await run([program, 'watch', ...server(), '--auth-endpoint', `http://127.0.0.1:${signer.address().port}/pusher/auth`, '--channel', 'private-a', '--count', '1']);
  assert.equal(code, 1);
  assert.match(stderr, /403|refused/);
});

test('a wrong key ends with 1', async () => {
  const { code, stderr } = await run([program, 'watch', '--key', 'nobody', '--host', '127.0.0.1', '--port', String(soketi.port), '--no-tls', '--channel', 'news', '--count', '1']);
  assert.equal(code, 1);
  assert.match(stderr, /4001|nobody|application/i);
});

test('trigger reaches pusher-js, and a wrong secret is refused', async () => {
  const pusher = new Pusher(Soketi.app.key, { wsHost: '127.0.0.1', wsPort: soketi.port, forceTLS: false, enabledTransports: ['ws'], cluster: '', disableStats: true });
  const heard = [];
  const channel = pusher.subscribe('news');
  channel.bind('from-ringdown', (data) => heard.push(data));
  await until('the subscription', () => channel.subscribed);
  const secret = path.join(dir, 'secret');
  fs.writeFileSync(secret, `${Soketi.app.secret}\n`, { mode: 0o600 });
  const trigger = (file) => run([program, 'trigger', '--app-id', Soketi.app.id, ...server(), '--secret-file', file, '--channel', 'news', '--event', 'from-ringdown', '--data', '{"n":[1,2]}']);
  const good = await trigger(secret);
  assert.equal(good.stderr, '');
  assert.equal(good.code, 0);
  await until('the event', () => heard.length === 1);
  assert.deepEqual(heard[0], { n: [1, 2] });
  fs.writeFileSync(secret, 'wrong', { mode: 0o600 });
  const bad = await trigger(secret);
  assert.equal(bad.code, 1);
  assert.equal(bad.stderr.trim().split('\n').length, 1);
  pusher.disconnect();
});
