// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Events as sites send them: a document of some depth inside a string inside a frame, so many bytes long altogether.

const item = (index) => ({ sku: `A-${1000 + index}`, title: `Chair no. ${index}`, count: 1 + (index % 3), price: '149.90' });

function text(event, channel, document) {
  return JSON.stringify({ event, channel, data: JSON.stringify(document) });
}

/** The frame's text in two parts, between which the time at which it is sent belongs ("sent_us" of the document). */
export function makeEvent(channel, event, bytes, id) {
  const document = { sent_us: 0, id, status: 'paid', total: 1499.5, customer: { id: 7, name: 'Ada Lovelace', mail: 'ada@example.org' }, items: [], note: '' };
  const digits = 15; // more of the time that comes in
  for (let index = 0; ; index += 1) {
    document.items.push(item(index));
    if (text(event, channel, document).length + digits > bytes) { document.items.pop(); break; }
  }
  document.note = 'x'.repeat(Math.max(0, bytes - text(event, channel, document).length - digits));
  const mark = '{\\"sent_us\\":';
  const whole = text(event, channel, document);
  const at = whole.indexOf(mark) + mark.length;
  return [whole.slice(0, at), whole.slice(at + 1)];
}

/** One text frame of a server: not masked. */
export function makeFrame(payload) {
  const body = Buffer.from(payload);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}
