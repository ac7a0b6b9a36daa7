/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-event.h"

G_BEGIN_DECLS

/* The conversations of one account that are known, newest first, bounded. No I/O.
 *
 * One is known by its id at the site, by whom it is with, or by both; which is learnt first does not matter. Its id on
 * the bus is the site's, or made of the person's as long as that alone is known, and stays for good. */
typedef struct _RdConversations RdConversations;

typedef struct
{
  char *id;       /* on the bus */
  char *site_id;  /* (nullable): if it is another one */
  char *peer_id;  /* (nullable): a room has none */
  char *name;     /* (nullable) */
  char *detail;   /* (nullable) */
  char *text;     /* (nullable): the start of the last message */
  gint64 at;
  guint32 unread;
  guint32 arrived; /* of those, since our user began to read */
  guint32 rank;    /* in the site's list, for those without a time */
  gboolean group : 1;
  gboolean ours : 1;
  gboolean counted : 1; /* the site has said how many are unread, or our user has read them */
  gboolean begun : 1;   /* listed by the site, or something was said in it */
  gboolean made : 1;    /* its id on the bus is not the site's */
  GSequenceIter *iter;
} RdConversation;

/* At most @max. */
RdConversations *rd_conversations_new      (guint max) G_GNUC_WARN_UNUSED_RESULT;
void             rd_conversations_free     (RdConversations *self);
guint            rd_conversations_get_size (RdConversations *self);
/* (nullable) (transfer none) each; valid until it is the oldest of too many */
RdConversation  *rd_conversations_lookup      (RdConversations *self, const char *id);
RdConversation  *rd_conversations_lookup_peer (RdConversations *self, const char *peer_id);
/* The one that @event is about, if it is known. @own: (nullable): our user's id */
RdConversation  *rd_conversations_find     (RdConversations *self, const RdEvent *event, const char *own);
/* The same, made if need be; NULL only if @event says nothing of whose it is. */
RdConversation  *rd_conversations_ensure   (RdConversations *self, const RdEvent *event, const char *own);
RdConversation  *rd_conversations_ensure_peer (RdConversations *self, const char *peer_id, const char *name);
RdConversation  *rd_conversations_ensure_room (RdConversations *self, const char *id);
/* Takes over what a site's list says; a time later than @latest is none. TRUE if anything is another. */
gboolean         rd_conversations_learn    (RdConversations *self, RdConversation *conversation, const RdEvent *event,
                                            const char *own, gint64 latest);
/* A message in it. TRUE if it is the last one. */
gboolean         rd_conversations_note     (RdConversations *self, RdConversation *conversation, const char *text,
                                            gint64 at, gboolean ours);
/* How many of them match @search (rd_match_prepare()), begun ones only; those from @offset, at most @limit, are added
 * to @builder (nullable) as CONVERSATIONs. */
guint            rd_conversations_list     (RdConversations *self, const char *search, guint offset, guint limit,
                                            GVariantBuilder *builder);
guint            rd_conversations_sum_unread (RdConversations *self);
/* Whether our user wrote it. @own: (nullable) */
gboolean         rd_conversations_is_ours  (const RdEvent *event, const char *own);
/* (transfer none): the id that the site knows it by, "" if none is known */
const char      *rd_conversation_get_site_id (const RdConversation *self);
/* (transfer floating): a CONVERSATION */
GVariant        *rd_conversation_to_variant  (const RdConversation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdConversations, rd_conversations_free)

G_END_DECLS
