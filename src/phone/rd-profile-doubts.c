/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-check-private.h"

#include "rd-event.h"
#include "rd-fields.h"
#include "rd-json.h"

#include <string.h>

/* What may be read and still can never work: a placeholder that nobody fills, an event without what its kind needs.
 * An older Ringdown's profile may have it, so it is no fault; its writer wants to hear of it all the same. */

#define MAX_USES 10

/* What each action is given, beside what is known of the account. */
static const struct
{
  const char *action;
  const char *variables[9];
} given[] = {
  { "place", { "recipient.id", "media" } },
  { "place-by-email", { "recipient.email", "media" } },
  { "answer", { "call.id" } },
  { "reject", { "call.id", "message" } },
  { "end", { "call.id" } },
  { "active-call", { NULL } },
  { "calls", { NULL } },
  { "heartbeat", { NULL } },
  { "refresh", { "token.refresh" } },
  { "user", { NULL } },
  { "conversations", { "page", "limit", "offset", "search", "status", "since" } },
  { "messages",
    { "conversation.id", "peer.id", "page", "limit", "offset", "before", "before-time" } },
  { "inbox", { "page", "limit", "offset", "search", "status", "since" } },
  { "send", { "conversation.id", "peer.id", "text" } },
  { "mark-read", { "conversation.id", "peer.id", "message.id" } },
  { "unread", { NULL } },
  { "typing", { "conversation.id", "peer.id", "typing" } },
  { "people", { "page", "limit", "offset", "search" } },
  { "set-status", { "status", "available", "status.message" } },
  { "workspaces", { "page", "limit", "offset" } },
  { "invoices", { "page", "limit", "offset", "search", "status", "since" } },
  { "invoice", { "invoice.id" } },
  { "notifications", { "page", "limit", "offset" } },
};

/* What is known of an account by itself. */
static const char *const known_of_account[] = { "user.id", "workspace.id", "conversation.id", "invoice.id", NULL };

const char *const *
rd_profile_get_action_variables (const char *action)
{
  g_return_val_if_fail (action != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (g_str_equal (given[i].action, action))
      return given[i].variables;
  return NULL;
}

const char *const *
rd_profile_get_account_variables (void)
{
  return known_of_account;
}

/* Placeholders */

/* Every word that stands for something, by its name. */
static GHashTable *
new_known (JsonNode *root, const char *const *more)
{
  GHashTable *known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonNode *needs = rd_json_member (root, "needs");
  JsonArray *array = needs != NULL ? json_node_get_array (needs) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_hash_table_add (known, g_strdup (json_array_get_string_element (array, i)));
  for (guint i = 0; known_of_account[i] != NULL; i++)
    g_hash_table_add (known, g_strdup (known_of_account[i]));
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_hash_table_add (known, g_strdup (more[i]));
  return known;
}

static void
doubt_placeholder (RdCheck *check, GHashTable *known, const char *name)
{
  g_autofree char *said = g_strdup_printf ("nothing is known here as {%s}", name);
  g_autofree const char **words = NULL;

  if (g_hash_table_contains (known, name))
    return;
  words = (const char **) g_hash_table_get_keys_as_array (known, NULL);
  rd_check_fail_known (check, said, g_strdupv ((char **) words));
}

static void
look_at_text (RdCheck *check, GHashTable *known, const char *text)
{
  const char *open = text;

  for (guint i = 0; i < MAX_USES && (open = strchr (open, '{')) != NULL; i++)
    {
      const char *end = strchr (open, '}');
      const char *colon;
      g_autofree char *name = NULL;

      if (end == NULL)
        return;
      colon = memchr (open, ':', (gsize) (end - open));
      open = colon != NULL ? colon + 1 : open + 1;
      name = g_strndup (open, (gsize) (end - open));
      doubt_placeholder (check, known, name);
      open = end;
    }
}

/* Depth is bounded by the parser. */
static void
look_at (RdCheck *check, GHashTable *known, JsonNode *node)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (rd_json_string (node) != NULL)
    look_at_text (check, known, rd_json_string (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          gsize mark = rd_check_enter (check, name);

          look_at (check, known, member);
          rd_check_leave (check, mark);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        gsize mark = rd_check_enter_element (check, i);

        look_at (check, known, json_array_get_element (json_node_get_array (node), i));
        rd_check_leave (check, mark);
      }
}

/* What of @action is sent. */
static void
look_at_request (RdCheck *check, GHashTable *known, JsonNode *action)
{
  static const char *const sent[] = { "path", "query", "headers", "body" };

  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    {
      JsonNode *node = rd_json_member (action, sent[i]);
      gsize mark = rd_check_enter (check, sent[i]);

      if (node != NULL)
        look_at (check, known, node);
      rd_check_leave (check, mark);
    }
}

/* Fields */

/* @kind: what these fields are of; @channel: (nullable): the field that a channel's name gives */
static void
look_at_fields (RdCheck *check, RdEventKind kind, JsonNode *fields, const char *channel)
{
  g_auto (GStrv) groups = g_strsplit (rd_fields_get_needed (kind), ",", -1);
  const char *set = rd_json_string (fields);

  if (set != NULL)
    fields = rd_json_member (rd_json_member (check->root, "fields"), set);
  for (char **group = groups; *group != NULL; group++)
    {
      g_auto (GStrv) names = g_strsplit (*group, "|", -1);
      gboolean found = FALSE;

      for (char **name = names; *name != NULL; name++)
        found |= rd_json_member (fields, *name) != NULL || g_strcmp0 (channel, *name) == 0;
      if (!found)
        {
          g_autofree char *either = g_strjoinv (" or ", names);

          rd_check_fail (check, "%s is of no use without %s", rd_event_kind_to_string (kind), either);
        }
    }
}

static void
look_at_event (RdCheck *check, JsonNode *event)
{
  const char *channel = rd_json_string (rd_json_member (event, "channel"));
  const char *open = channel != NULL ? strchr (channel, '{') : NULL;
  g_autofree char *field = open != NULL ? g_strndup (open + 1, strcspn (open + 1, "}")) : NULL;
  RdEventKind kind = RD_EVENT_NOTICE;
  gsize mark = rd_check_enter (check, "fields");

  rd_event_kind_from_string (rd_json_string (rd_json_member (event, "is")), &kind);
  look_at_fields (check, kind, rd_json_member (event, "fields"), field);
  rd_check_leave (check, mark);
}

static void
look_at_reply (RdCheck *check, JsonNode *reply)
{
  static const struct
  {
    const char *member;
    RdEventKind kind;
  } lists[] = {
    { "calls", RD_EVENT_CALL_STATUS },          { "messages", RD_EVENT_MESSAGE },
    { "conversations", RD_EVENT_CONVERSATION }, { "people", RD_EVENT_PERSON },
    { "invoices", RD_EVENT_INVOICE },           { "notices", RD_EVENT_NOTICE },
  };
  gsize outer = rd_check_enter (check, "reply");

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      JsonNode *listing = rd_json_member (reply, lists[i].member);
      gsize mark = rd_check_enter (check, lists[i].member);
      gsize inner = rd_check_enter (check, "fields");

      if (listing != NULL)
        look_at_fields (check, lists[i].kind, rd_json_member (listing, "fields"), NULL);
      rd_check_leave (check, inner);
      rd_check_leave (check, mark);
    }
  rd_check_leave (check, outer);
}

/* The whole */

typedef void (*Look) (RdCheck *check, const char *name, JsonNode *member);

static void
look_at_each (RdCheck *check, const char *name, Look look)
{
  JsonNode *node = rd_json_member (check->root, name);
  gsize outer = rd_check_enter (check, name);
  JsonObjectIter iter;
  const char *each = NULL;
  JsonNode *member = NULL;

  if (node != NULL)
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (node != NULL && json_object_iter_next_ordered (&iter, &each, &member))
    {
      gsize mark = rd_check_enter (check, each);

      look (check, each, member);
      rd_check_leave (check, mark);
    }
  rd_check_leave (check, outer);
}

static void
on_event (RdCheck *check, const char *name, JsonNode *event)
{
  look_at_event (check, event);
}

static void
on_action (RdCheck *check, const char *name, JsonNode *action)
{
  g_autoptr (GHashTable) known = new_known (check->root, rd_profile_get_action_variables (name));

  look_at_request (check, known, action);
  look_at_reply (check, rd_json_member (action, "reply"));
}

static void
on_page (RdCheck *check, const char *kind, JsonNode *page)
{
  g_autofree char *own = *kind != '\0' ? g_strconcat (kind, ".id", NULL) : NULL;
  const char *more[] = { own, "peer.id", NULL };
  g_autoptr (GHashTable) known = new_known (check->root, own != NULL ? more : NULL);

  look_at (check, known, page);
}

static void
look_at_channels (RdCheck *check)
{
  JsonArray *channels = json_node_get_array (rd_json_member (check->root, "channels"));
  g_autoptr (GHashTable) known = new_known (check->root, NULL);
  gsize outer = rd_check_enter (check, "channels");

  for (guint i = 0; i < json_array_get_length (channels); i++)
    {
      const char *name = json_array_get_string_element (channels, i);
      gsize mark = rd_check_enter_element (check, i);

      look_at_text (check, known, name);
      if ((g_str_has_prefix (name, "private-") || g_str_has_prefix (name, "presence-"))
          && rd_json_member (check->root, "authorise") == NULL)
        rd_check_fail (check, "“%s” cannot be joined without “authorise”", name);
      rd_check_leave (check, mark);
    }
  if (json_array_get_length (channels) == 0 && rd_json_member (check->root, "line") == NULL
      && rd_json_member (check->root, "poll") == NULL)
    rd_check_fail (check, "nothing is ever heard of this site: no channel, no “line”, no “poll”");
  rd_check_leave (check, outer);
}

GPtrArray *
rd_profile_find_doubts (JsonNode *root)
{
  RdCheck check = { root, NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) rd_profile_fault_free) };

  g_return_val_if_fail (root != NULL, check.faults);

  check.place = g_string_new (NULL);
  look_at_channels (&check);
  look_at_each (&check, "pages", on_page);
  look_at_each (&check, "events", on_event);
  look_at_each (&check, "actions", on_action);
  g_string_free (check.place, TRUE);
  return check.faults;
}
