/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-event.h"

G_BEGIN_DECLS

/* The messages of one account that are at hand, at most so many over all conversations. No I/O.
 *
 * Of each conversation one stretch without a hole: from some message to the newest, or to one before it (`newer`). */
typedef struct _RdMessages RdMessages;

typedef struct
{
  char *id;          /* (nullable): the site has not said yet */
  char *local_id;    /* (nullable): it was sent here, in this run */
  char *sender_id;   /* (nullable) GRefString */
  char *sender_name; /* (nullable) GRefString */
  char *title;       /* (nullable) */
  char *text;
  gint64 at;
  RdEventDelivery state;
  gboolean ours : 1;
  RdEventAnswer read : 3;
} RdMessage;

typedef struct
{
  char *conversation;
  GPtrArray *messages; /* RdMessage, oldest first */
  GHashTable *ids;     /* RdMessage.id → RdMessage */
  guint newer;         /* how many that are newer were let go */
  gboolean whole;      /* begins with the first there is */
  gboolean loaded;     /* its newest were asked from the site since the last gap */
  GList link;          /* in the order of use */
} RdStretch;

RdMessages *rd_messages_new     (guint max) G_GNUC_WARN_UNUSED_RESULT;
void        rd_messages_free    (RdMessages *self);
guint       rd_messages_get_size (RdMessages *self);
/* (nullable): nothing is known of it */
RdStretch  *rd_messages_lookup  (RdMessages *self, const char *conversation);
/* Made if need be; the others are let go before this one. */
RdStretch  *rd_messages_use     (RdMessages *self, const char *conversation);
/* There was a gap: what the site has accepted is asked again; what is being sent, or failed, stays. */
void        rd_messages_forget  (RdMessages *self);
/* The same for one of them. */
void        rd_messages_reset   (RdMessages *self, RdStretch *stretch);
/* (nullable): the conversation's stretch is set in @stretch (out) (nullable) */
RdMessage  *rd_messages_find    (RdMessages *self, const char *id, RdStretch **stretch);

/* -1: not there */
int         rd_stretch_index    (RdStretch *self, const char *id);
/* How many of them the site knows. */
guint       rd_stretch_count    (RdStretch *self);
/* (nullable): the oldest that was sent here with this text, has no id yet and is in @state */
RdMessage  *rd_stretch_find_sent (RdStretch *self, const char *text, RdEventDelivery state);
/* (nullable) */
RdMessage  *rd_stretch_find_local (RdStretch *self, const char *local_id);
RdMessage  *rd_message_new_sent (const char *local_id, const char *sender_id, const char *sender_name, const char *text,
                                 gint64 at) G_GNUC_WARN_UNUSED_RESULT;
/* Takes a message of the site's in, or what it says of one that is there. @now: for one that does not say when, or
 * says that it is to be; 0: it is from a history. (nullable): NULL if nothing is new. */
RdMessage  *rd_messages_take    (RdMessages *self, RdStretch *stretch, const RdEvent *event, gboolean ours, gint64 now);
/* (transfer full) @message */
void        rd_messages_add_sent (RdMessages *self, RdStretch *stretch, RdMessage *message);
/* One that was sent here: the site has it now, as @event says (nullable: nothing). The same message that came in by
 * another way is merged into it. */
void        rd_messages_settle  (RdMessages *self, RdStretch *stretch, RdMessage *message, const RdEvent *event);
/* One that failed is sent again. */
void        rd_messages_retry   (RdMessages *self, RdStretch *stretch, RdMessage *message, gint64 now);
void        rd_messages_remove  (RdMessages *self, RdStretch *stretch, RdMessage *message);
/* Lets go what the site knows and is older than @at: between that and what follows something may be missing. */
void        rd_messages_cut     (RdMessages *self, RdStretch *stretch, gint64 at);
/* Within the bound again: the longest unused go first; of @stretch itself the newest if @keep_old, else the oldest.
 * What is being sent stays. */
void        rd_messages_trim    (RdMessages *self, RdStretch *stretch, gboolean keep_old);
/* Takes over what is said of a message that is there. TRUE if it is in another state now. */
gboolean    rd_message_advance  (RdMessage *self, RdEventDelivery state);
/* (transfer floating): a MESSAGE */
GVariant   *rd_message_to_variant (const RdMessage *self, const char *conversation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdMessages, rd_messages_free)

G_END_DECLS
