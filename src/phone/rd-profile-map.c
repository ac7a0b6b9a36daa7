/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-private.h"

#include "rd-clean.h"
#include "rd-fault.h"

#include <string.h>

/* What a profile makes of what comes: events and members into RdEvents, values into channels and addresses. */

#define MAX_CHANNELS 256
#define MAX_CHANNEL_NAME 164

/* The protocol's names; a value that would make another one cannot be joined. */
static gboolean
is_channel_name (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_CHANNEL_NAME
         && strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-=@,.;") == length;
}

char **
rd_profile_dup_channels (RdProfile *self, RdVars *vars)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *channels;

  g_return_val_if_fail (RD_IS_PROFILE (self), g_new0 (char *, 1));
  g_return_val_if_fail (vars != NULL, g_new0 (char *, 1));

  channels = g_ptr_array_new ();
  for (guint i = 0; i < self->channels->len; i++)
    rd_template_expand_all (g_ptr_array_index (self->channels, i), vars, names, MAX_CHANNELS);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (is_channel_name (name) && !g_ptr_array_find_with_equal_func (channels, name, g_str_equal, NULL))
        g_ptr_array_add (channels, g_strdup (name));
      else
        g_debug ("%s: channel left out: double or illegal name", self->id);
    }
  g_ptr_array_add (channels, NULL);
  return (char **) g_ptr_array_free (channels, FALSE);
}

/* Puts the values into the template of a path: (transfer full). */
static char *
expand_path (RdTemplate *template, RdVars *vars, const char *where, GError **error)
{
  g_autofree char *path = rd_template_expand (template, vars, TRUE, error);
  g_auto (GStrv) segments = NULL;

  if (path == NULL)
    return NULL;
  /* These are percent-encoded to themselves, and would lead elsewhere. */
  segments = g_strsplit_set (path, "/?#", -1);
  if (!g_strv_contains ((const char *const *) segments, ".") && !g_strv_contains ((const char *const *) segments, ".."))
    return g_steal_pointer (&path);
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "not a legal value in a path", where));
  return NULL;
}

char *
rd_profile_dup_plain_path (RdProfile *self, RdVars *vars, GError **error)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (vars != NULL, NULL);
  g_return_val_if_fail (self->line_path != NULL, NULL);

  return expand_path (self->line_path, vars, "line", error);
}

char *
rd_profile_dup_page (RdProfile *self, const char *kind, RdVars *vars)
{
  RdTemplate *page;

  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (vars != NULL, NULL);

  page = g_hash_table_lookup (self->pages, kind);
  return page != NULL ? expand_path (page, vars, kind, NULL) : NULL;
}

gboolean
rd_profile_has_channels (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), FALSE);

  return self->channels->len > 0;
}

gboolean
rd_profile_joins_with (RdProfile *self, const char *variable)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), FALSE);
  g_return_val_if_fail (variable != NULL, FALSE);

  for (guint i = 0; i < self->channels->len; i++)
    if (rd_template_uses (g_ptr_array_index (self->channels, i), variable))
      return TRUE;
  return FALSE;
}

/* A field that the channel's name holds: "messenger.9" by "messenger.{conversation.id}". */
static void
read_channel (RdTemplate *template, RdEvent *event, const char *channel)
{
  const char *prefix, *suffix;
  const char *field = rd_template_get_only (template, &prefix, &suffix);
  gsize before = strlen (prefix), after = strlen (suffix);
  g_autofree char *value = NULL;

  if (channel == NULL || strlen (channel) <= before + after || !g_str_has_prefix (channel, prefix)
      || !g_str_has_suffix (channel, suffix))
    return;
  value = g_strndup (channel + before, strlen (channel) - before - after);
  rd_fields_set (event, field, value);
}

RdEvent *
rd_profile_fill_event (RdProfile *self, const RdProfileRule *rule, const char *channel, const char *event,
                       JsonNode *data)
{
  RdEvent *filled = rd_event_new (rule->kind);

  filled->channel = g_strdup (channel);
  rd_fields_fill (rule->fields, filled, data, self->words);
  if (rule->channel != NULL)
    read_channel (rule->channel, filled, channel);
  if (filled->kind == RD_EVENT_CALL_STATUS)
    rd_fields_settle_call (filled);
  /* What a notice is about, its name tells where its data do not. */
  if (filled->kind == RD_EVENT_NOTICE && filled->type == NULL)
    filled->type = rd_clean_text (event, RD_CLEAN_NAME);
  return filled;
}

const char **
rd_profile_dup_events (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return (const char **) g_hash_table_get_keys_as_array (self->events, NULL);
}

RdEvent *
rd_profile_map_event (RdProfile *self, const char *channel, const char *event, JsonNode *data, GError **error)
{
  g_autoptr (RdEvent) mapped = NULL;
  const RdProfileRule *rule;
  const char *missing = "data";

  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (event != NULL, NULL);

  rule = g_hash_table_lookup (self->events, event);
  if (rule == NULL)
    return NULL;
  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    {
      mapped = rd_profile_fill_event (self, rule, channel, event, data);
      missing = rd_fields_missing (mapped);
    }
  if (missing != NULL)
    {
      g_autofree char *said = g_strdup_printf ("%s is missing or of no use", missing);

      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_REPLY, NULL, 0, said, event));
      return NULL;
    }
  rd_fields_make_key (mapped, (const char *const *) rule->key);
  return g_steal_pointer (&mapped);
}

RdEvent *
rd_profile_map_member (RdProfile *self, const char *channel, const char *user_id, JsonNode *user_info)
{
  g_autoptr (RdEvent) member = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  id = rd_clean_exact (user_id, RD_CLEAN_ID);
  if (id == NULL)
    return NULL;
  member = rd_event_new (RD_EVENT_PERSON);
  member->channel = g_strdup (channel);
  if (self->members != NULL && user_info != NULL && JSON_NODE_HOLDS_OBJECT (user_info))
    rd_fields_fill (self->members, member, user_info, self->words);
  /* Who it is the protocol says, whatever the site put beside it. */
  g_free (member->person_id);
  member->person_id = g_steal_pointer (&id);
  if (member->presence == RD_EVENT_PRESENCE_UNKNOWN)
    member->presence = RD_EVENT_PRESENCE_ONLINE;
  rd_fields_make_key (member, NULL);
  return g_steal_pointer (&member);
}
