// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A TCP relay on loopback: stands between a client and a server to note when a byte string passes, and to take the
// line down and up again without the server's own start-up time in between.

import net from 'node:net';

export const now = () => performance.timeOrigin + performance.now();

/** Follows what a server sends over a WebSocket, to know when one of its frames is over. */
class Border {
  rest = Buffer.alloc(0);
  upgraded = false;
  body = 0; // bytes of the frame under way that are still to come

  take(chunk) {
    let bytes = Buffer.concat([this.rest, chunk]);
    if (!this.upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      this.upgraded = end >= 0;
      bytes = this.upgraded ? bytes.subarray(end + 4) : bytes;
    }
    while (this.upgraded && bytes.length > 0) {
      if (this.body === 0) {
        const size = bytes.length > 1 ? { 126: 4, 127: 10 }[bytes[1]] ?? 2 : Infinity;
        if (bytes.length < size) break;
        this.body = size === 2 ? bytes[1] : size === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
        bytes = bytes.subarray(size);
      }
      const taken = Math.min(this.body, bytes.length);
      this.body -= taken;
      bytes = bytes.subarray(taken);
    }
    this.rest = bytes;
  }

  get reached() { return this.upgraded && this.body === 0 && this.rest.length === 0; }
}

export class Relay {
  static async start(target, host = '127.0.0.1') {
    const self = new Relay();
    Object.assign(self, { target, host, pairs: new Set(), watches: [], counts: [], accepted: 0 });
    await self.up(0);
    self.port = self.server.address().port;
    return self;
  }

  up(port = this.port) {
    this.server = net.createServer((near) => this.join(near));
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, this.host, resolve);
    });
  }

  join(near) {
    const far = net.connect(this.target, '127.0.0.1');
    const pair = { near, far, border: new Border() };
    this.accepted += 1;
    this.pairs.add(pair);
    const end = () => { this.pairs.delete(pair); near.destroy(); far.destroy(); };
    for (const side of [near, far]) { side.setNoDelay(true); side.on('error', end); side.on('close', end); }
    near.on('data', (chunk) => { if (!pair.forgotten) far.write(chunk); });
    far.on('data', (chunk) => {
      if (pair.forgotten) return;
      for (const count of this.counts) if (chunk.includes(count.bytes)) count.n += 1;
      for (const watch of this.watches) if (!watch.at && chunk.includes(watch.bytes)) watch.at = now();
      near.write(chunk);
      pair.border.take(chunk);
    });
  }

  /** Sends every client a whole frame of our own; not to those that are just being sent a part of another. */
  inject(frame) {
    for (const { near, border, forgotten } of this.pairs) if (border.reached && !forgotten) near.write(frame);
  }

  /** Notes when `text` goes to a client: {at} in ms since the epoch, once it has. */
  watch(text) {
    const watch = { bytes: Buffer.from(text), at: 0 };
    this.watches.push(watch);
    return watch;
  }

  /** Counts from now on how often `text` goes to a client: {n}. */
  count(text) {
    const count = { bytes: Buffer.from(text), n: 0 };
    this.counts.push(count);
    return count;
  }

  /** As after a sleep: the sockets look open, and lead nowhere. New ones work. */
  forget() { for (const pair of this.pairs) pair.forgotten = true; }

  /** As a server that died: nothing listens, every socket is gone. */
  async down() {
    const { server } = this;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const { near, far } of [...this.pairs]) { near.destroy(); far.destroy(); }
    await closed;
  }
}
