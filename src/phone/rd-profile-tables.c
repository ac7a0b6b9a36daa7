/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-check-private.h"

#include "rd-fault.h"
#include "rd-json.h"

/* Every member that a profile may have. */

static const char *const encodings[] = { "json", "form", NULL };
static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };
static const char *const action_names[] = {
  "place", "place-by-email", "answer", "reject", "end", "active-call", "calls", "heartbeat", "refresh", "user",
  "conversations", "messages", "inbox", "send", "mark-read", "unread", "typing", "people", "set-status",
  "workspaces", "invoices", "invoice", "notifications", NULL
};
static const char *const ways[] = { "password", "token", NULL };
static const char *const logins[] = { "username", "email", NULL };
static const char *const sessions[] = { "token", "cookie", NULL };
static const char *const pages[] = { "", "invoice", "conversation", "person", "call", NULL };

static const RdRule token_rules[] = { { "header", rd_check_header, TRUE },
                                      { "prefix", rd_check_line, TRUE },
                                      { NULL } };

static const RdRule authorise_rules[] = {
  { "path", rd_check_plain_path, TRUE },
  { "encoding", rd_check_word, TRUE, NULL, encodings },
  { NULL },
};

static const RdRule room_rules[] = { { "hosts", rd_check_hosts, TRUE }, { NULL } };

static const RdRule failed_rules[] = { { "path", rd_check_value, TRUE }, { "is", rd_check_boolean, TRUE }, { NULL } };

static const RdShape failed_shape = { "failed", failed_rules };

static const RdRule errors_rules[] = {
  { "said", rd_check_value, TRUE },
  { "failed", rd_check_object, FALSE, &failed_shape },
  { NULL },
};

static const RdRule statuses_rules[] = {
  { "pending", rd_check_texts },
  { "active", rd_check_texts },
  { "rejected", rd_check_texts },
  { "completed", rd_check_texts },
  { NULL },
};

static const RdRule event_rules[] = {
  { "is", rd_check_kind, TRUE },
  { "also", rd_check_texts },
  { "fields", rd_check_fields, TRUE },
  { "channel", rd_check_channel_field },
  { "key", rd_check_key },
  { NULL },
};

static const RdRule deliveries_rules[] = {
  { "sending", rd_check_texts },
  { "queued", rd_check_texts },
  { "sent", rd_check_texts },
  { "delivered", rd_check_texts },
  { "read", rd_check_texts },
  { "failed", rd_check_texts },
  { NULL },
};

static const RdRule presences_rules[] = {
  { "online", rd_check_texts },
  { "busy", rd_check_texts },
  { "away", rd_check_texts },
  { "offline", rd_check_texts },
  { NULL },
};

static const RdRule invoice_statuses_rules[] = {
  { "pending", rd_check_texts },
  { "paid", rd_check_texts },
  { "expired", rd_check_texts },
  { "cancelled", rd_check_texts },
  { NULL },
};

static const RdRule listing_rules[] = {
  { "at", rd_check_value, TRUE },
  { "fields", rd_check_fields, TRUE },
  { NULL },
};

static const RdShape listing_shape = { "listing", listing_rules };

static const RdRule reply_rules[] = {
  { "calls", rd_check_object, FALSE, &listing_shape },
  { "messages", rd_check_object, FALSE, &listing_shape },
  { "conversations", rd_check_object, FALSE, &listing_shape },
  { "people", rd_check_object, FALSE, &listing_shape },
  { "invoices", rd_check_object, FALSE, &listing_shape },
  { "notices", rd_check_object, FALSE, &listing_shape },
  { "values", rd_check_values },
  { "lists", rd_check_values },
  { "meta", rd_check_metas },
  { "more", rd_check_value },
  { "page-size", rd_check_count },
  { NULL },
};

static const RdShape reply_shape = { "reply", reply_rules };

static const RdRule action_rules[] = {
  { "method", rd_check_word, TRUE, NULL, methods },
  { "path", rd_check_path_template, TRUE },
  { "query", rd_check_templates },
  { "headers", rd_check_headers },
  { "encoding", rd_check_word, FALSE, NULL, encodings },
  { "body", rd_check_body },
  { "reply", rd_check_object, FALSE, &reply_shape },
  { "must", rd_check_texts },
  { "text-limit", rd_check_text_limit },
  { NULL },
};

static const RdShape token_shape = { "token", token_rules };
static const RdShape authorise_shape = { "authorise", authorise_rules };
static const RdShape room_shape = { "room", room_rules };
static const RdShape errors_shape = { "errors", errors_rules };
static const RdShape statuses_shape = { "statuses", statuses_rules };
static const RdShape deliveries_shape = { "deliveries", deliveries_rules };
static const RdShape presences_shape = { "presences", presences_rules };
static const RdShape invoice_statuses_shape = { "invoiceStatuses", invoice_statuses_rules };
static const RdShape event_shape = { "event", event_rules };
static const RdShape action_shape = { "action", action_rules };

/* An action's body must fit its method and encoding. */
static gboolean
check_action (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  JsonNode *body = rd_json_member (node, "body");
  const char *encoding = rd_json_string (rd_json_member (node, "encoding"));

  if (!rd_check_object (check, node, rule))
    return FALSE;
  if ((body == NULL) != (encoding == NULL))
    return rd_check_fail_at (check, body == NULL ? "body" : "encoding", "“encoding” and “body” stand together");
  if (body != NULL && g_str_equal (rd_json_string (rd_json_member (node, "method")), "GET"))
    return rd_check_fail_at (check, "body", "a GET has none");
  if (body != NULL && !JSON_NODE_HOLDS_OBJECT (body))
    return rd_check_fail_at (check, "body", "must be an object");
  if (g_strcmp0 (encoding, "form") == 0)
    return rd_check_member (check, "body", body, &(const RdRule){ "body", rd_check_templates });
  return TRUE;
}

static gboolean
check_actions (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule action = { "", check_action, FALSE, rule->shape };

  return rd_check_map (check, node, rule->words, &action);
}

static gboolean
check_steps (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule action = { "", check_action, FALSE, &action_shape };

  return rd_check_list (check, node, &action);
}

static const RdRule sign_in_rules[] = {
  { "ways", rd_check_words, FALSE, NULL, ways },
  { "login", rd_check_word, FALSE, NULL, logins },
  { "session", rd_check_word, FALSE, NULL, sessions },
  { "csrf-header", rd_check_header },
  { "steps", check_steps },
  { "renew", check_steps },
  { NULL },
};

static const RdShape sign_in_shape = { "signIn", sign_in_rules };

/* A password needs something to be done with it. */
static gboolean
check_sign_in (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  JsonNode *steps = rd_json_member (node, "steps");
  JsonNode *list = rd_json_member (node, "ways");
  gboolean password = FALSE;

  if (!rd_check_object (check, node, rule))
    return FALSE;
  for (guint i = 0; list != NULL && i < json_array_get_length (json_node_get_array (list)); i++)
    password |= g_str_equal (json_array_get_string_element (json_node_get_array (list), i), "password");
  if (password && (steps == NULL || json_array_get_length (json_node_get_array (steps)) == 0))
    return rd_check_fail_at (check, "steps", "“password” among “ways” needs steps");
  return TRUE;
}

static const RdRule line_rules[] = {
  { "path", rd_check_path_template, TRUE },
  { "event", rd_check_value, TRUE },
  { "data", rd_check_value, TRUE },
  { "hello", rd_check_text },
  { "ping", rd_check_frame },
  { "every", rd_check_count },
  { "pong", rd_check_text },
  { NULL },
};

/* An event must not stand for two things, whatever it is spelt like. */
static gboolean
check_spellings (RdCheck *check, GHashTable *seen, JsonNode *also)
{
  JsonArray *array = also != NULL ? json_node_get_array (also) : NULL;
  gboolean good = TRUE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      gsize mark = rd_check_enter_element (check, i);

      if (!g_hash_table_add (seen, (gpointer) json_array_get_string_element (array, i)))
        good = rd_check_fail (check, "stands for two events");
      rd_check_leave (check, mark);
    }
  return good;
}

static gboolean
check_events (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *event = NULL;
  gboolean good = TRUE;

  if (!rd_check_objects (check, node, rule))
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_hash_table_add (seen, (gpointer) name);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &event))
    {
      gsize mark = rd_check_enter (check, name);
      gsize inner = rd_check_enter (check, "also");

      good &= check_spellings (check, seen, rd_json_member (event, "also"));
      rd_check_leave (check, inner);
      rd_check_leave (check, mark);
    }
  return good;
}

/* What is asked must be there to be asked. */
static gboolean
check_poll_action (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!rd_check_word (check, node, rule))
    return FALSE;
  return rd_json_member (rd_json_member (check->root, "actions"), rd_json_string (node)) != NULL
         || rd_check_fail (check, "is not among “actions”");
}

static const RdRule poll_rules[] = {
  { "action", check_poll_action, TRUE, NULL, action_names },
  { "every", rd_check_count, TRUE },
  { "always", rd_check_boolean },
  { NULL },
};

static const RdRule members_rules[] = { { "fields", rd_check_fields, TRUE }, { NULL } };

static const RdShape line_shape = { "plainLine", line_rules };
static const RdShape poll_shape = { "poll", poll_rules };
static const RdShape members_shape = { "members", members_rules };

static const RdRule profile_rules[] = {
  { "$schema", rd_check_text },
  { "format", rd_check_format, TRUE },
  { "id", rd_check_id, TRUE },
  { "name", rd_check_text, TRUE },
  { "token", rd_check_object, FALSE, &token_shape },
  { "sign-in", check_sign_in, FALSE, &sign_in_shape },
  { "authorise", rd_check_object, FALSE, &authorise_shape },
  { "line", rd_check_object, FALSE, &line_shape },
  { "channels", rd_check_channels, TRUE },
  { "members", rd_check_object, FALSE, &members_shape },
  { "needs", rd_check_variables },
  { "room", rd_check_object, FALSE, &room_shape },
  { "errors", rd_check_object, FALSE, &errors_shape },
  { "statuses", rd_check_object, FALSE, &statuses_shape },
  { "deliveries", rd_check_object, FALSE, &deliveries_shape },
  { "presences", rd_check_object, FALSE, &presences_shape },
  { "invoice-statuses", rd_check_object, FALSE, &invoice_statuses_shape },
  { "pages", rd_check_pages, FALSE, NULL, pages },
  { "poll", rd_check_object_list, FALSE, &poll_shape },
  { "fields", rd_check_field_sets },
  { "events", check_events, TRUE, &event_shape },
  { "actions", check_actions, FALSE, &action_shape, action_names },
  { NULL },
};

static const RdShape profile_shape = { "", profile_rules };

static const RdShape *const shapes[] = {
  &profile_shape,    &token_shape,     &authorise_shape,        &room_shape,   &errors_shape,
  &failed_shape,     &statuses_shape,  &event_shape,            &action_shape, &reply_shape,
  &listing_shape,    &sign_in_shape,   &line_shape,             &poll_shape,   &members_shape,
  &deliveries_shape, &presences_shape, &invoice_statuses_shape, NULL,
};

const RdShape *const *
rd_profile_get_shapes (void)
{
  return shapes;
}

const char *const *
rd_profile_get_actions (void)
{
  return action_names;
}

GPtrArray *
rd_profile_find_faults (JsonNode *root)
{
  static const RdRule profile = { "", rd_check_object, TRUE, &profile_shape };
  RdCheck check = { root, NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) rd_profile_fault_free) };

  g_return_val_if_fail (root != NULL, check.faults);

  check.place = g_string_new (NULL);
  rd_check_object (&check, root, &profile);
  g_string_free (check.place, TRUE);
  return check.faults;
}

gboolean
rd_profile_check (JsonNode *root, const char *source, GError **error)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autofree char *where = NULL;
  const RdProfileFault *first;

  g_return_val_if_fail (root != NULL, FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  faults = rd_profile_find_faults (root);
  if (faults->len == 0)
    return TRUE;
  first = g_ptr_array_index (faults, 0);
  where = *first->place != '\0' ? g_strdup_printf ("%s: %s", source, first->place) : g_strdup (source);
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, first->said, where));
  return FALSE;
}
