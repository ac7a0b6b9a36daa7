// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The icon in a real tray, used by a real mouse, and by a client of its menu.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { run, stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';
import { COLOURS, Tray } from './lib/tray.mjs';

const prefix = 'io.github.ringdown.Ringdown-tray-';
let soketi, crm, session, ringdown, tray;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session, { window: true, settings: "window-on-call='never'" });
});
after(async () => { await tray?.stop(); await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });

const standing = async () => (await ringdown.get('/Agent', 'Agent1')).Tray;
const windows = async () => (await run(['xdotool', 'search', '--onlyvisible', '--class', 'ringdown'], { env: session.env })).stdout.split('\n').filter(Boolean);
const menuRow = (label) => until(`“${label}” in the menu`, async () => (await tray.labels()).includes(label));
const closeWindow = async () => {
  for (const id of await windows()) await run(['xdotool', 'windowclose', id], { env: session.env });
  await until('no window', async () => (await windows()).length === 0);
};

test('without a host: it says so, and a second launch shows the window', async () => {
  assert.equal(await standing(), 'no-host');
  await ringdown.do();
  await until('the window', async () => (await windows()).length > 0);
  await closeWindow();
  assert.equal(await standing(), 'no-host');
});

test('a host that comes later shows the icon: nobody is on the line', async () => {
  tray = await Tray.start(session);
  await until('the icon', async () => (await standing()) === 'shown');
  await tray.looks('offline');
  const item = await tray.item();
  assert.match(item.name, /^:/);
  assert.equal(item.Status, 'Active');
  assert.equal(item.ItemIsMenu, false);
  assert.equal(item.IconName, `${prefix}offline`);
  assert.deepEqual(item.IconPixmap, [16, 22, 24, 32, 48]);
  assert.deepEqual(item.AttentionIconPixmap, [16, 22, 24, 32, 48]);
  assert.equal(item.ToolTip[2], 'Ringdown');
});

test('on the line', async () => {
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
  await tray.looks('connected');
  const item = await tray.item();
  assert.equal(item.IconName, `${prefix}connected`);
  assert.equal(item.ToolTip[3], 'Connected');
  assert.match((await tray.labels())[0], /: Connected$/);
});

test('a call: the icon asks for attention, its menu opens by the mouse, and Answer in it answers', async () => {
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await tray.looks('ringing');
  assert.equal((await tray.item()).Status, 'NeedsAttention');
  await menuRow('Ada Lovelace Is Calling');
  await session.screenshot('tray-1-ringing');
  const before = await shot();
  await tray.click(3);
  await until('the menu', async () => (await shot()) !== before);
  await session.screenshot('tray-2-menu');
  await tray.mouse('key', 'Down', 'Return');
  await until('the answer at the site', () => crm.asked('answer').some(({ path }) => path.includes(`/${call.id}/`)));
  await ringdown.state('active');
  await tray.looks('connected');
  await menuRow('In a Call with Ada Lovelace');
  await tray.choose('Hang Up');
  assert.equal((await ringdown.ended(call.id)).state, 'ended');
});

test('the menu as a client reads it: silence and decline', async () => {
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await until('the ring', async () => (await ringdown.status()).agent.ring === 'full');
  await menuRow('Silence');
  await tray.choose('Silence');
  await until('silence', async () => (await ringdown.status()).agent.ring === 'silent');
  await until('no more attention', async () => (await tray.item()).Status === 'Active');
  assert.equal((await tray.item()).IconName, `${prefix}ringing`);
  await tray.choose('Decline');
  assert.equal((await ringdown.ended(call.id)).state, 'declined');
  await until('the people', async () => (await tray.menu()).some(({ label, items }) => label === 'Call Again' && items[0].label === 'Ada Lovelace'));
});

test('a missed call puts a badge on the icon until somebody looks', async () => {
  const call = await crm.ring();
  await ringdown.state('ringing-in');
  await crm.update(call, 9, 'end');
  assert.equal((await ringdown.ended(call.id)).state, 'missed');
  await tray.looks('missed');
  assert.equal((await tray.item()).IconName, `${prefix}connected-missed`);
  await menuRow('1 missed call');
  await session.screenshot('tray-3-missed');
  await ringdown.call('/Agent', 'History1', 'MarkSeen');
  await until('no badge', async () => (await tray.count(COLOURS.missed)) === 0);
});

test('do not disturb, and off again', async () => {
  await tray.choose('Until Turned Off');
  await tray.looks('quiet');
  assert.equal((await ringdown.get('/Agent', 'Quiet1')).Why, 'switch');
  await session.screenshot('tray-4-quiet');
  await tray.choose('Turn Off');
  await tray.looks('connected');
});

test('a click opens the window; the line stays when it is closed', async () => {
  await tray.click(1);
  await until('the window', async () => (await windows()).length > 0);
  await closeWindow();
  assert.equal((await ringdown.status()).accounts[0].state, 'connected');
  await tray.looks('connected');
});

test('the host crashes and comes back: so does the icon, with its menu', async () => {
  await tray.stop('SIGKILL');
  await until('no host', async () => (await standing()) === 'no-host');
  await tray.up();
  await until('the icon', async () => (await standing()) === 'shown');
  await tray.looks('connected');
  assert.match((await tray.labels())[0], /: Connected$/);
});

test('who wants no icon has none, at once; and has it again', async () => {
  ringdown.set("window-on-call='never'\ntray=false");
  await until('nothing', async () => (await standing()) === 'off');
  await until('an empty tray', async () => (await tray.count(COLOURS.connected)) === 0);
  ringdown.set("window-on-call='never'\ntray=true");
  await until('the icon', async () => (await standing()) === 'shown');
  await tray.looks('connected');
});

test('the link goes: so the icon says', async () => {
  await soketi.stop();
  await tray.looks('offline');
  assert.equal((await tray.item()).Status, 'Active');
  assert.notEqual((await tray.item()).ToolTip[3], 'Connected');
});

test('Quit ends it, and the icon goes', async () => {
  await tray.choose('Quit');
  assert.equal((await ringdown.agent.ended).code, 0);
  await until('an empty tray', async () => (await tray.count(COLOURS.offline)) === 0);
});

/** The screen above the icon, as one number. */
async function shot() {
  return (await run(['sh', '-c', 'import -silent -window root -crop 400x700+0+68 +repage -depth 8 rgb:- | md5sum'], { env: session.env })).stdout;
}
