// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The newest CRM's own WebSocket, where its calls come instead of over Channels.

import { createRequire } from 'node:module';

const { WebSocketServer } = createRequire(import.meta.url)('ws');

export class CrmSocket {
  constructor(crm) {
    Object.assign(this, { crm, sockets: new Set(), pings: 0, refused: 0, deaf: false });
    this.server = new WebSocketServer({ noServer: true });
    crm.server.on('upgrade', (request, socket, head) => {
      if (request.url.split('?')[0] !== '/ws/video-call/7/' || request.headers.authorization !== `Bearer ${crm.token}`) {
        this.refused += 1;
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
      }
      this.server.handleUpgrade(request, socket, head, (ws) => this.take(ws));
    });
    /** The calls' events come here from now on. */
    crm.emit = async (event, call) => this.send({ event, data: crm.payload(call, 7) });
  }

  take(ws) {
    this.sockets.add(ws);
    ws.on('close', () => this.sockets.delete(ws));
    ws.on('message', (text) => {
      const frame = JSON.parse(text);
      if (frame.type !== 'ping') return;
      this.pings += 1;
      if (!this.deaf) ws.send(JSON.stringify({ type: 'pong', timestamp: frame.timestamp }));
    });
    ws.send(JSON.stringify({ type: 'connection_established', message: 'Connected', user_id: 7 }));
  }

  send(frame) { for (const ws of this.sockets) ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)); }
  drop() { for (const ws of this.sockets) ws.terminate(); }
}
