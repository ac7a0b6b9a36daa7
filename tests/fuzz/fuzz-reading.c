/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-reading.h"

#include "fuzz.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-profile-check.h"
#include "rd-profile-report.h"

static void
check (const char *text, gsize max_chars)
{
  if (text != NULL)
    fuzz_check_text (text, max_chars);
}

static void
check_event (const RdEvent *event)
{
  const char *const ids[] = { event->call_id,    event->initiator_id, event->recipient_id, event->invoice_id,
                              event->message_id, event->sender_id,    event->peer_id,      event->person_id };
  const char *const names[] = { event->initiator_name, event->recipient_name, event->sender_name,
                                event->peer_name,      event->person_name,    event->title };
  const char *const urls[] = { event->initiator_avatar, event->room_url };

  g_assert (event->key != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    check (ids[i], RD_CLEAN_ID);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    check (names[i], RD_CLEAN_NAME);
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    check (urls[i], RD_CLEAN_URL);
  check (event->text, RD_CLEAN_TEXT);
  check (event->body, RD_CLEAN_TEXT);
  check (event->room_token, RD_CLEAN_TOKEN);
}

static void
try_event (RdProfile *profile, const char *channel, const char *event, JsonNode *data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) report_error = NULL;
  g_autoptr (RdEvent) mapped = rd_profile_map_event (profile, channel, event, data, &error);
  g_autoptr (RdEventReport) report = rd_profile_report_event (profile, channel, event, data, &report_error);
  g_autoptr (RdEvent) member = rd_profile_map_member (profile, channel, event, data);

  if (mapped != NULL || error != NULL)
    fuzz_check_outcome (mapped != NULL, error, RD_FAULT);
  if (mapped != NULL)
    check_event (mapped);
  if (member != NULL)
    check_event (member);
}

static void
try_frame (RdProfile *profile, JsonNode *frame)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *event = NULL;
  g_autofree char *channel = NULL;
  g_autoptr (JsonNode) data = rd_profile_read_frame (profile, frame, &event, &channel, &error);

  fuzz_check_outcome (data != NULL, error, RD_FAULT);
}

static void
check_items (GPtrArray *items, const GError *error)
{
  fuzz_check_outcome (items != NULL, error, RD_FAULT);
  for (guint i = 0; items != NULL && i < items->len; i++)
    check_event (g_ptr_array_index (items, i));
}

static void
try_lists (RdProfile *profile, const RdAction *action, JsonNode *body)
{
  static const RdEventKind kinds[] = { RD_EVENT_MESSAGE, RD_EVENT_CONVERSATION, RD_EVENT_PERSON, RD_EVENT_INVOICE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = rd_action_map_calls (profile, action, body, &error);

  check_items (calls, error);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GError) kind_error = NULL;
      g_autoptr (GPtrArray) items = rd_action_map_items (profile, action, kinds[i], body, &kind_error);

      check_items (items, kind_error);
    }
}

static void
try_reply (RdProfile *profile, const RdAction *action, JsonNode *body)
{
  g_autofree const char **names = rd_action_dup_names (action);

  try_lists (profile, action, body);
  rd_action_has_more (action, body);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *value = rd_action_dup_value (action, body, names[i]);
      g_auto (GStrv) list = rd_action_dup_list (action, body, names[i]);

      check (value, RD_CLEAN_TOKEN);
    }
}

void
fuzz_reading_try (RdProfile *profile, const char *channel, const char *event, JsonNode *data)
{
  const char *const *actions = rd_profile_get_actions ();
  g_autofree char *said = rd_profile_dup_error (profile, data);

  try_event (profile, channel, event, data);
  try_frame (profile, data);
  for (gsize i = 0; actions[i] != NULL; i++)
    if (rd_profile_get_action (profile, actions[i]) != NULL)
      try_reply (profile, rd_profile_get_action (profile, actions[i]), data);
  rd_profile_reply_failed (profile, data);
  check (said, RD_CLEAN_TEXT);
}
