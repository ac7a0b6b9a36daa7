// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// At home in a session: two real notification servers' do-not-disturb, media players, start at login as the session does
// it, a window that is closed, and the end of it all.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { run, start, stop, stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

const id = 'io.github.ringdown.Ringdown';
const playerProgram = new URL('lib/player.py', import.meta.url).pathname;
let soketi, crm, session, ringdown;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session, { window: true, settings: "window-on-call='never'" });
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
});
after(async () => { await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });

const ok = async (...argv) => { const { code, stderr } = await run(argv, { env: session.env }); assert.equal(code, 0, stderr); };
const quiet = (wanted) => until(`the desktop's quiet: ${wanted}`, async () => (await ringdown.get('/Agent', 'Quiet1')).Desktop === wanted);
const ring = async () => (await ringdown.status()).agent.ring;
const windows = async () => (await run(['xdotool', 'search', '--onlyvisible', '--class', 'ringdown'], { env: session.env })).stdout.split('\n').filter(Boolean);
const decline = async () => { await ringdown.do('decline'); await ringdown.quiet(); };

/** A call while the desktop is quiet is there and silent; it rings the moment that ends. */
async function held(off) {
  const seen = session.notifications().length;
  await crm.ring();
  await ringdown.state('ringing-in');
  assert.equal(await ring(), 'silent');
  await off();
  await quiet(false);
  await until('the ring', async () => (await ring()) === 'full');
  await until('its notification', () => session.notifications().slice(seen).some(({ category }) => category === 'call.incoming'));
  await decline();
}

test('dunst that is paused', async () => {
  await ok('dunstctl', 'set-paused', 'true');
  await quiet(true);
  await held(() => ok('dunstctl', 'set-paused', 'false'));
});

test('do not disturb of Xfce, which outlives no server', async () => {
  await ok('dunstctl', 'set-paused', 'true');
  await quiet(true);
  await session.stopDunst();
  await quiet(false);
  const folder = fs.readdirSync('/usr/lib', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => path.join('/usr/lib', name, 'xfce4/notifyd/xfce4-notifyd'));
  const program = [...folder, '/usr/lib/xfce4/notifyd/xfce4-notifyd'].find((file) => fs.existsSync(file));
  const notifyd = start('xfce4-notifyd', [program], { env: session.env });
  const set = (...value) => ok('xfconf-query', '-c', 'xfce4-notifyd', '-p', '/do-not-disturb', ...value);
  await set('-n', '-t', 'bool', '-s', 'true');
  await quiet(true);
  await set('-s', 'false');
  await quiet(false);
  await set('-s', 'true');
  await quiet(true);
  await held(() => set('-r'));
  await stop(notifyd);
  await session.startDunst();
});

test('media players pause for the call and play on, unless somebody has touched them', async () => {
  const players = ['music', 'film'].map((name) => {
    const player = start(name, ['/usr/bin/python3', playerProgram, name], { env: session.env, stdio: ['pipe', 'pipe', 'pipe'] });
    player.is = (...lines) => until(`${name}: ${lines.join(', ')}`, () => player.output === ['here', ...lines, ''].join('\n'));
    return player;
  });
  const [music, film] = players;
  await Promise.all(players.map((player) => player.is()));
  await crm.ring();
  await Promise.all(players.map((player) => player.is('Paused')));
  film.stdin.write('Playing\n');
  await film.is('Paused', 'Playing');
  film.stdin.write('Paused\n');
  await film.is('Paused', 'Playing', 'Paused');
  await decline();
  await music.is('Paused', 'Playing');
  await film.is('Paused', 'Playing', 'Paused');
  await Promise.all(players.map((player) => stop(player)));
});

test('a window that is closed leaves the line open', async () => {
  await ringdown.do();
  await until('the window', async () => (await windows()).length > 0);
  for (const one of await windows()) await run(['xdotool', 'windowclose', one], { env: session.env });
  await until('no window', async () => (await windows()).length === 0);
  await crm.ring();
  await ringdown.state('ringing-in');
  await until('the ring', async () => (await ring()) === 'full');
  await decline();
});

test('start at login: the session starts it, and nothing is shown', async () => {
  const file = path.join(session.env.XDG_CONFIG_HOME, 'autostart', `${id}.desktop`);
  const state = (wanted) => until(`start at login: ${wanted}`, async () => (await ringdown.get('/Agent', 'Agent1')).Autostart === wanted);
  await state('off');
  ringdown.set("window-on-call='never'\nautostart=true");
  await state('on');
  await ok('desktop-file-validate', file);
  await ringdown.do('quit');
  const seen = session.notifications().length;
  await ok('gio', 'launch', file);
  await until('the agent', async () => (await ringdown.command('status')).code === 0);
  assert.deepEqual(await windows(), []);
  assert.equal(session.notifications().length, seen);
  await ringdown.do('quit');
  await ringdown.up();
  ringdown.set("window-on-call='never'");
  await state('off');
  assert.equal(fs.existsSync(file), false);
});

test('quit ends the window, too', async () => {
  await ringdown.do();
  await until('the window', async () => (await windows()).length > 0);
  await ringdown.do('quit');
  await until('no window', async () => (await windows()).length === 0);
  assert.equal((await ringdown.agent.ended).code, 0);
});
