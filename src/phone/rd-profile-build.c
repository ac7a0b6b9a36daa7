/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-private.h"

#include "rd-json.h"

#include <string.h>

/* From JSON that is known to be good to an RdProfile. */

char **
rd_profile_dup_strings (JsonNode *json)
{
  g_autoptr (GPtrArray) strings = g_ptr_array_new ();
  JsonArray *array = json != NULL ? json_node_get_array (json) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (strings, g_strdup (rd_json_string (json_array_get_element (array, i))));
  g_ptr_array_add (strings, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);
}

static void
build_access (RdProfile *self, JsonNode *root)
{
  JsonNode *token = rd_json_member (root, "token");
  JsonNode *authorise = rd_json_member (root, "authorise");

  self->token_header = g_strdup (token != NULL ? rd_json_string (rd_json_member (token, "header")) : "Authorization");
  self->token_prefix = g_strdup (token != NULL ? rd_json_string (rd_json_member (token, "prefix")) : "Bearer ");
  self->authorise_path = g_strdup (rd_json_string (rd_json_member (authorise, "path")));
  self->authorise_json = g_strcmp0 (rd_json_string (rd_json_member (authorise, "encoding")), "json") == 0;
}

static GPtrArray *
build_steps (JsonNode *json, const char *name, GHashTable *sets)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_action_free);
  JsonArray *array = json != NULL ? json_node_get_array (json) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (steps, rd_action_new (name, json_array_get_element (array, i), sets));
  return steps;
}

static RdSignInWays
read_ways (JsonNode *root, JsonNode *sign_in)
{
  JsonNode *json = rd_json_member (sign_in, "ways");
  g_auto (GStrv) ways = rd_profile_dup_strings (json);
  RdSignInWays result = 0;

  if (json == NULL)
    return rd_json_member (root, "token") != NULL || rd_json_member (root, "authorise") != NULL ? RD_SIGN_IN_TOKEN : 0;
  if (g_strv_contains ((const char *const *) ways, "token"))
    result |= RD_SIGN_IN_TOKEN;
  if (g_strv_contains ((const char *const *) ways, "password"))
    result |= RD_SIGN_IN_PASSWORD;
  return result;
}

/* After the actions and sets. */
static void
build_sign_in (RdProfile *self, JsonNode *root)
{
  JsonNode *json = rd_json_member (root, "sign-in");
  JsonNode *renew = rd_json_member (json, "renew");
  JsonNode *refresh = rd_json_member (rd_json_member (root, "actions"), "refresh");
  const char *login = rd_json_string (rd_json_member (json, "login"));

  self->ways = read_ways (root, json);
  self->login = g_strdup (login != NULL ? login : "username");
  self->cookies = g_strcmp0 (rd_json_string (rd_json_member (json, "session")), "cookie") == 0;
  self->csrf_header = g_strdup (rd_json_string (rd_json_member (json, "csrf-header")));
  self->steps = build_steps (rd_json_member (json, "steps"), "sign-in", self->sets);
  self->renewal = build_steps (renew, "refresh", self->sets);
  /* The older way to say it. */
  if (renew == NULL && refresh != NULL)
    g_ptr_array_add (self->renewal, rd_action_new ("refresh", refresh, self->sets));
}

static void
build_line (RdProfile *self, JsonNode *json)
{
  JsonNode *ping = rd_json_member (json, "ping");
  JsonNode *every = rd_json_member (json, "every");

  if (json == NULL)
    return;
  self->line = g_new0 (RdPlainLine, 1);
  self->line->path = g_strdup (rd_json_string (rd_json_member (json, "path")));
  self->line_path = rd_template_new (self->line->path, NULL);
  self->line->event = rd_value_new (rd_json_member (json, "event"), NULL);
  self->line->data = rd_value_new (rd_json_member (json, "data"), NULL);
  self->line->hello = g_strdup (rd_json_string (rd_json_member (json, "hello")));
  self->line->ping = ping != NULL ? json_to_string (ping, FALSE) : NULL;
  self->line->ping_interval = every != NULL ? (guint) json_node_get_int (every) : 30;
  self->line->pong = g_strdup (rd_json_string (rd_json_member (json, "pong")));
}

void
rd_plain_line_free (RdPlainLine *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  rd_value_free (self->event);
  rd_value_free (self->data);
  g_free (self->hello);
  g_free (self->ping);
  g_free (self->pong);
  g_free (self);
}

/* After the actions: a poll names one. */
static void
build_polls (RdProfile *self, JsonNode *json)
{
  JsonArray *array = json != NULL ? json_node_get_array (json) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *poll = json_array_get_element (array, i);
      JsonNode *always = rd_json_member (poll, "always");
      gpointer name = NULL;
      RdPoll one = { NULL, (guint) json_node_get_int (rd_json_member (poll, "every")),
                     always != NULL && json_node_get_boolean (always) };

      g_hash_table_lookup_extended (self->actions, rd_json_string (rd_json_member (poll, "action")), &name, NULL);
      one.action = name;
      g_array_append_val (self->polls, one);
    }
}

static void
build_pages (RdProfile *self, JsonNode *json)
{
  JsonObjectIter iter;
  const char *kind = NULL;
  JsonNode *page = NULL;

  if (json == NULL)
    return;
  json_object_iter_init (&iter, json_node_get_object (json));
  while (json_object_iter_next (&iter, &kind, &page))
    g_hash_table_insert (self->pages, g_strdup (kind), rd_template_new (rd_json_string (page), NULL));
}

static void
build_lists (RdProfile *self, JsonNode *root)
{
  g_auto (GStrv) channels = rd_profile_dup_strings (rd_json_member (root, "channels"));

  for (char **channel = channels; *channel != NULL; channel++)
    g_ptr_array_add (self->channels, rd_template_new (*channel, NULL));
  self->needs = rd_profile_dup_strings (rd_json_member (root, "needs"));
  self->room_hosts = rd_profile_dup_strings (rd_json_member (rd_json_member (root, "room"), "hosts"));
}

static void
build_errors (RdProfile *self, JsonNode *errors)
{
  JsonNode *failed = rd_json_member (errors, "failed");

  if (errors == NULL)
    return;
  self->said = rd_value_new (rd_json_member (errors, "said"), NULL);
  if (failed == NULL)
    return;
  self->failed = rd_value_new (rd_json_member (failed, "path"), NULL);
  self->failed_is = json_node_get_boolean (rd_json_member (failed, "is"));
}

RdFields *
rd_profile_build_fields (JsonNode *json, GHashTable *sets)
{
  const char *name = rd_json_string (json);

  return name != NULL ? rd_fields_ref (g_hash_table_lookup (sets, name)) : rd_fields_new (json);
}

static void
build_sets (RdProfile *self, JsonNode *json)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *set = NULL;

  if (json == NULL)
    return;
  json_object_iter_init (&iter, json_node_get_object (json));
  while (json_object_iter_next (&iter, &name, &set))
    g_hash_table_insert (self->sets, g_strdup (name), rd_fields_new (set));
}

/* One event under its name and its other spellings. */
static void
build_event (RdProfile *self, const char *name, JsonNode *json)
{
  g_auto (GStrv) also = rd_profile_dup_strings (rd_json_member (json, "also"));
  JsonNode *channel = rd_json_member (json, "channel");
  RdProfileRule *rule = g_new0 (RdProfileRule, 1);

  rd_event_kind_from_string (rd_json_string (rd_json_member (json, "is")), &rule->kind);
  rule->fields = rd_profile_build_fields (rd_json_member (json, "fields"), self->sets);
  if (rd_json_member (json, "key") != NULL)
    rule->key = rd_profile_dup_strings (rd_json_member (json, "key"));
  if (channel != NULL)
    rule->channel = rd_template_new (rd_json_string (channel), NULL);
  g_ptr_array_add (self->rules, rule);
  g_hash_table_insert (self->events, g_strdup (name), rule);
  for (guint i = 0; also[i] != NULL; i++)
    g_hash_table_insert (self->events, g_strdup (also[i]), rule);
}

static void
build_events (RdProfile *self, JsonNode *json)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *event = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (json));
  while (json_object_iter_next_ordered (&iter, &name, &event))
    build_event (self, name, event);
}

static void
build_actions (RdProfile *self, JsonNode *json)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *action = NULL;

  if (json == NULL)
    return;
  json_object_iter_init (&iter, json_node_get_object (json));
  while (json_object_iter_next (&iter, &name, &action))
    g_hash_table_insert (self->actions, g_strdup (name), rd_action_new (name, action, self->sets));
}

void
rd_profile_build (RdProfile *self, JsonNode *root)
{
  JsonNode *members = rd_json_member (root, "members");

  self->id = g_strdup (rd_json_string (rd_json_member (root, "id")));
  self->name = g_strdup (rd_json_string (rd_json_member (root, "name")));
  build_access (self, root);
  build_lists (self, root);
  build_errors (self, rd_json_member (root, "errors"));
  self->words = rd_words_new (root);
  build_sets (self, rd_json_member (root, "fields"));
  build_events (self, rd_json_member (root, "events"));
  build_actions (self, rd_json_member (root, "actions"));
  build_sign_in (self, root);
  build_line (self, rd_json_member (root, "line"));
  build_pages (self, rd_json_member (root, "pages"));
  if (members != NULL)
    self->members = rd_profile_build_fields (rd_json_member (members, "fields"), self->sets);
  build_polls (self, rd_json_member (root, "poll"));
}
