// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Preferences and diagnostics of the real programs: opened by the keyboard, read and pressed by AT-SPI, and true.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { run, stopAll } from './lib/process.mjs';
import { Ringdown } from './lib/ringdown.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';

const script = new URL('lib/at.py', import.meta.url).pathname;
let soketi, crm, session, ringdown;

before(async () => {
  soketi = await Soketi.start();
  crm = await Crm.start(soketi);
  session = await Session.start();
  ringdown = await Ringdown.start(session, { window: true, env: { NO_AT_BRIDGE: '0', GTK_A11Y: 'atspi' } });
  await ringdown.addAccount(soketi, crm.url, { token: crm.token });
  await ringdown.online();
  await ringdown.do();
  await focus('Ringdown');
  await key('ctrl+comma');
  await focus('Preferences');
});
after(async () => { await ringdown?.stop(); await session?.end(); await crm?.stop(); await stopAll(); });

async function at(...words) {
  const { code, stdout, stderr } = await run(['/usr/bin/python3', script, ...words], { env: ringdown.env, seconds: 40 });
  assert.equal(code, 0, `at.py ${words.join(' ')}: ${stderr}`);
  return stdout;
}

// There is no window manager to do it.
async function focus(title) {
  const id = await until(`the window ${title}`, async () => {
    const { stdout } = await run(['xdotool', 'search', '--onlyvisible', '--name', `^${title}$`], { env: ringdown.env });
    return stdout.trim().split('\n').at(-1);
  });
  await run(['xdotool', 'windowfocus', '--sync', id], { env: ringdown.env });
}

async function key(...keys) {
  await run(['xdotool', 'key', ...keys], { env: ringdown.env });
}

const why = async () => (await ringdown.get('/Agent', 'Quiet1')).Why;

test('the pages by the keyboard; each switch says what it is', async () => {
  await at('wait', 'Start at login');
  await key('Down', 'Down');
  await at('wait', 'By the clock');
  await session.screenshot('20-preferences-quiet');
});

test('do not disturb: pressed here, it is so in the agent, and back', async () => {
  await at('press', 'Do not disturb');
  await until('do not disturb', async () => await why() === 'switch');
  await at('wait', 'Until you turn it off');
  await at('press', 'Do not disturb');
  await until('its end', async () => await why() === '');
});

test('a setting is one for the agent, too', async () => {
  assert.match(await ringdown.do('doctor', '--report'), /hide-when-locked true/);
  await key('Down');
  await at('press', 'Hide names and amounts');
  await until('the setting', async () => /hide-when-locked false/.test(await ringdown.do('doctor', '--report')));
});

test('the check goes the whole way, and says where it ends', async () => {
  await key('Down', 'Down');
  await at('wait', 'Why Does Nothing Arrive?');
  await at('press', 'Check');
  await at('wait', 'The server answered just now');
  await at('wait', 'The server lets you listen');
  await session.screenshot('21-preferences-check');
  assert.match(await ringdown.do('doctor', '--try'), /notification/);
  await soketi.kill();
  await until('no line', async () => (await ringdown.status()).accounts[0].state !== 'connected');
  await at('press', 'Check');
  await at('wait', 'cannot be reached');
  await session.screenshot('22-preferences-check-failed');
  const { code, stdout } = await ringdown.command('doctor');
  assert.equal(code, 1);
  assert.match(stdout, /✗ The servers/);
  await soketi.up();
  await ringdown.online();
});

test('the report says how it was, and nothing private', async () => {
  const report = await ringdown.do('doctor', '--report');
  assert.match(report, /Errors: [1-9]/);
  for (const secret of [crm.token, 'Ada Lovelace', Soketi.app.key, 'user-7']) assert.ok(!report.includes(secret), secret);
});
