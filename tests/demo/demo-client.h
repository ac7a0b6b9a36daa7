/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-channels.h"

G_BEGIN_DECLS

/* A bare WebSocket, with what came over it. */
typedef struct
{
  SoupSession *session;
  SoupWebsocketConnection *connection;
  GPtrArray *frames;   /* JsonNode, oldest first */
  char *socket_id;
  gboolean closed;
} DemoClient;

/* Connects and waits for the server's greeting, unless @greeted is FALSE. */
DemoClient *demo_client_new       (guint port, const char *key, gboolean greeted);
void        demo_client_free      (DemoClient *self);
void        demo_client_send      (DemoClient *self, const char *text);
void        demo_client_subscribe (DemoClient *self, const char *channel, const char *auth, const char *channel_data);
/* Waits for the next frame that was not taken yet and takes it. */
JsonNode   *demo_client_take      (DemoClient *self);
/* The same, and it must be this event. */
JsonObject *demo_client_expect    (DemoClient *self, const char *event);
/* Waits until everything sent so far has been answered, and says that nothing else came. */
void        demo_client_expect_silence (DemoClient *self);
/* (transfer full): the data, a document in a string, of a frame from demo_client_expect() */
JsonNode   *demo_frame_data       (JsonObject *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoClient, demo_client_free)

/* One HTTP request; @token and @body nullable. (transfer full) (nullable): the reply's JSON. */
JsonNode *demo_request (const char *method, const char *url, const char *token, const char *type, const char *body,
                        guint *status);

G_END_DECLS
