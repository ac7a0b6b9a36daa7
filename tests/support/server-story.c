/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "server-story.h"

#include <string.h>

#include "rd-test.h"

/* What every story of a client and one kind of server needs. */

static void
set_up (ServerStory *f, gconstpointer data)
{
  line_set_up_without (&f->line, NULL);
  f->server = channels_personality_new (data, f->line.server, CHANNELS_CLOCK (f->line.clock));
  f->authorizer = signing_authorizer_new ();
  f->log = g_string_new (NULL);
  line_make_client (&f->line, CHANNELS_AUTHORIZER (f->authorizer));
}

static void
tear_down (ServerStory *f, gconstpointer data)
{
  if (f->line.client != NULL)
    g_assert_finalize_object (g_steal_pointer (&f->line.client));
  channels_personality_free (f->server);
  line_tear_down (&f->line, NULL);
  g_assert_finalize_object (f->authorizer);
  g_string_free (f->log, TRUE);
}

static void
on_event (ChannelsSubscription *subscription, ChannelsEvent *event, GString *log)
{
  g_autofree char *data = json_to_string (channels_event_get_data (event), FALSE);
  const char *user_id = channels_event_get_user_id (event);

  g_string_append_printf (log, "%s %s%s%s;", channels_event_get_name (event), data, user_id != NULL ? " " : "",
                          user_id != NULL ? user_id : "");
}

static void
on_member_added (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, GString *log)
{
  g_string_append_printf (log, "+%s;", user_id);
}

static void
on_member_removed (ChannelsSubscription *subscription, const char *user_id, JsonNode *info, GString *log)
{
  g_string_append_printf (log, "-%s;", user_id);
}

static void
on_gap (ChannelsSubscription *subscription, gint64 from, gint64 to, GString *log)
{
  g_assert_cmpint (from, <=, to);
  g_string_append (log, "gap;");
}

ChannelsSubscription *
server_story_subscribe (ServerStory *f, const char *name)
{
  ChannelsSubscription *subscription = line_subscribe (&f->line, name);

  g_signal_connect (subscription, "event", G_CALLBACK (on_event), f->log);
  g_signal_connect (subscription, "member-added", G_CALLBACK (on_member_added), f->log);
  g_signal_connect (subscription, "member-removed", G_CALLBACK (on_member_removed), f->log);
  g_signal_connect (subscription, "gap", G_CALLBACK (on_gap), f->log);
  return subscription;
}

void
server_story_await_log (ServerStory *f, const char *expected)
{
  rd_test_await (strlen (f->log->str) >= strlen (expected));
  g_assert_cmpstr (f->log->str, ==, expected);
  g_string_truncate (f->log, 0);
}

guint
server_story_count_subscribes (ServerStory *f, const char *channel)
{
  return scripted_server_count (f->line.server, "pusher:subscribe", channel);
}

void
server_story_advance (ServerStory *f, guint ms)
{
  channels_test_clock_advance (f->line.clock, ms);
}

void
server_story_add_all (const char *prefix, const ServerStoryTest *tests, gsize n)
{
  g_autoptr (GPtrArray) names = channels_personality_dup_names ();

  for (guint i = 0; i < names->len; i++)
    for (gsize j = 0; j < n; j++)
      {
        const char *server = g_intern_string (g_ptr_array_index (names, i));
        g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, server, tests[j].name);

        if (channels_personality_knows (server, tests[j].needs))
          g_test_add (path, ServerStory, server, set_up, tests[j].run, tear_down);
      }
}
