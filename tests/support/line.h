/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-client.h"
#include "channels-test-clock.h"
#include "held-authorizer.h"
#include "scripted-server.h"

G_BEGIN_DECLS

/* A fixture: a client, the server it talks to, the clock and the authoriser both in the test's hand. */
typedef struct
{
  ScriptedServer *server;
  ChannelsTestClock *clock;
  HeldAuthorizer *authorizer;
  SoupSession *session;
  ChannelsEndpoint *endpoint;
  ChannelsClient *client; /* a test may take it away */
  GError *last_error;     /* of ::error */
  char *last_error_channel;
  guint n_errors;
} Line;

void                  line_set_up           (Line *line, gconstpointer data);
/* All but the client, and the client with another authoriser */
void                  line_set_up_without   (Line *line, gconstpointer data);
void                  line_make_client      (Line *line, ChannelsAuthorizer *authorizer);
/* Nothing may be left: no object, no timer, no socket. */
void                  line_tear_down        (Line *line, gconstpointer data);
/* The same server by another name, for a client without an authoriser */
void                  line_use_host         (Line *line, const char *host);
void                  line_connect          (Line *line);
void                  line_await            (Line *line, ChannelsClientState state);
/* Moves time to the next timer, lets it happen, and awaits the connection. */
void                  line_await_return     (Line *line);
ChannelsSubscription *line_subscribe        (Line *line, const char *name);
void                  line_await_channel    (ChannelsSubscription *subscription, ChannelsSubscriptionState state);
/* Exactly so many: of a kind of frame about a channel, as the server has them; of questions to the authoriser. */
void                  line_await_frames     (Line *line, const char *event, const char *channel, guint n);
void                  line_await_requests   (Line *line, guint n);
/* Who comes ("+9 ") and goes ("-9 ") */
void                  line_log_members      (ChannelsSubscription *subscription, GString *log);
/* @expected: their ids, with commas between them */
void                  line_assert_members   (ChannelsSubscription *subscription, const char *expected);
/* Sends the named frame of frames.json. */
void                  line_send_fixture     (Line *line, const char *name);

G_END_DECLS
