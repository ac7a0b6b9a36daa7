/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The other end of a client's sockets, without a network: a program that links this gets its sockets here in place of
 * soup_session_websocket_connect_async(), and everything behind it is libsoup's own. One for each session. */
typedef struct _FuzzWire FuzzWire;

/* What is said to who asks for a socket */
typedef enum
{
  FUZZ_WIRE_OPENS,
  FUZZ_WIRE_REFUSES,
  FUZZ_WIRE_DISTRUSTS, /* TLS */
  FUZZ_WIRE_HANGS,
  FUZZ_WIRE_N_ANSWERS
} FuzzWireAnswer;

FuzzWire *fuzz_wire_new         (SoupSession *session) G_GNUC_WARN_UNUSED_RESULT;
void      fuzz_wire_free        (FuzzWire *self);
void      fuzz_wire_set_answer  (FuzzWire *self, FuzzWireAnswer answer);
/* What the newest socket gets; nothing if there is none. */
void      fuzz_wire_send        (FuzzWire *self, SoupWebsocketDataType type, const char *text, gsize length);
void      fuzz_wire_send_raw    (FuzzWire *self, const char *data, gsize length);
/* @code 0: cut off */
void      fuzz_wire_close       (FuzzWire *self, guint code);
/* (nullable) (transfer full): the next text that the client has sent on its newest socket */
char     *fuzz_wire_take        (FuzzWire *self);
/* How many sockets there have been */
guint     fuzz_wire_get_n       (FuzzWire *self);
/* Lets everything that is ready happen. */
void      fuzz_wire_settle      (FuzzWire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FuzzWire, fuzz_wire_free)

G_END_DECLS
