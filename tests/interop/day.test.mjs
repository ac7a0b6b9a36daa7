// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A user's day with the application as it is installed: in a session with a notification server, a tray, a keyring, a
// sound server whose level is measured and a media player that plays. The hands are AT-SPI's and the keyboard's, the
// sites' side is the real soketi and the official SDK.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { never, until } from './lib/await.mjs';
import { Crm } from './lib/crm.mjs';
import { Keyring, Player, Speakers } from './lib/home.mjs';
import { Invoices } from './lib/invoices.mjs';
import { run, stopAll } from './lib/process.mjs';
import { Session } from './lib/session.mjs';
import { Soketi } from './lib/soketi.mjs';
import { Tray } from './lib/tray.mjs';
import { User } from './lib/user.mjs';

for (const notifications of ['dunst', 'xfce4-notifyd']) {
  describe(`with ${notifications}`, () => {
    let soketi, crm, invoices, session, user, speakers, player, tray;
    const picture = (name) => session.screenshot(`day-${notifications}-${name}`);

    before(async () => {
      soketi = await Soketi.start();
      crm = await Crm.start(soketi);
      invoices = await Invoices.start(soketi);
      session = await Session.start({ notifications, installed: true });
      speakers = await Speakers.start(session);
      await Keyring.start(session);
      player = await Player.start(session);
      tray = await Tray.start(session);
      user = new User(session);
    });
    after(async () => { await tray?.stop(); await stopAll(); await session?.end(); await crm?.stop(); await invoices?.stop(); });

    test('the first start; an account is set up by a link that a colleague has sent', async () => {
      await user.does();
      await user.press('Add an Account');
      await user.type('Address, or a ringdown: link', `ringdown://setup?profile=crm&site=${encodeURIComponent(crm.url)}&name=Work`
        + `&key=${Soketi.app.key}&host=127.0.0.1&port=${soketi.port}&tls=false`);
      await user.press('Next');
      await user.sees('Set up 127.0.0.1?');
      await user.press('Next');
      await user.type('User name', 'you@example.org');
      await user.type('Password', crm.password);
      await user.press('Sign In');
      await picture('01-signing-in');
      await user.sees('All is well.');
      await user.press('Next');
      await user.press('Add');
      await user.online();
      await user.sees('Connected');
      assert.match(await Keyring.search(session), new RegExp(crm.token));
    });

    test('a call: it rings in the room, the music waits, the answer by the notification opens the room', async () => {
      const before = session.notifications().length;
      const call = await crm.ring();
      await user.notified('Ada Lovelace', before);
      await user.sees('Incoming call');
      await speakers.sounds();
      await player.is('Paused');
      await picture('02-ringing');
      await session.pressAction('Answer');
      await until('the answer at the site', () => crm.asked('answer').some(({ path }) => path.includes(`/${call.id}/`)));
      await until('the room', () => session.opened().some(({ url }) => url.startsWith('https://8x8.vc/')));
      await speakers.silent();
      assert.equal(player.state, 'Paused');
      await user.press('Hang Up');
      await user.quiet();
      await player.is('Playing');
    });

    test('the next call is inconvenient: it is declined with a message', async () => {
      const call = await crm.ring();
      await user.sees('Incoming call');
      await user.press('More about this call');
      await user.press('Can’t talk now');
      await user.quiet();
      assert.equal(crm.calls.get(call.id).status, 'rejected');
      await until('the message', () => crm.chat.messages.some(({ recipient_id: to, content }) => to === 9 && content === 'Can’t talk now'));
    });

    test('a call is missed: the notification stays, the window counts it; it is called back', async () => {
      const before = session.notifications().length;
      const call = await crm.ring();
      await user.call('ringing-in');
      await crm.update(call, 9, 'end');
      await user.quiet();
      const note = await user.notified('Missed', before);
      assert.equal(note.category, 'call.unanswered');
      assert.notEqual(note.urgency, 2);
      await user.press('Calls');
      await user.sees('Missed call');
      await picture('03-missed');
      await speakers.silent();
      await user.press('Call Ada Lovelace back');
      const placed = await user.call('ringing-out');
      await crm.update(crm.calls.get(Number(placed.id)), 9, 'answer');
      await user.call('active');
      await user.press('Hang Up');
      await user.quiet();
    });

    test('do not disturb: nothing rings, nothing shows, all is listed', async () => {
      await user.press('Do not disturb: off');
      await user.press('For 30 Minutes');
      await user.sees('Do not disturb until');
      await speakers.silent();
      const before = session.notifications().length;
      const call = await crm.ring();
      await user.call('ringing-in');
      await never('a sound', () => speakers.level() > 0.005, 2);
      assert.deepEqual(session.notifications().slice(before), []);
      await picture('04-not-disturbed');
      await crm.update(call, 9, 'end');
      await user.quiet();
      await user.press('Turn Off');
      await user.seesNo('Do not disturb until');
    });

    test('an invoice is paid: a toast that stays, with its sum', async () => {
      const file = path.join(session.dir, 'token');
      fs.writeFileSync(file, invoices.token, { mode: 0o600 });
      await user.does('account', 'add', '--profile', 'invoices', '--site', invoices.url, '--user-id', '7', '--name', 'Money', '--key', Soketi.app.key,
        '--host', '127.0.0.1', '--port', String(soketi.port), '--no-tls', '--token-file', file);
      await user.online(2);
      const before = session.notifications().length;
      await invoices.pay(3);
      await user.notified('Payment Received', before);
      await speakers.sounds();
      await user.press('Payments');
      await user.sees('INV-0003');
      await picture('05-paid');
    });

    test('the history is searched, and exported', async () => {
      await user.press('Calls');
      await user.type('Search the history', 'ada lov');
      await user.sees('You declined the call');
      await user.type('Search the history', 'nobody of this name');
      await user.sees('Nothing Found');
      await user.type('Search the history', '');
      await user.press('Export or erase the history');
      await user.press('Export as CSV…');
      const file = path.join(session.dir, 'calls.csv');
      await user.type('Name:', file);
      await user.keys('Return');
      const text = await until('the file', () => fs.existsSync(file) && fs.statSync(file).size > 0 && fs.readFileSync(file, 'utf8'));
      assert.match(text, /Ada Lovelace/);
      assert.match(text, /missed/);
      await picture('06-exported');
    });

    test('the window goes, the line stays; the evening comes: Quit in the tray', async () => {
      await until('no window', async () => (await user.windows()).length === 0 || (await user.keys('ctrl+w')));
      assert.deepEqual((await user.status()).accounts.map(({ state }) => state), ['connected', 'connected']);
      await tray.choose('Quit');
      await until('nobody left', async () => (await run(['pgrep', '-f', session.installed.libexec])).code !== 0);
      assert.equal(player.state, 'Playing');
      await speakers.silent();
    });
  });
}
