/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

const $ = id => document.getElementById(id);
let last = { serial: 0, people: [], calls: [] };
let lastLine = 0;

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className)
    node.className = className;
  if (text !== undefined)
    node.textContent = text;
  return node;
}

function toast(text) {
  $('toast').textContent = text;
  $('toast').hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $('toast').hidden = true; }, 4000);
}

async function post(what, body) {
  try {
    const reply = await fetch(what, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    if (!reply.ok)
      toast((await reply.json()).error);
  } catch {
    toast('The demo does not answer: has it been stopped?');
  }
}

function button(label, className, description, onClick) {
  const node = element('button', className, label);
  node.type = 'button';
  node.setAttribute('aria-label', description);
  node.addEventListener('click', onClick);
  return node;
}

function avatar(name, id) {
  const initials = name.split(' ').map(word => word[0]).slice(0, 2).join('');
  const node = element('span', `avatar c${id % 5}`, initials);
  node.setAttribute('aria-hidden', 'true');
  return node;
}

function text(title, subtitle) {
  const node = element('div', 'text');
  node.append(element('strong', '', title), element('small', '', subtitle));
  return node;
}

function personRow(person) {
  const row = element('div', 'row');
  const buttons = element('div', 'buttons');
  buttons.append(
    button('Call me', 'suggested', `${person.name}: call me`, () => post('call', { from: person.id })),
    button('Call me (audio)', '', `${person.name}: call me, audio only`, () => post('call', { from: person.id, audio: true })),
    button('Message', '', `${person.name}: send me a message`, () => post('message', { from: person.id })));
  row.append(avatar(person.name, person.id), text(person.name, person.email), buttons);
  return row;
}

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
  const row = element('div', `row ${call.live ? '' : 'over'} ${call.status === 'pending' ? 'ringing' : ''}`);
  const peer = call.peer || 'Nobody';
  const person = last.people.find(({ name }) => name === call.peer);
  const buttons = element('div', 'buttons');
  const act = action => () => post('act', { call: call.id, action });
  if (call.live && call.status === 'pending' && !call.incoming) {
    buttons.append(
      button('Answer', 'answer', `Answer as ${peer}`, act('answer')),
      button('Decline', 'destructive', `Decline as ${peer}`, act('reject')));
  } else if (call.live) {
    buttons.append(button('Hang up', 'destructive', `Hang up as ${peer}`, act('end')));
  }
  const info = text(peer, describe(call));
  if (call.live)
    row.append(avatar(peer, person ? person.id : 0));
  if (call.status === 'active')
    info.lastChild.dataset.call = call.id;
  row.append(info, buttons);
  return row;
}

function showLog(entries) {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  for (const entry of entries) {
    const line = element('li', entry.kind);
    line.append(element('time', '', new Date(entry.time).toTimeString().slice(0, 8)), element('b', '', entry.kind),
      element('span', '', entry.text));
    log.append(line);
    lastLine = entry.n;
  }
  while (log.childElementCount > 300)
    log.firstChild.remove();
  if (atEnd)
    log.scrollTop = log.scrollHeight;
}

/* Replaces a list without taking the keyboard's focus from a button that is still there. */
function replace(list, rows) {
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  list.replaceChildren(...rows);
  if (focused)
    [...list.querySelectorAll('button')].find(node => node.getAttribute('aria-label') === focused)?.focus();
}

function show(state) {
  const next = state.later.next;
  const peopleChanged = last.people.length !== state.people.length;
  last = state;
  $('you').textContent = state.people.find(({ you }) => you).name;
  $('link').textContent = state.outage ? 'The line is down' : state.on_the_line ? 'You are on the line' : 'You are not on the line';
  $('link').className = `pill ${state.on_the_line && !state.outage ? 'up' : 'down'}`;
  if (peopleChanged)
    replace($('people'), state.people.filter(({ you }) => !you).map(personRow));
  replace($('calls'), state.calls.length ? state.calls.map(callRow) : [element('div', 'empty', 'No calls yet')]);
  $('pay').disabled = !next;
  $('pay').textContent = next ? `Pay invoice #${next}` : 'All are paid';
  $('pay').dataset.invoice = next || '';
  $('invoice-text').textContent = next ? `Invoice #${next} is open` : 'No invoice is open';
  $('outage').disabled = state.outage;
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

$('pay').addEventListener('click', () => post('pay', { invoice: Number($('pay').dataset.invoice) }));
$('outage').addEventListener('click', () => post('outage', {}));
for (const box of document.querySelectorAll('.filters input'))
  box.addEventListener('change', () => $('log').classList.toggle(`no-${box.dataset.kind}`, !box.checked));
setInterval(() => {
  for (const node of document.querySelectorAll('[data-call]')) {
    const call = last.calls.find(({ id }) => String(id) === node.dataset.call);
    if (call)
      node.textContent = describe(call);
  }
}, 1000);
follow();
