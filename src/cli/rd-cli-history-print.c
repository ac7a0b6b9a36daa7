/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-history.h"
#include "rd-text.h"

/* An entry of the history in one line, or as an object. What strangers wrote is made fit for a terminal. */

#define MAX_TEXT 200
#define WIDTH_TIME 17

/* (transfer full): local time; sorts as it reads */
static char *
make_moment (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

static char *
make_call (GVariant *entry)
{
  gboolean incoming = g_str_equal (rd_cli_get_string (entry, "direction"), "in");
  gint64 started_at = rd_cli_get_int64 (entry, "started-at");
  gint64 ended_at = rd_cli_get_int64 (entry, "ended-at");
  const char *peer_name = rd_cli_get_string (entry, "peer-name");
  g_autofree char *state = rd_text_for_call (rd_cli_get_string (entry, "state"), rd_cli_get_string (entry, "reason"),
                                             incoming, peer_name);
  g_autofree char *peer = rd_text_for_peer (peer_name);
  g_autofree char *media = rd_text_for_media (rd_cli_get_boolean (entry, "audio"));
  g_autofree char *duration = NULL;

  if (started_at > 0 && ended_at > started_at)
    duration = rd_text_for_duration (ended_at - started_at);
  return g_strdup_printf ("%s %s: %s (%s%s%s)", incoming ? "←" : "→", peer, state, media,
                          duration != NULL ? ", " : "", duration != NULL ? duration : "");
}

static char *
make_money (GVariant *entry)
{
  g_autofree char *title = rd_text_clean (rd_cli_get_string (entry, "title"), MAX_TEXT);
  g_autofree char *amount = rd_text_clean (rd_cli_get_string (entry, "amount"), MAX_TEXT);

  if (*title == '\0')
    {
      g_free (title);
      title = g_str_equal (rd_cli_get_string (entry, "kind"), "payment")
                ? rd_text_for_payments (1, NULL)
                : rd_text_for_invoices (rd_cli_get_string (entry, "event"), 1);
    }
  return *amount != '\0' ? g_strdup_printf ("%s (%s)", title, amount) : g_steal_pointer (&title);
}

void
rd_cli_history_print (GVariant *entry)
{
  const char *kind = rd_cli_get_string (entry, "kind");
  g_autofree char *moment = make_moment (rd_cli_get_int64 (entry, "at"));
  g_autofree char *padded = rd_cli_pad (moment, WIDTH_TIME);
  g_autofree char *account = rd_text_clean (rd_cli_get_string (entry, "account-name"), MAX_TEXT);
  g_autofree char *text = NULL;

  if (g_str_equal (kind, "call"))
    text = make_call (entry);
  else if (g_str_equal (kind, "message"))
    text = rd_text_for_messages (1, 1, rd_cli_get_string (entry, "peer-name"));
  else
    text = make_money (entry);
  rd_cli_print_line ("%s %s%s%s", padded, text, *account != '\0' ? ", " : "", account);
}

static void
add_value (JsonBuilder *builder, const char *key, GVariant *value)
{
  g_autofree char *name = g_strdelimit (g_strdup (key), "-", '_');

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    rd_cli_add_time (builder, name, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    rd_cli_add_string (builder, name, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_boolean_value (builder, g_variant_get_boolean (value));
    }
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT64))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_int_value (builder, (gint64) MIN (g_variant_get_uint64 (value), (guint64) G_MAXINT64));
    }
}

void
rd_cli_history_add_json (JsonBuilder *builder, GVariant *entry)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  json_builder_begin_object (builder);
  g_variant_iter_init (&iter, entry);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      /* The cursor is the id. */
      if (!g_str_equal (key, "cursor"))
        add_value (builder, key, value);
      g_variant_unref (value);
    }
  json_builder_end_object (builder);
}
