// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The installed application on desktops that lack something: each has a way to go on, and says what is missing.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { Keyring, Speakers } from './lib/home.mjs';
import { run, start, stop, stopAll } from './lib/process.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';
import { User } from './lib/user.mjs';

const withoutActions = new URL('lib/notifications.py', import.meta.url).pathname;
const agent = async (user) => (await user.status()).agent;

/** What each desktop is like, and how Ringdown tells of it. */
const desktops = {
  'nothing missing but a tray and portals': {
    says: async (user) => assert.deepEqual({ notifications: 'ok', sound: 'ok', secrets: 'keyring' },
      (({ notifications, sound, secrets }) => ({ notifications, sound, secrets }))(await agent(user))),
  },
  'no keyring': {
    keyring: 'none',
    says: async (user) => {
      assert.equal((await agent(user)).secrets, 'memory');
      await user.sees('There is no keyring');
    },
  },
  'a keyring that stays locked': {
    keyring: 'locked',
    says: async (user) => assert.match((await agent(user)).secrets, /memory|keyring-locked/),
  },
  'no notification server': {
    notifications: 'none',
    says: async (user) => assert.equal((await agent(user)).notifications, 'absent'),
  },
  'a notification server that hangs': {
    hang: true,
    says: async (user) => until('the truth', async () => (await agent(user)).notifications === 'not-answering'),
  },
  'a notification server without buttons': {
    notifications: 'no-actions',
    says: async (user) => assert.equal((await agent(user)).notifications, 'no-actions'),
  },
  'no sound': {
    sound: 'none',
    says: async (user) => assert.match((await agent(user)).sound, /no-device|failed/),
  },
};

for (const [name, desktop] of Object.entries(desktops)) {
  describe(name, () => {
    let soketi, crm, session, user, speakers;

    before(async () => {
      soketi = await Soketi.start();
      crm = await Crm.start(soketi);
      session = await Session.start({ notifications: desktop.notifications ?? 'dunst', installed: true });
      if (desktop.notifications === 'no-actions') {
        start('notifications', ['/usr/bin/python3', withoutActions], { env: session.env });
        await until('the server', async () => (await run(['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus', '/',
          'org.freedesktop.DBus.GetNameOwner', 'string:org.freedesktop.Notifications'], { env: session.env })).code === 0);
      }
      if (desktop.sound !== 'none') speakers = await Speakers.start(session);
      if (desktop.keyring !== 'none') await Keyring.start(session, { locked: desktop.keyring === 'locked' });
      user = new User(session);
      const file = `${session.dir}/token`;
      fs.writeFileSync(file, `${crm.token}\n`, { mode: 0o600 });
      await user.does('account', 'add', '--profile', 'crm', '--site', crm.url, '--user-id', '7', '--key', Soketi.app.key, '--host', '127.0.0.1',
        '--port', String(soketi.port), '--no-tls', '--token-file', file);
      await user.online();
      if (desktop.hang) session.dunst.kill('SIGSTOP');
    });
    after(async () => {
      await session?.screenshot(`without-${Object.keys(desktops).indexOf(name)}-end`);
      session?.dunst?.kill('SIGCONT');
      await stopAll();
      await session?.end();
      await crm?.stop();
    });

    test('a call rings, shows in a window, and is answered there', async () => {
      const call = await crm.ring();
      await user.sees('Incoming call');
      if (speakers) await speakers.sounds();
      await desktop.says(user);
      await session.screenshot(`without-${Object.keys(desktops).indexOf(name)}`);
      await user.press('Answer');
      await until('the room', () => session.opened().some(({ url }) => url.startsWith(crm.room(call))));
      await user.press('Hang Up');
      await user.quiet();
      if (speakers) await speakers.silent();
    });

    test('one is declined with a message, one missed; both are in the history', async () => {
      await crm.ring();
      await user.call('ringing-in');
      await user.does('decline', '--message', 'Later, please');
      await until('the message at the site', () => crm.chat.messages.some(({ content }) => content === 'Later, please'));
      await user.quiet();
      const missed = await crm.ring();
      await user.call('ringing-in');
      await crm.update(missed, 9, 'end');
      await user.quiet();
      const states = JSON.parse(await user.does('history', '--json')).history.filter(({ kind }) => kind === 'call').map(({ state }) => state);
      assert.deepEqual(states, ['missed', 'declined', 'ended']);
    });

    test('with do not disturb nothing rings, and all is listed', async () => {
      await user.does('dnd', 'on');
      const call = await crm.ring();
      await user.call('ringing-in');
      await never('a ring', async () => (await agent(user)).ring !== 'silent', 1);
      await crm.update(call, 9, 'end');
      await user.quiet();
      await user.does('dnd', 'off');
      const next = await crm.ring();
      if (speakers) await speakers.sounds();
      else await user.call('ringing-in');
      await crm.update(next, 9, 'end');
      await user.quiet();
    });

    test('the window closes and the line stays; a second launch shows it again; quit ends all', async () => {
      await user.press('Close'); // not by keys: the keyring's own dialog, which nobody answers, may have them all
      await until('no window', async () => (await user.windows()).length === 0);
      assert.equal((await user.status()).accounts[0].state, 'connected');
      await user.does();
      await user.sees('Connected');
      await user.does('quit');
      await until('nobody left', async () => (await run(['pgrep', '-f', session.installed.libexec])).code !== 0);
    });
  });
}
