/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-agenda-private.h"
#include "channels-auth-queue-private.h"
#include "channels-backoff-private.h"
#include "channels-connection-private.h"
#include "channels-decryptor-private.h"
#include "channels-rate-private.h"
#include "channels-subscription.h"

G_BEGIN_DECLS

typedef struct _ChannelsEntry ChannelsEntry;

/* What all entries of one roster work with. */
typedef struct
{
  GObject *owner;                 /* (unowned): held while an entry emits */
  ChannelsAuthQueue *auth_queue;  /* (nullable): nobody signs anything */
  ChannelsClock *clock;
  ChannelsConnection *connection; /* (nullable): the established socket */
  GQueue waiting;                 /* entries whose subscribe the server has not answered yet, the oldest first */
  ChannelsAgenda *retries;        /* of what was refused */
  guint timer;                    /* the deadline of the oldest of them, or earlier */
  gint64 answered;                /* monotonic, µs: when the oldest of that time was answered */
  gboolean signed_in;             /* on this socket */
  ChannelsRate rate;              /* of client events */
  guint subscribe_timeout;        /* ms */
  void (*report) (GObject *owner, const GError *error, const char *channel);
  void (*deliver) (GObject *owner, ChannelsEntry *entry, ChannelsEvent *event);
} ChannelsDesk;

/* One wanted channel and its way onto the current socket. Reference counted, for every emission may run code
 * that takes the channel or the whole client away: hold it, and look again. */
struct _ChannelsEntry
{
  ChannelsDesk *desk; /* (unowned) (nullable): NULL once the channel is no longer wanted */
  ChannelsSubscription *subscription;
  ChannelsAuthRequest *request; /* (nullable): the authorisation under way */
  GSequenceIter *retry;         /* (nullable): the next try, among the desk's */
  gboolean sent;                /* a subscribe stands on this socket, not refused */
  gboolean asked;               /* one was sent on this socket, whatever came of it */
  gboolean unanswered;          /* one was sent, and nothing came back in time, or nothing that named it */
  GList *waiting;               /* (nullable): its place among the desk's */
  gint64 sent_at;               /* monotonic, µs: when it took that place */
  gboolean refused_for_good;
  gint64 gap_from; /* real, µs; 0: nothing missed */
  ChannelsBackoff backoff;
  ChannelsDecryptor *decryptor; /* (nullable): an encrypted channel's */
};

ChannelsEntry *channels_entry_new           (ChannelsDesk  *desk,
                                             const char    *name) G_GNUC_WARN_UNUSED_RESULT;
ChannelsEntry *channels_entry_hold          (ChannelsEntry *entry);
void           channels_entry_release       (ChannelsEntry *entry);
const char    *channels_entry_get_name      (ChannelsEntry *entry);
gboolean       channels_entry_is_subscribed (ChannelsEntry *entry);
/* One try to get onto the socket; nothing but "pending" without one. */
void           channels_entry_join          (ChannelsEntry *entry);
/* The server has confirmed it. */
void           channels_entry_confirm       (ChannelsEntry *entry,
                                             JsonNode      *data);
/* Somebody has refused it, for good or until the backoff's next try. */
void           channels_entry_refuse        (ChannelsEntry *entry,
                                             const GError  *error,
                                             gboolean       for_good);
/* The socket is gone; @last_frame is the real time of its last frame. The state is left as it is. */
void           channels_entry_leave         (ChannelsEntry *entry,
                                             gint64         last_frame);
/* Unsubscribes, and takes the entry out of service. */
void           channels_entry_retire        (ChannelsEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsEntry, channels_entry_release)

G_END_DECLS
