/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-action"

#include "config.h"

#include "rd-profile-private.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-meta.h"

#include <string.h>

/* What the replies to an action say: events, values and lists out of JSON, values out of a page. */

#define MAX_CALLS 100
/* How large a reply may be bounds it as well. */
#define MAX_ITEMS 20000

static GError *
bad_reply (const RdAction *self, const char *said)
{
  return rd_fault_new (RD_FAULT_BAD_REPLY, NULL, 0, said, self->name);
}

static RdEvent *
map_item (RdProfile *profile, const RdListing *listing, JsonNode *json)
{
  g_autoptr (RdEvent) event = rd_event_new (listing->kind);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    return NULL;
  rd_fields_fill (listing->fields, event, json, rd_profile_get_words (profile));
  /* A session is listed, not announced: what it is, and since when, follows from how it stands. */
  if (listing->kind == RD_EVENT_CALL_STATUS)
    {
      event->at = 0;
      rd_fields_settle_call (event);
    }
  if (rd_fields_missing (event) != NULL)
    return NULL;
  rd_fields_make_key (event, NULL);
  return g_steal_pointer (&event);
}

/* One that is wrong among many is left out: the rest is still of use. */
static void
map_array (RdProfile *profile, const RdAction *self, const RdListing *listing, JsonArray *array, GPtrArray *out)
{
  guint length = MIN (json_array_get_length (array), listing->kind == RD_EVENT_CALL_STATUS ? MAX_CALLS : MAX_ITEMS);

  for (guint i = 0; i < length; i++)
    {
      RdEvent *event = map_item (profile, listing, json_array_get_element (array, i));

      if (event != NULL)
        g_ptr_array_add (out, event);
      else
        g_debug ("%s: item %u of the reply cannot be read", self->name, i);
    }
}

static const RdListing *
find_listing (const RdAction *self, RdEventKind kind)
{
  for (guint i = 0; i < self->listings->len; i++)
    {
      const RdListing *listing = g_ptr_array_index (self->listings, i);

      if (listing->kind == kind)
        return listing;
    }
  return NULL;
}

/* One thing where a list might stand. */
static gboolean
map_one (RdProfile *profile, const RdAction *self, const RdListing *listing, JsonNode *json, GPtrArray *out,
         GError **error)
{
  RdEvent *event = map_item (profile, listing, json);

  if (event == NULL)
    {
      g_propagate_error (error, bad_reply (self, listing->kind == RD_EVENT_CALL_STATUS
                                                   ? "the reply's call cannot be read"
                                                   : "what the reply holds cannot be read"));
      return FALSE;
    }
  g_ptr_array_add (out, event);
  return TRUE;
}

GPtrArray *
rd_action_map_items (RdProfile *profile, const RdAction *self, RdEventKind kind, JsonNode *body, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_event_unref);
  const RdListing *listing;
  JsonNode *found;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (self != NULL, NULL);

  listing = find_listing (self, kind);
  if (listing == NULL || body == NULL || JSON_NODE_HOLDS_NULL (body))
    return g_steal_pointer (&out);
  found = rd_value_find (listing->at, body);
  if (found == NULL)
    {
      g_propagate_error (error, bad_reply (self, kind == RD_EVENT_CALL_STATUS ? "the reply holds no call"
                                                                              : "the reply holds no such list"));
      return NULL;
    }
  if (JSON_NODE_HOLDS_ARRAY (found))
    map_array (profile, self, listing, json_node_get_array (found), out);
  else if (!map_one (profile, self, listing, found, out, error))
    return NULL;
  return g_steal_pointer (&out);
}

GPtrArray *
rd_action_map_calls (RdProfile *profile, const RdAction *self, JsonNode *body, GError **error)
{
  return rd_action_map_items (profile, self, RD_EVENT_CALL_STATUS, body, error);
}

gboolean
rd_action_lists (const RdAction *self, RdEventKind kind)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return find_listing (self, kind) != NULL;
}

RdEventAnswer
rd_action_has_more (const RdAction *self, JsonNode *body)
{
  g_return_val_if_fail (self != NULL, RD_EVENT_UNSAID);

  if (self->more == NULL || body == NULL)
    return RD_EVENT_UNSAID;
  /* An older revision of the site may page otherwise; but a mere list is all there is. */
  if (JSON_NODE_HOLDS_OBJECT (body) && !rd_value_is_said (self->more, body))
    return RD_EVENT_UNSAID;
  return rd_value_get_answer (self->more, body) == RD_EVENT_YES ? RD_EVENT_YES : RD_EVENT_NO;
}

guint
rd_action_get_text_limit (const RdAction *self)
{
  return self != NULL && self->text_limit > 0 ? self->text_limit : RD_PROFILE_MAX_MESSAGE;
}

guint
rd_action_get_page_size (const RdAction *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->page_size;
}

const char *const *
rd_action_get_must (const RdAction *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->must;
}

static RdValueType
value_type (const char *name)
{
  if (g_str_equal (name, "id"))
    return RD_VALUE_ID;
  if (g_str_equal (name, "access") || g_str_equal (name, "refresh") || g_str_has_prefix (name, "csrf"))
    return RD_VALUE_TOKEN;
  return RD_VALUE_NAME;
}

char *
rd_action_dup_meta (const RdAction *self, const char *html, gsize length, const char *name)
{
  g_autofree char *content = NULL;
  const char *meta;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (html != NULL || length == 0, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  meta = g_hash_table_lookup (self->metas, name);
  content = meta != NULL ? rd_meta_find (html, length, meta) : NULL;
  if (content == NULL)
    return NULL;
  switch (value_type (name))
    {
    case RD_VALUE_ID:
      return rd_clean_exact (content, RD_CLEAN_ID);
    case RD_VALUE_TOKEN:
      return rd_clean_exact (content, RD_CLEAN_TOKEN);
    case RD_VALUE_NAME:
    case RD_VALUE_TEXT:
    case RD_VALUE_SAID:
    case RD_VALUE_URL:
    case RD_VALUE_HTTPS_URL:
    default:
      return rd_clean_text (content, RD_CLEAN_NAME);
    }
}

const char **
rd_action_dup_names (const RdAction *self)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTable *tables[2];

  g_return_val_if_fail (self != NULL, (const char **) g_ptr_array_free (names, FALSE));

  tables[0] = self->values;
  tables[1] = self->metas;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, tables[i]);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
          g_ptr_array_add (names, name);
    }
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

char *
rd_action_dup_value (const RdAction *self, JsonNode *body, const char *name)
{
  RdValue *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  value = g_hash_table_lookup (self->values, name);
  if (value == NULL || body == NULL)
    return NULL;
  return rd_value_dup (value, body, value_type (name));
}

char **
rd_action_dup_list (const RdAction *self, JsonNode *body, const char *name)
{
  RdValue *value;

  g_return_val_if_fail (self != NULL, g_new0 (char *, 1));
  g_return_val_if_fail (name != NULL, g_new0 (char *, 1));

  value = g_hash_table_lookup (self->lists, name);
  if (value == NULL || body == NULL)
    return g_new0 (char *, 1);
  return rd_value_dup_list (value, body);
}
