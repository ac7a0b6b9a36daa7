/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-team-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The team space itself: who is there, what was said, who is told. */

#define SESSION_SECONDS (30 * 86400)
#define MAX_MESSAGES 20000
#define MAX_MESSAGE_CHARS 4000
#define MAX_PEOPLE 90
#define CHANNEL_ID "general"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  const char *id;
  const char *name;
  GPtrArray *messages;
} Workspace;

struct _RdDemoTeam
{
  GObject parent_instance;

  RdDemoSite *site;
  RdDemoChannels *channels;
  char *app_id;
  RdDemoSessions *sessions;
  GPtrArray *people;
  Workspace workspaces[2];
  gint64 last_message;
  guint typing;  /* how often anybody has said that they type, or not any more */
};

G_DEFINE_FINAL_TYPE (RdDemoTeam, rd_demo_team, G_TYPE_OBJECT)

static Workspace *
find_workspace (RdDemoTeam *self, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->workspaces); i++)
    if (g_strcmp0 (self->workspaces[i].id, id) == 0)
      return &self->workspaces[i];
  return NULL;
}

static RdDemoApp *
get_app (RdDemoTeam *self)
{
  return rd_demo_channels_lookup (self->channels, self->app_id);
}

/* On the workspace's presence channel, so also to who did it; takes @data. */
static void
tell (RdDemoTeam *self, const char *workspace, const char *event, JsonObject *data)
{
  g_autofree char *channel = g_strconcat ("presence-workspace-", workspace, NULL);
  g_autofree char *text = rd_demo_json_take_text (data);

  rd_demo_channels_trigger (self->channels, self->app_id, channel, event, text);
}

static void
set_id (JsonObject *object, const char *name, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  json_object_set_string_member (object, name, text);
}

/* (transfer none): kept in the workspace */
static JsonObject *
add_message (RdDemoTeam *self, Workspace *workspace, const RdDemoPerson *sender, const char *text, gint64 at)
{
  JsonObject *message = json_object_new ();
  g_autofree char *id = g_strdup_printf ("msg-%" G_GINT64_FORMAT, ++self->last_message);

  json_object_set_string_member (message, "id", id);
  json_object_set_string_member (message, "content", text);
  set_id (message, "senderId", sender->id);
  json_object_set_string_member (message, "senderName", sender->full_name);
  json_object_set_null_member (message, "senderAvatar");
  json_object_set_string_member (message, "channelId", CHANNEL_ID);
  rd_demo_json_set_time (message, "createdAt", at);
  if (workspace->messages->len >= MAX_MESSAGES)
    g_ptr_array_remove_index (workspace->messages, 0);
  g_ptr_array_add (workspace->messages, message);
  return message;
}

/* GObject */

static void
rd_demo_team_dispose (GObject *object)
{
  RdDemoTeam *self = RD_DEMO_TEAM (object);

  if (self->site != NULL)
    rd_demo_site_stop (self->site);
  g_clear_object (&self->site);
  g_clear_object (&self->channels);
  G_OBJECT_CLASS (rd_demo_team_parent_class)->dispose (object);
}

static void
rd_demo_team_finalize (GObject *object)
{
  RdDemoTeam *self = RD_DEMO_TEAM (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->workspaces); i++)
    g_clear_pointer (&self->workspaces[i].messages, g_ptr_array_unref);
  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->sessions, rd_demo_sessions_free);
  G_OBJECT_CLASS (rd_demo_team_parent_class)->finalize (object);
}

static void
rd_demo_team_class_init (RdDemoTeamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_team_dispose;
  object_class->finalize = rd_demo_team_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RD_TYPE_DEMO_TEAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rd_demo_team_init (RdDemoTeam *self)
{
  self->site = rd_demo_site_new ();
  self->people = rd_demo_people_new ();
  self->sessions = rd_demo_sessions_new (RD_DEMO_TEAM_COOKIE, SESSION_SECONDS);
  self->workspaces[0] = (Workspace) { RD_DEMO_WORKSPACE, "Product", NULL };
  self->workspaces[1] = (Workspace) { "kitchen", "Kitchen", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (self->workspaces); i++)
    self->workspaces[i].messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  rd_demo_site_set_unauthorized (self->site, "{\"success\":false,\"error\":\"Unauthorized\"}");
  rd_demo_team_install_sign_in (self);
  rd_demo_team_install_api (self);
}

RdDemoTeam *
rd_demo_team_new (RdDemoChannels *channels, const char *app_id)
{
  RdDemoTeam *self;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (channels), NULL);
  g_return_val_if_fail (app_id != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_TEAM, NULL);
  self->channels = g_object_ref (channels);
  self->app_id = g_strdup (app_id);
  return self;
}

RdDemoSite *
rd_demo_team_get_site (RdDemoTeam *self)
{
  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), NULL);

  return self->site;
}

GPtrArray *
rd_demo_team_get_people (RdDemoTeam *self)
{
  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), NULL);

  return self->people;
}

GPtrArray *
rd_demo_team_get_messages (RdDemoTeam *self, const char *workspace)
{
  Workspace *found;

  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), NULL);

  found = find_workspace (self, workspace);
  return found != NULL ? found->messages : NULL;
}

RdDemoSessions *
rd_demo_team_get_sessions (RdDemoTeam *self)
{
  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), NULL);

  return self->sessions;
}

JsonObject *
rd_demo_team_make_member (const RdDemoPerson *person)
{
  JsonObject *member = json_object_new ();
  JsonObject *info = json_object_new ();

  json_object_set_string_member (info, "name", person->full_name);
  json_object_set_string_member (info, "email", person->email);
  json_object_set_null_member (info, "avatar");
  set_id (member, "user_id", person->id);
  json_object_set_object_member (member, "user_info", info);
  return member;
}

char *
rd_demo_team_authorize (RdDemoTeam *self, const char *socket_id, const char *channel, const char *channel_data)
{
  return rd_demo_channels_authorize (self->channels, self->app_id, socket_id, channel, channel_data);
}

JsonArray *
rd_demo_team_list_workspaces (RdDemoTeam *self, gint64 user)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (self->workspaces); i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", self->workspaces[i].id);
      json_object_set_string_member (object, "name", self->workspaces[i].name);
      json_object_set_string_member (object, "role", user == RD_DEMO_YOU ? "OWNER" : "MEMBER");
      json_array_add_object_element (array, object);
    }
  return array;
}

gboolean
rd_demo_team_has_workspace (RdDemoTeam *self, const char *workspace)
{
  return find_workspace (self, workspace) != NULL;
}

gboolean
rd_demo_team_is_present (RdDemoTeam *self, gint64 user)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, user);
  g_autoptr (JsonObject) members = NULL;

  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), FALSE);

  members = rd_demo_app_dup_members (get_app (self), "presence-workspace-" RD_DEMO_WORKSPACE);
  return json_object_has_member (members, id);
}

gboolean
rd_demo_team_join (RdDemoTeam *self, gint64 user)
{
  RdDemoPerson *person;
  g_autoptr (JsonObject) member = NULL;
  gboolean joined;

  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), FALSE);

  person = rd_demo_people_lookup (self->people, user);
  if (person == NULL)
    return FALSE;
  member = rd_demo_team_make_member (person);
  joined = rd_demo_app_add_guest (get_app (self), "presence-workspace-" RD_DEMO_WORKSPACE,
                                  rd_demo_json_get_string (member, "user_id"),
                                  json_object_ref (rd_demo_json_get_object (member, "user_info")));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return joined;
}

gboolean
rd_demo_team_leave (RdDemoTeam *self, gint64 user)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, user);
  gboolean left;

  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), FALSE);

  left = rd_demo_app_remove_guest (get_app (self), "presence-workspace-" RD_DEMO_WORKSPACE, id);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return left;
}

gint64
rd_demo_team_hire (RdDemoTeam *self, const char *name)
{
  RdDemoPerson *person;

  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), 0);

  if (self->people->len >= MAX_PEOPLE)
    return 0;
  rd_demo_people_add (self->people, 1);
  person = g_ptr_array_index (self->people, self->people->len - 1);
  if (name != NULL)
    {
      g_free (person->full_name);
      person->full_name = g_strdup (name);
    }
  rd_demo_team_join (self, person->id);
  return person->id;
}

JsonObject *
rd_demo_team_post (RdDemoTeam *self, gint64 from, const char *workspace, const char *text)
{
  RdDemoPerson *person;
  Workspace *found;
  JsonObject *message;

  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), NULL);

  person = rd_demo_people_lookup (self->people, from);
  found = find_workspace (self, workspace);
  if (person == NULL || found == NULL || text == NULL || *text == '\0' || g_utf8_strlen (text, -1) > MAX_MESSAGE_CHARS)
    return NULL;
  message = add_message (self, found, person, text, g_get_real_time ());
  tell (self, workspace, "new-message", json_object_ref (message));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return message;
}

void
rd_demo_team_type (RdDemoTeam *self, gint64 from, const char *workspace, gboolean typing)
{
  RdDemoPerson *person;
  JsonObject *data;

  g_return_if_fail (RD_IS_DEMO_TEAM (self));

  person = rd_demo_people_lookup (self->people, from);
  g_return_if_fail (person != NULL && find_workspace (self, workspace) != NULL);
  self->typing++;
  data = json_object_new ();
  set_id (data, "userId", person->id);
  json_object_set_string_member (data, "userName", person->full_name);
  json_object_set_string_member (data, "channelId", CHANNEL_ID);
  json_object_set_boolean_member (data, "isTyping", typing);
  tell (self, workspace, "typing", data);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

guint
rd_demo_team_get_typing (RdDemoTeam *self)
{
  g_return_val_if_fail (RD_IS_DEMO_TEAM (self), 0);

  return self->typing;
}

void
rd_demo_team_add_messages (RdDemoTeam *self, guint count)
{
  static const char *const said[] = {
    "Has anybody seen the draft?", "It is in the folder", "Thanks!", "The build is green again",
    "Who takes the minutes?", "I do", "The printer on the second floor works again", "Release on Tuesday, as planned",
    "Somebody left an umbrella in the kitchen", "The new labels look good", "Agreed",
  };
  gint64 now = g_get_real_time ();

  g_return_if_fail (RD_IS_DEMO_TEAM (self));

  for (guint i = 0; i < count; i++)
    add_message (self, &self->workspaces[0], g_ptr_array_index (self->people, 1 + i % 4),
                 said[i % G_N_ELEMENTS (said)], now - (gint64) (count - i) * 7 * G_TIME_SPAN_MINUTE);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
rd_demo_team_sign_out (RdDemoTeam *self, gint64 user)
{
  g_return_if_fail (RD_IS_DEMO_TEAM (self));

  rd_demo_sessions_end_user (self->sessions, user);
  rd_demo_site_revoke_user (self->site, user);
}
