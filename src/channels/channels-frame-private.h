/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "channels-glance-private.h"

G_BEGIN_DECLS

typedef enum
{
  CHANNELS_FRAME_EVENT,              /* an event for whoever subscribed; channel may be NULL */
  CHANNELS_FRAME_ESTABLISHED,        /* socket_id, activity_timeout */
  CHANNELS_FRAME_ERROR,              /* code, message; channel may be NULL */
  CHANNELS_FRAME_PING,
  CHANNELS_FRAME_PONG,
  CHANNELS_FRAME_SUBSCRIBED,         /* channel, data */
  CHANNELS_FRAME_SUBSCRIPTION_ERROR, /* code = HTTP status, message; channel may be NULL */
  CHANNELS_FRAME_MEMBER_ADDED,       /* channel, user_id, info */
  CHANNELS_FRAME_MEMBER_REMOVED,     /* channel, user_id */
  CHANNELS_FRAME_SIGNED_IN,          /* data */
  CHANNELS_FRAME_WATCHLIST,          /* data */
} ChannelsFrameKind;

/* One frame from the server, typed. Strings belong to the frame. */
typedef struct
{
  ChannelsFrameKind kind;
  const char *event;
  const char *channel; /* (nullable) */
  JsonNode *data;      /* the inner document, a string node if it is no JSON, or a JSON null; %NULL: it was not read */
  const char *text;    /* (nullable): what was read, if it was a string */
  ChannelsSlice raw;   /* what was not: a string as it stands in @source, or nothing if there is no data */
  GBytes *source;      /* (unowned) (nullable) */
  char *user_id;       /* (nullable): an event's sender, or the member */
  JsonNode *info;      /* (nullable): the member's user_info */
  const char *socket_id;
  guint activity_timeout; /* s, 0: not said */
  int code;               /* 0: none */
  char *message;          /* (nullable): bounded, printable, without signatures */

  JsonNode *root;
  char *name; /* (nullable): an event's name that does not stand in the root as it is */
  char names[2 * (CHANNELS_GLANCE_MAX_NAME + 1)]; /* those that were glanced at */
} ChannelsFrame;

/* CHANNELS_ERROR_MALFORMED if the text is not what the protocol says. @self is cleared on failure. */
gboolean channels_frame_parse (ChannelsFrame *self,
                               const char    *text,
                               gssize         length,
                               GError       **error);
/* The same for a message that a socket has received. What anybody may send on a channel that is not encrypted is only
 * glanced at: whether its data is a document is found out when somebody asks for it. */
gboolean channels_frame_read  (ChannelsFrame *self,
                               GBytes        *message,
                               GError       **error);
void     channels_frame_clear (ChannelsFrame *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChannelsFrame, channels_frame_clear)

/* (transfer full): what a server wrote, fit for a status line: at most 200 characters, no control
 * characters, and nothing that looks like a signature or a token. */
char    *channels_frame_clean_message (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer full): the frames this client sends */
char    *channels_frame_subscribe   (const char *channel,
                                     const char *auth,
                                     const char *channel_data) G_GNUC_WARN_UNUSED_RESULT;
char    *channels_frame_unsubscribe (const char *channel) G_GNUC_WARN_UNUSED_RESULT;
char    *channels_frame_sign_in     (const char *auth,
                                     const char *user_data) G_GNUC_WARN_UNUSED_RESULT;
/* @data: (nullable) */
char    *channels_frame_client_event (const char *channel,
                                      const char *event,
                                      JsonNode   *data) G_GNUC_WARN_UNUSED_RESULT;

#define CHANNELS_FRAME_TEXT_PING "{\"event\":\"pusher:ping\",\"data\":{}}"
#define CHANNELS_FRAME_TEXT_PONG "{\"event\":\"pusher:pong\",\"data\":{}}"

G_END_DECLS
