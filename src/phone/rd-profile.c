/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profile-check.h"
#include "rd-profile-private.h"
#include "rd-template.h"

#include <string.h>

/* A site as data: built from checked JSON, then only read. Events go through two hash lookups and plain walks. */

#define MAX_CHANNELS 256
#define MAX_CHANNEL_NAME 164

/* What an event of this name is. */
typedef struct
{
  RdEventKind kind;
  RdFields *fields;
  char **key; /* or NULL: by its kind */
} Rule;

struct _RdProfile
{
  GObject parent_instance;

  char *id;
  char *name;
  char *token_header;
  char *token_prefix;
  char *authorise_path; /* or NULL */
  gboolean authorise_json;
  GPtrArray *channels;  /* RdTemplate */
  char **needs;
  char **room_hosts;
  RdValue *said;        /* or NULL */
  RdValue *failed;      /* or NULL */
  gboolean failed_is;
  RdStatuses *statuses; /* or NULL */
  GHashTable *sets;     /* utf8 → RdFields */
  GPtrArray *rules;     /* Rule */
  GHashTable *events;   /* utf8 → Rule in @rules */
  GHashTable *actions;  /* utf8 → RdAction */
};

G_DEFINE_FINAL_TYPE (RdProfile, rd_profile, G_TYPE_OBJECT)

static void
free_rule (gpointer data)
{
  Rule *rule = data;

  rd_fields_unref (rule->fields);
  g_strfreev (rule->key);
  g_free (rule);
}

/* Building: from here on the JSON is known to be good. */

static char **
dup_strings (JsonNode *json)
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

static void
build_lists (RdProfile *self, JsonNode *root)
{
  g_auto (GStrv) channels = dup_strings (rd_json_member (root, "channels"));

  for (char **channel = channels; *channel != NULL; channel++)
    g_ptr_array_add (self->channels, rd_template_new (*channel, NULL));
  self->needs = dup_strings (rd_json_member (root, "needs"));
  self->room_hosts = dup_strings (rd_json_member (rd_json_member (root, "room"), "hosts"));
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

static void
build_statuses (RdProfile *self, JsonNode *json)
{
  static const struct
  {
    const char *name;
    RdEventCallStatus status;
  } known[] = {
    { "pending", RD_EVENT_STATUS_PENDING },
    { "active", RD_EVENT_STATUS_ACTIVE },
    { "rejected", RD_EVENT_STATUS_REJECTED },
    { "completed", RD_EVENT_STATUS_COMPLETED },
  };

  if (json == NULL)
    return;
  self->statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_auto (GStrv) words = dup_strings (rd_json_member (json, known[i].name));

      for (char **word = words; *word != NULL; word++)
        g_hash_table_insert (self->statuses, g_strdup (*word), GINT_TO_POINTER (known[i].status));
    }
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

static GError *
bad_profile (const char *source, const char *place, const char *said)
{
  g_autofree char *where = g_strdup_printf ("%s: %s", source, place);

  return rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, said, where);
}

/* One event under its name and its other spellings; a name must not stand for two things. */
static gboolean
build_event (RdProfile *self, const char *name, JsonNode *json, const char *source, GError **error)
{
  g_auto (GStrv) also = dup_strings (rd_json_member (json, "also"));
  Rule *rule = g_new0 (Rule, 1);

  rd_event_kind_from_string (rd_json_string (rd_json_member (json, "is")), &rule->kind);
  rule->fields = rd_profile_build_fields (rd_json_member (json, "fields"), self->sets);
  if (rd_json_member (json, "key") != NULL)
    rule->key = dup_strings (rd_json_member (json, "key"));
  g_ptr_array_add (self->rules, rule);
  g_hash_table_insert (self->events, g_strdup (name), rule);
  for (guint i = 0; also[i] != NULL; i++)
    if (!g_hash_table_insert (self->events, g_strdup (also[i]), rule))
      {
        g_autofree char *place = g_strdup_printf ("events.%s.also[%u]", name, i);

        g_propagate_error (error, bad_profile (source, place, "stands for two events"));
        return FALSE;
      }
  return TRUE;
}

static gboolean
build_events (RdProfile *self, JsonNode *json, const char *source, GError **error)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *event = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (json));
  while (json_object_iter_next_ordered (&iter, &name, &event))
    {
      if (g_hash_table_contains (self->events, name))
        {
          g_autofree char *place = g_strdup_printf ("events.%s", name);

          g_propagate_error (error, bad_profile (source, place, "stands for two events"));
          return FALSE;
        }
      if (!build_event (self, name, event, source, error))
        return FALSE;
    }
  return TRUE;
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

RdStatuses *
rd_profile_get_statuses (RdProfile *self)
{
  return self->statuses;
}

/* GObject */

static void
rd_profile_finalize (GObject *object)
{
  RdProfile *self = RD_PROFILE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->token_header);
  g_free (self->token_prefix);
  g_free (self->authorise_path);
  g_ptr_array_unref (self->channels);
  g_strfreev (self->needs);
  g_strfreev (self->room_hosts);
  g_clear_pointer (&self->said, rd_value_free);
  g_clear_pointer (&self->failed, rd_value_free);
  g_clear_pointer (&self->statuses, g_hash_table_unref);
  g_hash_table_unref (self->events);
  g_hash_table_unref (self->actions);
  g_ptr_array_unref (self->rules);
  g_hash_table_unref (self->sets);
  G_OBJECT_CLASS (rd_profile_parent_class)->finalize (object);
}

static void
rd_profile_class_init (RdProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_profile_finalize;
}

static void
rd_profile_init (RdProfile *self)
{
  self->channels = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_template_free);
  self->sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_fields_unref);
  self->rules = g_ptr_array_new_with_free_func (free_rule);
  self->events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_action_free);
}

/* Public */

static GError *
syntax_error (const char *source, const GError *reason)
{
  const char *said = rd_fault_get_said (reason);
  const char *rest = said != NULL ? strstr (said, ": ") : NULL;
  g_autofree char *where = NULL;

  if (rest == NULL)
    return rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, said, source);
  where = g_strdup_printf ("%s:%.*s", source, (int) (rest - said), said);
  return rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, rest + 2, where);
}

RdProfile *
rd_profile_new_from_data (const char *data, gssize length, const char *source, GError **error)
{
  g_autoptr (RdProfile) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) syntax = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (source != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (data);
  if (length > RD_PROFILE_MAX_SIZE)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, "larger than 256 KiB", source));
      return NULL;
    }
  root = rd_json_parse (data, length, &syntax);
  if (root == NULL)
    {
      g_propagate_error (error, syntax_error (source, syntax));
      return NULL;
    }
  if (!rd_profile_check (root, source, error))
    return NULL;
  self = g_object_new (RD_TYPE_PROFILE, NULL);
  self->id = g_strdup (rd_json_string (rd_json_member (root, "id")));
  self->name = g_strdup (rd_json_string (rd_json_member (root, "name")));
  build_access (self, root);
  build_lists (self, root);
  build_errors (self, rd_json_member (root, "errors"));
  build_statuses (self, rd_json_member (root, "statuses"));
  build_sets (self, rd_json_member (root, "fields"));
  if (!build_events (self, rd_json_member (root, "events"), source, error))
    return NULL;
  build_actions (self, rd_json_member (root, "actions"));
  return g_steal_pointer (&self);
}

RdProfile *
rd_profile_new_from_file (const char *path, GError **error)
{
  g_autofree char *data = NULL;
  g_autofree char *source = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  gsize length = 0;

  g_return_val_if_fail (path != NULL, NULL);

  source = g_path_get_basename (path);
  file = g_file_new_for_path (path);
  stream = g_file_read (file, NULL, &reason);
  data = g_malloc (RD_PROFILE_MAX_SIZE + 1);
  /* One byte more than allowed, so that a file of any size costs no more than that to refuse. */
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, RD_PROFILE_MAX_SIZE + 1, &length, NULL, &reason))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, reason->message, source));
      return NULL;
    }
  return rd_profile_new_from_data (data, (gssize) length, source, error);
}

const char *
rd_profile_get_id (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->id;
}

const char *
rd_profile_get_name (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->name;
}

const char *const *
rd_profile_get_needs (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return (const char *const *) self->needs;
}

const char *
rd_profile_get_token_header (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->token_header;
}

const char *
rd_profile_get_token_prefix (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->token_prefix;
}

const char *
rd_profile_get_authorise_path (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->authorise_path;
}

gboolean
rd_profile_get_authorise_is_json (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), FALSE);

  return self->authorise_json;
}

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

RdEvent *
rd_profile_map_event (RdProfile *self, const char *channel, const char *event, JsonNode *data, GError **error)
{
  g_autoptr (RdEvent) mapped = NULL;
  const char *missing = "data";
  const Rule *rule;

  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (event != NULL, NULL);

  rule = g_hash_table_lookup (self->events, event);
  if (rule == NULL)
    return NULL;
  mapped = rd_event_new (rule->kind);
  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    {
      rd_fields_fill (rule->fields, mapped, data, self->statuses);
      missing = rd_fields_missing (mapped);
    }
  if (missing != NULL)
    {
      g_autofree char *said = g_strdup_printf ("%s is missing or of no use", missing);

      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_REPLY, NULL, 0, said, event));
      return NULL;
    }
  mapped->channel = g_strdup (channel);
  /* What a notice is about, its name tells where its data do not. */
  if (rule->kind == RD_EVENT_NOTICE && mapped->type == NULL)
    mapped->type = rd_clean_text (event, RD_CLEAN_NAME);
  rd_fields_make_key (mapped, (const char *const *) rule->key);
  return g_steal_pointer (&mapped);
}

const RdAction *
rd_profile_get_action (RdProfile *self, const char *name)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->actions, name);
}

char *
rd_profile_dup_error (RdProfile *self, JsonNode *body)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  if (self->said == NULL || body == NULL)
    return NULL;
  return rd_value_dup (self->said, body, RD_VALUE_SAID);
}

gboolean
rd_profile_reply_failed (RdProfile *self, JsonNode *body)
{
  JsonNode *flag;

  g_return_val_if_fail (RD_IS_PROFILE (self), FALSE);

  if (self->failed == NULL || body == NULL)
    return FALSE;
  flag = rd_value_find (self->failed, body);
  return flag != NULL && JSON_NODE_HOLDS_VALUE (flag) && json_node_get_value_type (flag) == G_TYPE_BOOLEAN
         && !json_node_get_boolean (flag) == !self->failed_is;
}

const char *const *
rd_profile_get_room_hosts (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return (const char *const *) self->room_hosts;
}
