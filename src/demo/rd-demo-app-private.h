/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-app.h"

G_BEGIN_DECLS

/* RdDemoApp is one object in two files: rd-demo-app.c the protocol, rd-demo-app-presence.c presence channels. */

struct _RdDemoApp
{
  GObject parent_instance;

  char *id;
  char *key;
  char *secret;
  GPtrArray *sockets;
  gboolean away;
  GHashTable *guests;  /* presence channel → JsonObject, user id → user_info */
};

/* Presence */

/* Lets the socket in and tells the others, or refuses it. @data: of its pusher:subscribe */
void rd_demo_app_join_presence (RdDemoApp *self, RdDemoSocket *socket, const char *channel, JsonObject *data);
/* Any channel */
void rd_demo_app_leave         (RdDemoApp *self, RdDemoSocket *socket, const char *channel);

/* Protocol */

void rd_demo_app_tell   (RdDemoApp *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* @except: (nullable) */
void rd_demo_app_send   (RdDemoApp *self, const char *channel, const char *frame, RdDemoSocket *except);
void rd_demo_app_refuse (RdDemoSocket *socket, const char *channel, const char *type, const char *error, int status);

G_END_DECLS
