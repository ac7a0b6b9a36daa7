/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

/* A section per site: what everybody else does there, and how it fails. */

const moods = [
  ['fine', 'as it should'], ['slow', 'slowly, after 3 s'], ['error', 'with an error'], ['html', 'with a Wi-Fi page'],
  ['silent', 'never'], ['signed-out', '“sign in” to everything'], ['no-sign-in', 'but lets nobody sign in'],
];
const statuses = [['online', 'online'], ['busy', 'busy'], ['away', 'away'], ['offline', 'offline']];
const steps = [['queued', 'Queued'], ['sent', 'Sent'], ['delivered', 'Delivered'], ['failed', 'Failed']];

/* What runs out at each site by itself, and what only a new sign-in heals; none: nobody signs in there */
const expiry = {
  crm: [['Expire the token', false], ['End the session', true]],
  team: [['End the session', true]],
  sms: [['Expire the page’s token', false], ['End the session', true]],
  invoices: [['Replace the token', true]],
  seed: [],
};

/* The CRM */

function duration(call) {
  const seconds = Math.max(0, Math.round((new Date(call.ended_at || Date.now()) - new Date(call.started_at)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function describe(call) {
  const media = call.audio ? 'audio' : 'video';
  switch (call.status) {
    case 'pending': return call.incoming ? `is calling you · ${media}` : `you are calling · ${media}`;
    case 'active': return `on the line with you · ${media} · ${duration(call)}`;
    case 'rejected': return call.incoming ? 'you declined' : 'declined your call';
    default: return call.started_at ? `ended after ${duration(call)}` : 'ended before anybody answered';
  }
}

function callRow(call) {
  const peer = call.peer || 'Nobody';
  const person = last.people.find(({ name }) => name === call.peer);
  const act = (action, more) => () => post('act', { call: call.id, action, ...more });
  const answers = [];
  if (call.live && call.status === 'pending' && !call.incoming)
    answers.push(button('Answer', 'answer', `Answer as ${peer}`, act('answer')),
      button('Decline', 'destructive', `Decline as ${peer}`, act('reject')));
  else if (call.live)
    answers.push(button(call.status === 'pending' ? 'Give up' : 'Hang up', 'destructive', `Hang up as ${peer}`, act('end')));
  if (call.live && call.status === 'pending' && call.incoming)
    answers.unshift(button('Answer elsewhere', '', `Answer ${peer} by another device of yours`, act('answer', { elsewhere: true })));
  const info = text(peer, describe(call));
  if (call.status === 'active')
    info.lastChild.dataset.call = call.id;
  const node = row(...(call.live ? [avatar(peer, person ? person.id : 0)] : []), info, buttons(...answers));
  node.classList.toggle('over', !call.live);
  node.classList.toggle('ringing', call.status === 'pending');
  return node;
}

function presence(person) {
  const box = element('select');
  for (const [value, name] of statuses)
    box.append(new Option(name, value));
  box.value = person.status;
  box.setAttribute('aria-label', `${person.name} is`);
  box.addEventListener('change', () => post('presence', { person: person.id, status: box.value }));
  return box;
}

function crmSection(list) {
  const say = field('They write', 'Have you got five minutes? 🙂');
  const subject = field('Issue', 'The label printer prints upside down');
  const people = list('Colleagues');
  const calls = list('Calls', 'polite');
  const messages = list('Messages', 'polite');
  people.before(row(say.node));
  messages.after(row(subject.node, buttons(
    button('New issue', '', '', () => post('issue', { title: subject.value })),
    button('Resolved', '', 'The issue is resolved', () => post('issue', { title: subject.value, status: 'resolved' })))));

  const personRow = person => {
    const free = button(person.available ? 'Takes calls' : 'No calls', person.available ? '' : 'pressed',
      `${person.name} takes calls`, () => post('presence', { person: person.id, available: !person.available }));
    free.setAttribute('aria-pressed', person.available);
    return row(avatar(person.name, person.id), text(person.name, person.message || person.email), buttons(
      button('Call me', 'suggested', `${person.name}: call me`, () => post('call', { from: person.id })),
      button('Audio', '', `${person.name}: call me, audio only`, () => post('call', { from: person.id, audio: true })),
      button('Write', '', `${person.name}: write to me`, () => post('message', { from: person.id, text: say.value })),
      button('Read', '', `${person.name}: read what I wrote`, () => post('read', { person: person.id })),
      presence(person), free));
  };
  const messageRow = message => {
    const from = last.people.find(({ id }) => id === message.sender_id);
    const to = last.people.find(({ id }) => id === message.recipient_id);
    const node = row(text(`${from ? from.name : 'Somebody'} → ${to ? to.name : 'somebody'}`, message.content),
      element('small', 'state', message.is_read ? 'read' : 'unread'));
    node.classList.add('over');
    return node;
  };
  return state => {
    replace(people, state.people.filter(({ you }) => !you), personRow, 'Nobody works here');
    replace(calls, state.calls, callRow, 'No calls yet');
    replace(messages, state.messages.slice(0, 4), messageRow, 'No messages yet');
    return `${state.unread} unread · ${state.calls.filter(({ live }) => live).length} on the line`;
  };
}

/* The team space */

function teamSection(list) {
  const say = field('They say', 'Who joins for coffee?');
  const members = list('Workspace “Product”');
  const messages = list('Said there', 'polite');
  members.before(row(say.node, button('Somebody new comes', '', '', () => post('join'))));
  const memberRow = member => row(avatar(member.name, member.id), text(member.name, member.present ? 'is here' : 'is away'),
    buttons(
      member.present ? button('Leave', '', `${member.name}: leave`, () => post('leave', { person: member.id }))
        : button('Come', 'suggested', `${member.name}: come`, () => post('join', { person: member.id })),
      button('Type', '', `${member.name}: type`, () => post('typing', { from: member.id })),
      button('Say it', '', `${member.name}: say it`, () => post('team-message', { from: member.id, text: say.value }))));
  const messageRow = message => {
    const node = row(text(message.senderName, message.content), element('small', 'state', clock(message.createdAt)));
    node.classList.add('over');
    return node;
  };
  return state => {
    const { team } = state;
    replace(members, team.members.filter(({ you }) => !you), memberRow, 'Nobody is here');
    replace(messages, team.messages.slice(0, 4), messageRow, 'Nothing yet');
    return `${team.members.filter(({ present }) => present).length} here · ${team.count} messages`;
  };
}

/* The SMS portal */

function smsSection(list) {
  const say = field('They text', 'Running ten minutes late, sorry');
  const people = list('Customers');
  people.before(row(say.node));
  people.after(
    row(text('What you send', 'arrives, fails or is never heard of again'), select('Then', [
      ['delivered', 'delivered'], ['failed', 'failed'], ['stuck', 'stuck']], what => post('delivery', { what }))),
    row(text('A telephone call', 'from Mara Okafor, as the provider tells of it'), buttons(
      ...[['initiating', 'Rings'], ['answered', 'Answered'], ['in_progress', 'Goes on'], ['ended', 'Ends'], ['failed', 'Fails']]
        .map(([status, label]) => button(label, '', `The telephone call: ${label}`, () => {
          if (status === 'initiating')
            smsSection.session = (smsSection.session || 0) + 1;
          post('sms-call', { session: smsSection.session || 1, status });
        })))),
    row(text('Event names', 'as the code, the guide or Laravel has them'), select('Spelled', [
      ['dotted', 'message.sent'], ['guide', 'MessageSent'], ['laravel', 'App\\Events\\MessageSent']],
    what => post('spelling', { what }))));
  const personRow = one => row(avatar(one.contact.replace('+', ''), one.id),
    text(one.contact, one.last ? `${one.status ? 'You: ' : ''}${one.last}${one.status ? ` (${one.status})` : ''}` : 'Nothing yet'),
    buttons(
      button(one.unread ? `Text me (${one.unread} unread)` : 'Text me', 'suggested', `${one.contact}: text me`,
        () => post('sms', { conversation: one.id, text: say.value })),
      ...(one.status ? steps.filter(([status]) => status !== one.status).map(([status, label]) => button(label, '',
        `Your text to ${one.contact}: ${label}`, () => post('sms-status', { message: one.sent, status }))) : [])));
  return state => {
    replace(people, state.sms.conversations, personRow, 'No customers');
    const unread = state.sms.conversations.reduce((sum, one) => sum + one.unread, 0);
    return `${unread} unread · ${state.sms.count} conversations`;
  };
}

/* Both revisions of the invoice site */

function invoiceSection(site, key) {
  return (list, body) => {
    const amount = field('Amount', '120.00');
    const what = field('For', 'Workshop');
    const next = () => last[key].next;
    const change = status => () => post('invoice-status', { site, invoice: next(), status });
    const pay = button('Paid', 'suggested', 'The next invoice is paid', () => post('pay', { site, invoice: next() }));
    const info = text('The next invoice', '');
    const changes = [pay, button('Expires', '', 'The next invoice expires', change('expired')),
      button('Cancelled', '', 'The next invoice is cancelled', change('cancelled'))];
    amount.node.classList.add('short');
    body.append(
      row(amount.node, what.node, button('New invoice', '', '',
        () => post('invoice', { site, amount: amount.value, description: what.value }))),
      row(info, buttons(...changes)),
      row(text('Many at once', 'five are paid within a moment'),
        button('Five are paid', '', '', () => post('pay-many', { site, count: 5 }))));
    if (key === 'later')
      body.append(row(text('Money goes out', 'the later revision’s other events'), buttons(
        button('Withdrawn', '', 'A withdrawal is completed', () => post('notify', {
          event: 'withdrawal_completed', title: 'Withdrawal completed', message: 'Your withdrawal of 250.00 is on its way' })),
        button('Refused', '', 'A withdrawal is refused', () => post('notify', {
          event: 'withdrawal_rejected', title: 'Withdrawal rejected', message: 'Your withdrawal of 250.00 was refused' })),
        button('Swept', '', 'A sweep is completed', () => post('notify', {
          event: 'sweep_completed', title: 'Sweep completed', message: 'The day’s payments are in one place' })))));
    return state => {
      const { count, pending } = state[key];
      info.lastChild.textContent = next() ? `#${next()} is to be paid` : 'All are paid';
      for (const node of changes)
        node.disabled = !next();
      return `${pending} to be paid of ${count}`;
    };
  };
}

/* All sites: whether you are on their line, how to sign in, how they fail */

const makers = {
  crm: crmSection, team: teamSection, sms: smsSection, invoices: invoiceSection('invoices', 'later'),
  seed: invoiceSection('seed', 'seed'),
};
const sections = {};

function lineOf(state, site) {
  if (state.outage || state.away.includes(site.id))
    return ['down', state.outage ? 'The line is down' : 'Away'];
  return site.on_the_line ? ['up', 'You are on the line'] : ['down', 'You are not on the line'];
}

function addSection(site) {
  const node = element('section', 'site');
  const title = element('h2', '', site.name);
  const pill = element('span', 'pill small');
  const facts = element('p', 'facts');
  const body = element('div', 'list');
  title.id = `${site.id}-title`;
  node.id = site.id;
  node.style.setProperty('--site', site.colour);
  node.setAttribute('aria-labelledby', title.id);
  pill.setAttribute('role', 'status');
  title.prepend(element('span', 'dot'));
  const head = element('div', 'head');
  head.append(title, pill);
  const list = (label, live) => {
    const heading = element('h3', '', label);
    const rows = element('div', 'rows');
    rows.setAttribute('aria-label', label);
    rows.setAttribute('role', 'group');
    if (live)
      rows.setAttribute('aria-live', live);
    body.append(heading, rows);
    return rows;
  };
  const update = makers[site.id](list, body);
  const mood = select('It answers', moods, value => post('mood', { site: site.id, mood: value }));
  body.append(element('h3', '', 'Trouble'), row(mood, buttons(
    button('Drop the line', 'destructive', `${site.name}: drop the line`, () => post('drop', { site: site.id })),
    button('Away for 5 s', 'destructive', `${site.name}: away for 5 s`, () => post('outage', { site: site.id })),
    ...expiry[site.id].map(([label, wholly]) => button(label, 'destructive', `${site.name}: ${label}`,
      () => post('expire', { site: site.id, wholly }))))));
  node.append(head, facts, body);
  $('sites').append(node);
  const jump = element('a', '', site.name);
  jump.href = `#${site.id}`;
  jump.style.setProperty('--site', site.colour);
  jump.prepend(element('span', 'dot'));
  $('jump').append(jump);
  return { pill, facts, mood: mood.querySelector('select'), update };
}

function showSite(state, site) {
  const section = sections[site.id] ||= addSection(site);
  const [kind, words] = lineOf(state, site);
  section.pill.className = `pill small ${kind}`;
  if (section.pill.textContent !== words)
    section.pill.textContent = words;
  section.mood.value = site.mood;
  const counts = section.update(state);
  const who = site.login ? ` · sign in as ${site.login}, ${site.password}` : '';
  section.facts.textContent = `${counts} · ${site.url}${who}`;
}

function addEverything() {
  const node = element('section', 'site');
  const body = element('div', 'list');
  const more = field('So many', '1000');
  const title = element('h2', '', 'All of them');
  title.id = 'all-title';
  node.setAttribute('aria-labelledby', title.id);
  more.node.classList.add('short');
  body.append(
    row(text('The network fails', 'and comes back'), buttons(
      button('The line, for 5 s', 'destructive', 'Drop the line of all sites for 5 s', () => post('outage')),
      button('Everything, for 5 s', 'destructive', 'All sites are away for 5 s', () => post('outage', { all: true })))),
    row(more.node, buttons(
      ...[['conversations', 'conversations'], ['invoices', 'invoices'], ['people', 'people'], ['messages', 'team messages']]
        .map(([what, label]) => button(`More ${label}`, '', '', () => post('bulk', { [what]: Number(more.value) || 0 }))))));
  node.append(title, body);
  $('sites').append(node);
}

function show(state) {
  const up = state.sites.filter(site => site.on_the_line).length;
  last = state;
  $('you').textContent = state.people.find(({ you }) => you).name;
  $('link').textContent = state.outage ? 'The line is down' : `On ${up} of ${state.sites.length} lines`;
  $('link').className = `pill ${up === state.sites.length && !state.outage ? 'up' : 'down'}`;
  for (const site of state.sites)
    showSite(state, site);
  if (!show.complete)
    addEverything();
  show.complete = true;
  showLog(state.log);
}

async function follow() {
  for (;;) {
    try {
      const reply = await fetch(`state?after=${lastLine}&serial=${last.serial}`);
      show(await reply.json());
    } catch {
      $('link').textContent = 'The demo has stopped';
      $('link').className = 'pill down';
      await new Promise(resolve => setTimeout(resolve, 2000));
    }
  }
}

setInterval(() => {
  for (const node of document.querySelectorAll('[data-call]')) {
    const call = last.calls.find(({ id }) => String(id) === node.dataset.call);
    if (call)
      node.textContent = describe(call);
  }
}, 1000);
follow();
