/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
'use strict';

/* What the page is made of: elements, requests, the log. What the sites can do stands in sites.js. */

const $ = id => document.getElementById(id);
let last = { serial: 0 };
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

async function post(what, body = {}) {
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
  if (description)
    node.setAttribute('aria-label', description);
  node.addEventListener('click', onClick);
  return node;
}

function buttons(...nodes) {
  const node = element('div', 'buttons');
  node.append(...nodes);
  return node;
}

function text(title, subtitle) {
  const node = element('div', 'text');
  node.append(element('strong', '', title), element('small', '', subtitle));
  return node;
}

function row(...nodes) {
  const node = element('div', 'row');
  node.append(...nodes);
  return node;
}

/* A list of words to choose from: [value, label]… */
function select(label, options, onChange) {
  const node = element('label', 'choice', `${label} `);
  const box = element('select');
  for (const [value, name] of options)
    box.append(new Option(name, value));
  box.addEventListener('change', () => onChange(box.value));
  node.append(box);
  return node;
}

/* What somebody says: a line to write in, with a button or several. */
function field(label, value) {
  const node = element('label', 'field');
  const input = element('input');
  input.value = value;
  input.maxLength = 1000;
  input.autocomplete = 'off';
  node.append(element('span', '', label), input);
  return { node, get value() { return input.value; } };
}

function avatar(name, id) {
  const initials = name.split(' ').map(word => word[0]).slice(0, 2).join('');
  const node = element('span', `avatar c${id % 5}`, initials);
  node.setAttribute('aria-hidden', 'true');
  return node;
}

function clock(time) {
  return new Date(time).toTimeString().slice(0, 8);
}

function showLog(entries) {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  for (const entry of entries) {
    const line = element('li', entry.kind);
    line.append(element('time', '', clock(entry.time)), element('b', '', entry.kind), element('span', '', entry.text));
    log.append(line);
    lastLine = entry.n;
  }
  while (log.childElementCount > 300)
    log.firstChild.remove();
  if (atEnd)
    log.scrollTop = log.scrollHeight;
}

/* Replaces a list where what it shows has changed, and leaves the keyboard's focus where it was. */
function replace(list, shown, makeRow, empty) {
  const drawn = JSON.stringify(shown);
  if (list.dataset.drawn === drawn)
    return;
  list.dataset.drawn = drawn;
  const active = list.contains(document.activeElement) ? document.activeElement : null;
  const focused = active && active.getAttribute('aria-label');
  list.replaceChildren(...(shown.length ? shown.map(makeRow) : [element('div', 'empty', empty)]));
  if (focused)
    [...list.querySelectorAll('button, select')].find(node => node.getAttribute('aria-label') === focused)?.focus();
}

for (const box of document.querySelectorAll('.filters input'))
  box.addEventListener('change', () => $('log').classList.toggle(`no-${box.dataset.kind}`, !box.checked));
