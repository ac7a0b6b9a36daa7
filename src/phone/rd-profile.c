/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-private.h"

#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profile-check.h"

#include <string.h>

/* A site as data: built from checked JSON, then only read. Events go through two hash lookups and plain walks. */

G_DEFINE_FINAL_TYPE (RdProfile, rd_profile, G_TYPE_OBJECT)

static void
free_rule (gpointer data)
{
  RdProfileRule *rule = data;

  rd_fields_unref (rule->fields);
  g_strfreev (rule->key);
  g_clear_pointer (&rule->channel, rd_template_free);
  g_free (rule);
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
  g_clear_pointer (&self->words, rd_words_free);
  g_free (self->login);
  g_free (self->csrf_header);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->renewal, g_ptr_array_unref);
  g_clear_pointer (&self->line, rd_plain_line_free);
  g_clear_pointer (&self->line_path, rd_template_free);
  g_clear_pointer (&self->members, rd_fields_unref);
  g_array_unref (self->polls);
  g_hash_table_unref (self->pages);
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
  self->polls = g_array_new (FALSE, FALSE, sizeof (RdPoll));
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_template_free);
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
  rd_profile_build (self, root);
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

RdWords *
rd_profile_get_words (RdProfile *self)
{
  return self->words;
}

RdSignInWays
rd_profile_get_sign_in_ways (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), 0);

  return self->ways;
}

gboolean
rd_profile_is_sign_in_optional (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), FALSE);

  return self->ways == RD_SIGN_IN_TOKEN && rd_profile_get_authorise_path (self) == NULL
         && rd_profile_get_plain_line (self) == NULL && rd_profile_has_channels (self);
}

const char *
rd_profile_get_login (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->login;
}

static const RdAction *const *
get_steps (GPtrArray *steps, guint *n_steps)
{
  if (n_steps != NULL)
    *n_steps = steps->len;
  return (const RdAction *const *) steps->pdata;
}

const RdAction *const *
rd_profile_get_sign_in_steps (RdProfile *self, guint *n_steps)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return get_steps (self->steps, n_steps);
}

const RdAction *const *
rd_profile_get_renewal_steps (RdProfile *self, guint *n_steps)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return get_steps (self->renewal, n_steps);
}

gboolean
rd_profile_uses_cookies (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), FALSE);

  return self->cookies;
}

const char *
rd_profile_get_csrf_header (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->csrf_header;
}

const RdPlainLine *
rd_profile_get_plain_line (RdProfile *self)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  return self->line;
}

const RdPoll *
rd_profile_get_polls (RdProfile *self, guint *n_polls)
{
  g_return_val_if_fail (RD_IS_PROFILE (self), NULL);

  if (n_polls != NULL)
    *n_polls = self->polls->len;
  return (const RdPoll *) (gpointer) self->polls->data;
}

static gboolean
maps_any (RdProfile *self, RdEventKind from, RdEventKind to)
{
  for (guint i = 0; i < self->rules->len; i++)
    {
      const RdProfileRule *rule = g_ptr_array_index (self->rules, i);

      if (rule->kind >= from && rule->kind <= to)
        return TRUE;
    }
  return FALSE;
}

const char **
rd_profile_dup_abilities (RdProfile *self, gboolean signed_in)
{
  static const struct
  {
    const char *ability;
    const char *actions[4]; /* any of these… */
    RdEventKind from, to;   /* … or any event of these kinds; none: RD_EVENT_MESSAGE, which no event is */
  } known[] = {
    { "call", { "place" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
    { "call-by-email", { "place-by-email" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
    { "answer", { "answer" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
    { "messages", { "conversations", "messages", "inbox" }, RD_EVENT_MESSAGE_NEW, RD_EVENT_MESSAGE_SENT },
    { "send", { "send" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
    { "typing", { "typing" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
    { "people", { "people" }, RD_EVENT_PERSON_STATUS, RD_EVENT_PERSON_STATUS },
    { "set-status", { "set-status" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
    { "invoices", { "invoices" }, RD_EVENT_PAYMENT_RECEIVED, RD_EVENT_INVOICE_STATUS },
    { "list-invoices", { "invoices" }, RD_EVENT_MESSAGE, RD_EVENT_MESSAGE },
  };
  GPtrArray *abilities = g_ptr_array_new ();

  g_return_val_if_fail (RD_IS_PROFILE (self), (const char **) g_ptr_array_free (abilities, FALSE));

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      gboolean can = maps_any (self, known[i].from, known[i].to);

      for (guint j = 0; signed_in && !can && j < G_N_ELEMENTS (known[i].actions) && known[i].actions[j] != NULL; j++)
        can = g_hash_table_contains (self->actions, known[i].actions[j]);
      /* A presence channel's members are people. */
      if (can || (g_str_equal (known[i].ability, "people") && self->members != NULL))
        g_ptr_array_add (abilities, (gpointer) known[i].ability);
    }
  g_ptr_array_add (abilities, NULL);
  return (const char **) g_ptr_array_free (abilities, FALSE);
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
