/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "channels-personality.h"

#include <string.h>

#include "channels-room.h"
#include "frame-script.h"
#include "rd-test.h"
#include "signing-authorizer.h"

/* What all Channels servers do, in the words of one. */

#define FIXTURE "servers.json"
#define CLIENT_EVENTS_A_SECOND 10

/* One socket. */
typedef struct
{
  ChannelsPersonality *server;
  guint number;
  JsonNode *id;
  GHashTable *channels;
  char *user_id; /* (nullable): signed in */
  guint timer;
  gint64 sent; /* monotonic, µs: when this side said something last, and when the other */
  gint64 heard;
  gboolean pinged;
  gint64 second; /* monotonic, µs: since when client events are counted */
  guint n_events;
} Visitor;

struct _ChannelsPersonality
{
  ScriptedServer *server;
  ChannelsClock *clock;
  JsonNode *root;
  JsonObject *scripts;
  GPtrArray *visitors;
  GHashTable *rooms; /* channel → ChannelsRoom */
  GHashTable *cache; /* channel → its last frame */
  char *greeting;
  gboolean mute, deaf, full, plain, patient;
  guint n_taken, n_refused, n_doubled;
};

static void
visitor_free (gpointer data)
{
  Visitor *visitor = data;

  if (visitor->timer != 0)
    channels_clock_remove_timeout (visitor->server->clock, visitor->timer);
  json_node_unref (visitor->id);
  g_hash_table_unref (visitor->channels);
  g_free (visitor->user_id);
  g_free (visitor);
}

static char *
dup_id (Visitor *visitor)
{
  if (json_node_get_value_type (visitor->id) == G_TYPE_STRING)
    return json_node_dup_string (visitor->id);
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (visitor->id));
}

static gboolean
send (Visitor *visitor, const char *text)
{
  if (!scripted_server_send_to (visitor->server->server, visitor->number, text))
    return FALSE;
  visitor->sent = channels_clock_get_monotonic_time (visitor->server->clock);
  return TRUE;
}

/* One line of a script: a frame, a close (0: without a code), or the end without one. */
static void
play_step (Visitor *visitor, JsonNode *step, FrameFacts *facts)
{
  ScriptedServer *server = visitor->server->server;
  JsonObject *object = json_node_get_object (step);
  g_autofree char *text = NULL;

  if (json_object_has_member (object, "close"))
    scripted_server_close_one (server, visitor->number, (guint) json_object_get_int_member (object, "close"),
                               json_object_get_string_member_with_default (object, "reason", NULL));
  else if (json_object_has_member (object, "drop"))
    scripted_server_drop_one (server, visitor->number);
  else
    {
      text = frame_script_fill (step, facts);
      send (visitor, text);
    }
}

static void
play (Visitor *visitor, const char *name, FrameFacts *facts)
{
  JsonArray *script = json_object_get_array_member (visitor->server->scripts, name);

  frame_facts_take (facts, "socket", json_node_copy (visitor->id));
  for (guint i = 0; i < json_array_get_length (script); i++)
    play_step (visitor, json_array_get_element (script, i), facts);
}

static FrameFacts *
new_facts (const char *channel)
{
  FrameFacts *facts = frame_facts_new ();

  frame_facts_set_string (facts, "channel", channel);
  return facts;
}

static ChannelsRoom *
get_room (ChannelsPersonality *self, const char *channel)
{
  ChannelsRoom *room = g_hash_table_lookup (self->rooms, channel);

  if (room == NULL)
    {
      room = channels_room_new (channels_personality_get (self, "numeric-ids"),
                                channels_personality_get (self, "empty-hash-is-array"));
      g_hash_table_insert (self->rooms, g_strdup (channel), room);
    }
  return room;
}

static gboolean
is_presence (const char *channel)
{
  return g_str_has_prefix (channel, "presence-");
}

static gboolean
is_cache (const char *channel)
{
  static const char *const prefixes[] = { "cache-", "private-cache-", "private-encrypted-cache-", "presence-cache-" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (channel, prefixes[i]))
      return TRUE;
  return FALSE;
}

/* Whether @auth is what the application would have made of @text. */
static gboolean
is_signed (const char *text, const char *auth)
{
  g_autofree char *expected = signing_authorizer_sign (text);

  return g_strcmp0 (auth, expected) == 0;
}

static gboolean
may_subscribe (Visitor *visitor, const char *channel, JsonObject *data, FrameFacts *facts)
{
  const char *auth = json_object_get_string_member_with_default (data, "auth", NULL);
  const char *channel_data = json_object_get_string_member_with_default (data, "channel_data", NULL);
  g_autofree char *id = dup_id (visitor);
  g_autofree char *text = g_strjoin (":", id, channel, channel_data, NULL);

  if (g_str_has_prefix (channel, "#server-to-user-"))
    return g_strcmp0 (channel + strlen ("#server-to-user-"), visitor->user_id) == 0;
  frame_facts_set_string (facts, "signed", text);
  frame_facts_set_string (facts, "auth", auth);
  return !(g_str_has_prefix (channel, "private-") || is_presence (channel)) || is_signed (text, auth);
}

static void
confirm (Visitor *visitor, const char *channel, JsonObject *data, FrameFacts *facts)
{
  ChannelsPersonality *self = visitor->server;
  const char *cached = g_hash_table_lookup (self->cache, channel);

  g_hash_table_add (visitor->channels, g_strdup (channel));
  if (is_presence (channel))
    {
      channels_room_add_json (get_room (self, channel), json_object_get_string_member (data, "channel_data"));
      channels_room_describe (get_room (self, channel), facts);
    }
  if (self->mute)
    return;
  play (visitor, is_presence (channel) ? "subscribed-presence" : "subscribed", facts);
  if (!is_cache (channel) || !channels_personality_has (self, "cache-miss"))
    return;
  if (cached != NULL)
    send (visitor, cached);
  else
    play (visitor, "cache-miss", facts);
}

static void
on_subscribe (Visitor *visitor, JsonObject *data)
{
  const char *channel = json_object_get_string_member (data, "channel");
  g_autoptr (FrameFacts) facts = new_facts (channel);

  visitor->server->n_doubled += g_hash_table_contains (visitor->channels, channel) ? 1 : 0;
  if (!may_subscribe (visitor, channel, data, facts))
    play (visitor, "unauthorized", facts);
  else if (g_hash_table_contains (visitor->channels, channel) && channels_personality_has (visitor->server, "existing"))
    play (visitor, "existing", facts);
  else if (visitor->server->full && is_presence (channel))
    play (visitor, "full", facts);
  else
    confirm (visitor, channel, data, facts);
}

static void
on_unsubscribe (Visitor *visitor, JsonObject *data)
{
  const char *channel = json_object_get_string_member (data, "channel");

  if (visitor->server->deaf)
    return;
  g_hash_table_remove (visitor->channels, channel);
  if (is_presence (channel))
    channels_room_remove (get_room (visitor->server, channel), SIGNING_USER);
}

static gboolean
is_over_rate (Visitor *visitor)
{
  gint64 now = channels_clock_get_monotonic_time (visitor->server->clock);

  if (now - visitor->second >= G_USEC_PER_SEC)
    {
      visitor->second = now;
      visitor->n_events = 0;
    }
  return ++visitor->n_events > CLIENT_EVENTS_A_SECOND;
}

static void
on_client_event (Visitor *visitor, JsonObject *frame)
{
  ChannelsPersonality *self = visitor->server;
  const char *channel = json_object_get_string_member (frame, "channel");
  JsonNode *data = json_object_get_member (frame, "data");
  gboolean is_text = data != NULL && json_node_get_value_type (data) == G_TYPE_STRING;
  g_autoptr (FrameFacts) facts = new_facts (channel);
  const char *refusal = NULL;

  if (self->plain && channels_personality_has (self, "client-refused"))
    refusal = "client-refused";
  else if (is_text && channels_personality_get (self, "takes-objects-only"))
    refusal = "client-invalid";
  else if (is_over_rate (visitor) && channels_personality_has (self, "client-rate"))
    refusal = "client-rate";
  if (refusal != NULL)
    play (visitor, refusal, facts);
  if (refusal != NULL || !g_hash_table_contains (visitor->channels, channel))
    self->n_refused++;
  else
    self->n_taken++;
}

static void
on_signin (Visitor *visitor, JsonObject *data)
{
  ChannelsPersonality *self = visitor->server;
  const char *user_data = json_object_get_string_member (data, "user_data");
  const char *auth = json_object_get_string_member (data, "auth");
  g_autofree char *id = dup_id (visitor);
  g_autofree char *text = g_strjoin ("::", id, "user", user_data, NULL);
  g_autoptr (FrameFacts) facts = frame_facts_new ();
  g_autoptr (JsonNode) user = NULL;

  frame_facts_set_string (facts, "auth", auth);
  frame_facts_set_string (facts, "user-data", user_data);
  if (self->plain || !channels_personality_has (self, "signed-in"))
    {
      if (channels_personality_has (self, "signin-unsupported"))
        play (visitor, "signin-unsupported", facts);
      return;
    }
  if (!is_signed (text, auth))
    {
      play (visitor, "signin-refused", facts);
      return;
    }
  user = json_from_string (user_data, NULL);
  g_free (visitor->user_id);
  visitor->user_id = g_strdup (json_object_get_string_member (json_node_get_object (user), "id"));
  play (visitor, "signed-in", facts);
}

static void
on_heard (guint number, const char *text, gpointer data)
{
  ChannelsPersonality *self = data;
  Visitor *visitor = g_ptr_array_index (self->visitors, number);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *frame = json_node_get_object (root);
  const char *event = json_object_get_string_member (frame, "event");
  g_autoptr (FrameFacts) facts = frame_facts_new ();

  visitor->heard = channels_clock_get_monotonic_time (self->clock);
  visitor->pinged = FALSE;
  if (g_str_has_prefix (event, "client-"))
    on_client_event (visitor, frame);
  else if (strcmp (event, "pusher:subscribe") == 0)
    on_subscribe (visitor, json_object_get_object_member (frame, "data"));
  else if (strcmp (event, "pusher:unsubscribe") == 0)
    on_unsubscribe (visitor, json_object_get_object_member (frame, "data"));
  else if (strcmp (event, "pusher:signin") == 0)
    on_signin (visitor, json_object_get_object_member (frame, "data"));
  else if (strcmp (event, "pusher:ping") == 0 && channels_personality_has (self, "pong"))
    play (visitor, "pong", facts);
}

/* (nullable): what this server has to say to a silence of now */
static const char *
find_reaction (Visitor *visitor, gint64 now)
{
  ChannelsPersonality *self = visitor->server;
  guint unsent = channels_personality_get (self, "closes-unless-sent-within");
  guint unheard = channels_personality_get (self, "closes-after");
  guint ping = channels_personality_get (self, "pings-after");

  if (unsent != 0 && now - visitor->sent >= unsent * G_USEC_PER_SEC)
    return "stale";
  if (unheard != 0 && now - visitor->heard >= unheard * G_USEC_PER_SEC)
    return "stale";
  if (ping != 0 && now - visitor->heard >= ping * G_USEC_PER_SEC && !visitor->pinged)
    return "ping";
  return NULL;
}

static gboolean
on_patience (gpointer data)
{
  Visitor *visitor = data;
  const char *reaction = find_reaction (visitor, channels_clock_get_monotonic_time (visitor->server->clock));
  g_autoptr (FrameFacts) facts = frame_facts_new ();

  visitor->timer = channels_clock_add_timeout (visitor->server->clock, 1000, on_patience, visitor);
  if (reaction != NULL)
    play (visitor, reaction, facts);
  visitor->pinged = visitor->pinged || g_strcmp0 (reaction, "ping") == 0;
  return G_SOURCE_REMOVE;
}

static void
on_opened (guint number, gpointer data)
{
  ChannelsPersonality *self = data;
  Visitor *visitor = g_new0 (Visitor, 1);
  g_autofree char *id = g_strdup_printf ("%u.%u", number + 1, 4711 + number);
  g_autoptr (FrameFacts) facts = frame_facts_new ();

  g_assert_cmpuint (number, ==, self->visitors->len);
  visitor->server = self;
  visitor->number = number;
  visitor->id = json_node_new (JSON_NODE_VALUE);
  if (channels_personality_get (self, "numeric-socket"))
    json_node_set_int (visitor->id, 70100200300 + number);
  else
    json_node_set_string (visitor->id, id);
  visitor->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  visitor->sent = visitor->heard = channels_clock_get_monotonic_time (self->clock);
  g_ptr_array_add (self->visitors, visitor);
  play (visitor, self->greeting != NULL ? self->greeting : "established", facts);
}

ChannelsPersonality *
channels_personality_new (const char *name, ScriptedServer *server, ChannelsClock *clock)
{
  static const ScriptedServerActor actor = { on_opened, on_heard };
  ChannelsPersonality *self = g_new0 (ChannelsPersonality, 1);

  self->server = server;
  self->clock = g_object_ref (clock);
  self->root = rd_test_fixture (FIXTURE, name);
  self->scripts = json_node_get_object (self->root);
  self->visitors = g_ptr_array_new_with_free_func (visitor_free);
  self->rooms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) channels_room_free);
  self->cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  scripted_server_set_actor (server, &actor, self);
  return self;
}

void
channels_personality_free (ChannelsPersonality *self)
{
  scripted_server_set_actor (self->server, NULL, NULL);
  g_ptr_array_unref (self->visitors);
  g_hash_table_unref (self->rooms);
  g_hash_table_unref (self->cache);
  json_node_unref (self->root);
  g_object_unref (self->clock);
  g_free (self->greeting);
  g_free (self);
}

gboolean
channels_personality_knows (const char *name, const char *script)
{
  g_autoptr (JsonNode) root = rd_test_fixture (FIXTURE, name);

  return script == NULL || json_object_has_member (json_node_get_object (root), script);
}

JsonArray *
channels_personality_get_script (ChannelsPersonality *self, const char *script)
{
  return json_object_get_array_member (self->scripts, script);
}

gboolean
channels_personality_has (ChannelsPersonality *self, const char *script)
{
  return json_object_has_member (self->scripts, script);
}

guint
channels_personality_get (ChannelsPersonality *self, const char *fact)
{
  JsonNode *node = json_object_get_member (self->scripts, fact);

  if (node == NULL)
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? 1 : 0;
  return (guint) json_node_get_int (node);
}

gboolean
channels_personality_ends (ChannelsPersonality *self, const char *script)
{
  JsonArray *steps = channels_personality_get_script (self, script);
  guint length = json_array_get_length (steps);
  JsonObject *last = length > 0 ? json_array_get_object_element (steps, length - 1) : NULL;

  return last != NULL && (json_object_has_member (last, "close") || json_object_has_member (last, "drop"));
}

void
channels_personality_set_greeting (ChannelsPersonality *self, const char *script)
{
  g_free (self->greeting);
  self->greeting = g_strdup (script);
}

void
channels_personality_set_mute (ChannelsPersonality *self, gboolean mute)
{
  self->mute = mute;
}

void
channels_personality_set_deaf (ChannelsPersonality *self, gboolean deaf)
{
  self->deaf = deaf;
}

void
channels_personality_set_full (ChannelsPersonality *self, gboolean full)
{
  self->full = full;
}

void
channels_personality_set_plain (ChannelsPersonality *self, gboolean plain)
{
  self->plain = plain;
}

void
channels_personality_start_patience (ChannelsPersonality *self)
{
  for (guint i = 0; i < self->visitors->len; i++)
    {
      Visitor *visitor = g_ptr_array_index (self->visitors, i);

      if (visitor->timer == 0)
        visitor->timer = channels_clock_add_timeout (self->clock, 1000, on_patience, visitor);
    }
}

void
channels_personality_play (ChannelsPersonality *self, const char *script, const char *channel)
{
  g_autoptr (FrameFacts) facts = new_facts (channel);

  frame_facts_set_string (facts, "user", "bea");
  frame_facts_set_int (facts, "count", 3);
  for (guint i = 0; i < self->visitors->len; i++)
    play (g_ptr_array_index (self->visitors, i), script, facts);
}

/* To every socket that is subscribed to the facts' channel. */
static void
publish (ChannelsPersonality *self, const char *channel, const char *script, FrameFacts *facts)
{
  for (guint i = 0; i < self->visitors->len; i++)
    {
      Visitor *visitor = g_ptr_array_index (self->visitors, i);

      if (g_hash_table_contains (visitor->channels, channel))
        play (visitor, script, facts);
    }
}

/* (transfer full): what an event is filled with */
static FrameFacts *
new_event (const char *channel, const char *event, const char *data)
{
  FrameFacts *facts = new_facts (channel);
  g_autoptr (GError) error = NULL;

  frame_facts_set_string (facts, "event", event);
  frame_facts_set_string (facts, "text", data);
  frame_facts_take (facts, "data", json_from_string (data, &error));
  g_assert_no_error (error);
  return facts;
}

void
channels_personality_trigger (ChannelsPersonality *self, const char *channel, const char *event, const char *data)
{
  g_autoptr (FrameFacts) facts = new_event (channel, event, data);
  JsonNode *step = json_array_get_element (json_object_get_array_member (self->scripts, "event"), 0);

  if (is_cache (channel))
    g_hash_table_insert (self->cache, g_strdup (channel), frame_script_fill (step, facts));
  publish (self, channel, "event", facts);
}

void
channels_personality_whisper (ChannelsPersonality *self, const char *channel, const char *event, const char *data,
                              const char *user_id)
{
  g_autoptr (FrameFacts) facts = new_event (channel, event, data);

  if (user_id != NULL)
    frame_facts_take (facts, "user", channels_room_dup_id (get_room (self, channel), user_id));
  publish (self, channel, "client-event", facts);
}

void
channels_personality_join (ChannelsPersonality *self, const char *channel, const char *user_id)
{
  g_autoptr (FrameFacts) facts = new_facts (channel);

  if (!channels_room_add (get_room (self, channel), user_id, facts))
    return;
  publish (self, channel, "member-added", facts);
}

void
channels_personality_leave (ChannelsPersonality *self, const char *channel, const char *user_id)
{
  g_autoptr (FrameFacts) facts = new_facts (channel);

  frame_facts_take (facts, "user", channels_room_dup_id (get_room (self, channel), user_id));
  if (channels_room_remove (get_room (self, channel), user_id))
    publish (self, channel, "member-removed", facts);
}

guint
channels_personality_count (ChannelsPersonality *self, const char *channel)
{
  guint n = 0;

  for (guint i = 0; i < self->visitors->len; i++)
    n += g_hash_table_contains (((Visitor *) g_ptr_array_index (self->visitors, i))->channels, channel) ? 1 : 0;
  return n;
}

gboolean
channels_personality_is_subscribed (ChannelsPersonality *self, const char *channel)
{
  Visitor *newest = self->visitors->len > 0 ? g_ptr_array_index (self->visitors, self->visitors->len - 1) : NULL;

  return newest != NULL && g_hash_table_contains (newest->channels, channel);
}

guint
channels_personality_get_n_doubled (ChannelsPersonality *self)
{
  return self->n_doubled;
}

guint
channels_personality_get_n_taken (ChannelsPersonality *self)
{
  return self->n_taken;
}

guint
channels_personality_get_n_refused (ChannelsPersonality *self)
{
  return self->n_refused;
}

GPtrArray *
channels_personality_dup_names (void)
{
  g_autoptr (JsonNode) root = rd_test_fixture (FIXTURE, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  return names;
}
