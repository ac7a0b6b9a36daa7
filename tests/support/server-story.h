/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-personality.h"
#include "line.h"
#include "signing-authorizer.h"

G_BEGIN_DECLS

/* A fixture: one of fixtures/servers.json, a client of its, and the application's authoriser. */
typedef struct
{
  Line line;
  ChannelsPersonality *server;
  SigningAuthorizer *authorizer;
  GString *log; /* what the client and its subscriptions told */
} ServerStory;

typedef struct
{
  const char *name;
  const char *needs; /* (nullable): a script that the server must have */
  void (*run) (ServerStory *story, gconstpointer server);
} ServerStoryTest;

/* Adds PREFIX/SERVER/NAME for each server that can play it. */
void                  server_story_add_all          (const char            *prefix,
                                                     const ServerStoryTest *tests,
                                                     gsize                  n);
/* A subscription that writes "EVENT DATA [USER];", "+ID;", "-ID;" and "gap;" into the log. */
ChannelsSubscription *server_story_subscribe        (ServerStory           *self,
                                                     const char            *name);
/* Awaits as much of the log, compares it, and empties it. */
void                  server_story_await_log        (ServerStory           *self,
                                                     const char            *expected);
/* How many subscribes the newest socket has sent; @channel (nullable) */
guint                 server_story_count_subscribes (ServerStory           *self,
                                                     const char            *channel);
void                  server_story_advance          (ServerStory           *self,
                                                     guint                  ms);

G_END_DECLS
