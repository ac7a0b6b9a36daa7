// SPDX-FileCopyrightText: 2026 The Ringdown authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Frames that no server should send, and some have.

const deep = (depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

export const hostileFrames = (channel) => [
  '{}', '[]', 'null', '""', '0', 'not JSON', '', '{"event":', '\u0000',
  '{"event":7}', '{"event":null}', '{"event":{}}', '{"event":["pusher:ping"]}', '{"event":""}',
  '{"event":"pusher:error"}', '{"event":"pusher:error","data":null}', '{"event":"pusher:error","data":[]}', '{"event":"pusher:error","data":"text"}',
  '{"event":"pusher:error","data":{"code":"4200","message":7}}', '{"event":"pusher:error","data":{"code":4200,"message":"but open"}}',
  '{"event":"pusher:connection_established"}', '{"event":"pusher:connection_established","data":"{}"}', '{"event":"pusher:pong"}', '{"event":"pusher:ping"}',
  '{"event":"pusher_internal:subscription_succeeded"}', '{"event":"pusher_internal:subscription_succeeded","channel":7}',
  `{"event":"pusher_internal:subscription_succeeded","channel":"${channel}","data":"["}`,
  `{"event":"pusher_internal:subscription_count","channel":"${channel}"}`,
  `{"event":"pusher_internal:subscription_count","channel":"${channel}","data":"{\\"subscription_count\\":\\"many\\"}"}`,
  `{"event":"pusher_internal:member_added","channel":"${channel}"}`, `{"event":"pusher_internal:member_removed","channel":"${channel}","data":"{}"}`,
  '{"event":"pusher_internal:watchlist_events"}', '{"event":"pusher_internal:watchlist_events","data":"{\\"events\\":7}"}', '{"event":"pusher:signin_success"}',
  '{"event":"pusher:signin_success","data":"{\\"user_data\\":\\"[\\"}"}', '{"event":"pusher:subscription_error"}', '{"event":"pusher:cache_miss"}',
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((name) => [
    `{"event":"note","channel":"${name}","data":"{}"}`, `{"event":"pusher_internal:subscription_succeeded","channel":"${name}","data":"{}"}`,
    `{"event":"${name}","channel":"${channel}","data":"{}"}`,
  ]),
  `{"event":"note","channel":["${channel}"],"data":"{}"}`, `{"event":"note","channel":null,"data":null}`,
  `{"event":"other","channel":"${channel}","data":${deep(5000)}}`, deep(20000), `{"event":"other","channel":"${channel}","data":"${'x'.repeat(200000)}"}`,
  `{"event":"other","channel":"${channel}","data":"\\ud800"}`, `{"event":"other","channel":"${channel}","data":1e400}`,
  `{"event":"${'e'.repeat(10000)}","channel":"${channel}"}`, `{"event":"other","channel":"${'c'.repeat(10000)}"}`,
];
