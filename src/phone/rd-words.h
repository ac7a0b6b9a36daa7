/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The words by which a site says how a call, a message, a person or an invoice stands: the profile's, and where it has
 * none the usual ones. */
typedef struct _RdWords RdWords;

typedef enum
{
  RD_WORDS_CALL,     /* RdEventCallStatus: "statuses" */
  RD_WORDS_DELIVERY, /* RdEventDelivery: "deliveries" */
  RD_WORDS_PRESENCE, /* RdEventPresence: "presences" */
  RD_WORDS_INVOICE,  /* for rd_words_get_nick() alone: "invoice-statuses" */
  RD_WORDS_DIRECTION, /* RdEventDirection; usual ones only */
  RD_N_WORDS,
} RdWordsKind;

/* @profile is checked already. */
RdWords    *rd_words_new      (JsonNode *profile) G_GNUC_WARN_UNUSED_RESULT;
void        rd_words_free     (RdWords *self);
/* 0: not known. @self: (nullable): the usual words */
guint       rd_words_lookup   (RdWords *self, RdWordsKind kind, const char *word);
/* (nullable): Ringdown's own word for a value that is not 0 */
const char *rd_words_get_nick (RdWordsKind kind, guint value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdWords, rd_words_free)

G_END_DECLS
