/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-words"

#include "config.h"

#include "rd-words.h"

#include "rd-event.h"
#include "rd-json.h"

/* From a site's words to Ringdown's. */

#define MAX_NICKS 7

struct _RdWords
{
  GHashTable *given[RD_N_WORDS]; /* utf8 → value; NULL: the profile says nothing */
};

/* What a profile calls the list, and Ringdown's words for its values. */
static const struct
{
  const char *member;
  const char *nicks[MAX_NICKS]; /* by value */
} lists[] = {
  [RD_WORDS_CALL] = { "statuses", { NULL, "pending", "active", "rejected", "completed" } },
  [RD_WORDS_DELIVERY] = { "deliveries", { NULL, "sending", "queued", "sent", "delivered", "read", "failed" } },
  [RD_WORDS_PRESENCE] = { "presences", { NULL, "online", "busy", "away", "offline" } },
  [RD_WORDS_INVOICE] = { "invoice-statuses", { NULL, "pending", "paid", "expired", "cancelled" } },
  [RD_WORDS_DIRECTION] = { NULL, { NULL, "in", "out" } },
};

G_STATIC_ASSERT (RD_EVENT_STATUS_COMPLETED == 4);
G_STATIC_ASSERT (RD_EVENT_DELIVERY_FAILED == 6);
G_STATIC_ASSERT (RD_EVENT_PRESENCE_OFFLINE == 4);
G_STATIC_ASSERT (RD_EVENT_DIRECTION_OUT == 2);

/* Beside those of the table above. */
static const struct
{
  RdWordsKind kind;
  const char *word;
  const char *nick;
} usual[] = {
  { RD_WORDS_CALL, "ringing", "pending" },
  { RD_WORDS_CALL, "initiating", "pending" },
  { RD_WORDS_CALL, "initiated", "pending" },
  { RD_WORDS_CALL, "answered", "active" },
  { RD_WORDS_CALL, "in_progress", "active" },
  { RD_WORDS_CALL, "declined", "rejected" },
  { RD_WORDS_CALL, "ended", "completed" },
  { RD_WORDS_CALL, "missed", "completed" },
  { RD_WORDS_CALL, "cancelled", "completed" },
  { RD_WORDS_CALL, "failed", "completed" },
  { RD_WORDS_DELIVERY, "pending", "queued" },
  { RD_WORDS_DELIVERY, "seen", "read" },
  { RD_WORDS_DELIVERY, "undelivered", "failed" },
  { RD_WORDS_PRESENCE, "active", "online" },
  { RD_WORDS_PRESENCE, "idle", "away" },
  { RD_WORDS_INVOICE, "unpaid", "pending" },
  { RD_WORDS_INVOICE, "canceled", "cancelled" },
  { RD_WORDS_DIRECTION, "inbound", "in" },
  { RD_WORDS_DIRECTION, "incoming", "in" },
  { RD_WORDS_DIRECTION, "outbound", "out" },
  { RD_WORDS_DIRECTION, "outgoing", "out" },
};

static guint
find_nick (RdWordsKind kind, const char *nick)
{
  for (guint i = 1; i < MAX_NICKS && lists[kind].nicks[i] != NULL; i++)
    if (g_ascii_strcasecmp (lists[kind].nicks[i], nick) == 0)
      return i;
  return 0;
}

static GHashTable *
read_list (RdWordsKind kind, JsonNode *json)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObjectIter iter;
  const char *nick = NULL;
  JsonNode *list = NULL;

  json_object_iter_init (&iter, json_node_get_object (json));
  while (json_object_iter_next (&iter, &nick, &list))
    {
      JsonArray *array = json_node_get_array (list);

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_hash_table_insert (words, g_strdup (json_array_get_string_element (array, i)),
                             GUINT_TO_POINTER (find_nick (kind, nick)));
    }
  return words;
}

RdWords *
rd_words_new (JsonNode *profile)
{
  RdWords *self = g_new0 (RdWords, 1);

  g_return_val_if_fail (profile != NULL, self);

  for (guint i = 0; i < RD_N_WORDS; i++)
    {
      JsonNode *json = lists[i].member != NULL ? rd_json_member (profile, lists[i].member) : NULL;

      if (json != NULL)
        self->given[i] = read_list ((RdWordsKind) i, json);
    }
  return self;
}

void
rd_words_free (RdWords *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < RD_N_WORDS; i++)
    g_clear_pointer (&self->given[i], g_hash_table_unref);
  g_free (self);
}

guint
rd_words_lookup (RdWords *self, RdWordsKind kind, const char *word)
{
  GHashTable *given = self != NULL ? self->given[kind] : NULL;
  guint value;

  g_return_val_if_fail (word != NULL, 0);

  value = given != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (given, word)) : 0;
  if (value == 0)
    value = find_nick (kind, word);
  for (guint i = 0; value == 0 && i < G_N_ELEMENTS (usual); i++)
    if (usual[i].kind == kind && g_ascii_strcasecmp (usual[i].word, word) == 0)
      value = find_nick (kind, usual[i].nick);
  return value;
}

const char *
rd_words_get_nick (RdWordsKind kind, guint value)
{
  g_return_val_if_fail ((guint) kind < RD_N_WORDS, NULL);

  return value < MAX_NICKS ? lists[kind].nicks[value] : NULL;
}
