/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-report.h"

/* What is written is chosen piece by piece: codes, hosts, numbers. Words of others (what a server said, names, channels
 * with somebody's id in them) are counted, not quoted. */

#define MAX_WHERE 60

/* Settings that hold nothing but the user's taste. */
static const char * const plain_settings[] = {
  "window-on-call",           "tones",                   "ring-volume", "ring-on-speakers", "ring-fade-in",
  "pause-media",              "do-not-disturb",          "quiet-hours", "quiet-days",       "quiet-from",
  "quiet-to",                 "hide-when-locked",        "tray",        "autostart",        "history-days",
  "banners-in-desktop-quiet", "sounds-in-desktop-quiet", "global-shortcuts",
};

/* … and of which only whether there is anything, or how much. */
static const char * const private_settings[] = { "ring-tone", "message-tone", "ring-device", "ring-sink",
                                                 "muted",     "vips",         "decline-texts" };

static const struct
{
  const char *pattern;
  const char *replacement;
} scrubs[] = {
  /* a JSON web token, also one that was cut */
  { "eyJ[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_-]*)*", "[token]" },
  { "(?i)\\b(bearer|basic)\\s+[^\\s\"',;&]+", "[removed]" },
  { "(?i)\\b(token|jwt|cookie|set-cookie|password|passwd|secret|authorization|api[_-]?key|session)"
    "(\"?\\s*[:= ]\\s*\"?)[^\\s\"',;&]{4,}",
    "\\1\\2[removed]" },
  { "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", "[e-mail]" },
  { "/home/[^/\\s]+", "/home/[user]" },
  { "(?<![0-9.:-])(?![0-9]{4}-[0-9]{2}-[0-9]{2}T)\\+?[0-9][0-9 ()/-]{7,}[0-9]", "[number]" },
  /* anything long with digits in it that is no word */
  { "\\b(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_+/=-]{24,}", "[removed]" },
};

static const char *
get_string (GVariant *dict, const char *key)
{
  const char *value = "";

  g_variant_lookup (dict, key, "&s", &value);
  return value;
}

static void
add_time (GString *report, gint64 at)
{
  g_autoptr (GDateTime) time = at > 0 ? g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  g_string_append (report, text != NULL ? text : "never");
}

/* Which of our own places it is; what a stranger can have written there is left out. */
static void
add_where (GString *report, const char *where)
{
  gsize length = strspn (where, "abcdefghijklmnopqrstuvwxyz-.: ");

  if (*where == '\0')
    return;
  if (where[length] == '\0' && length <= MAX_WHERE)
    g_string_append_printf (report, ", at %s", where);
  else
    g_string_append (report, ", at [left out]");
}

/* A fault's code, host, status, place. A room's host is a room's. */
static void
add_fault (GString *report, GVariant *fault)
{
  const char *code = get_string (fault, "code");
  const char *host = get_string (fault, "host");
  const char *said = get_string (fault, "said");
  guint32 status = 0;
  gint32 close_code = 0;

  if (*code != '\0')
    g_string_append_printf (report, " %s", code);
  if (*host != '\0' && !g_str_has_prefix (code, "room-"))
    g_string_append_printf (report, ", host %s", host);
  if (g_variant_lookup (fault, "status", "u", &status))
    g_string_append_printf (report, ", status %u", status);
  if (g_variant_lookup (fault, "close-code", "i", &close_code))
    g_string_append_printf (report, ", close code %d", close_code);
  add_where (report, get_string (fault, "where"));
  if (*said != '\0')
    g_string_append_printf (report, ", said [%ld characters]", g_utf8_strlen (said, -1));
}

/* "private-user-7" is "private-…": what follows names somebody. */
static void
add_channels (GString *report, GVariant *channels)
{
  GVariantIter iter;
  const char *name, *state, *reason;

  g_variant_iter_init (&iter, channels);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &state, &reason))
    g_string_append_printf (report, "  channel %s…: %s%s%s\n",
                            g_str_has_prefix (name, "private-")    ? "private-"
                            : g_str_has_prefix (name, "presence-") ? "presence-"
                                                                   : "",
                            state, *reason != '\0' ? ", " : "", reason);
}

static void
add_line (GString *report, RdLine *line)
{
  const RdAccountSettings *settings = rd_line_get_settings (line);
  g_autofree char *reason = NULL;
  g_autofree char *delivery = NULL;
  g_autoptr (GVariant) detail = NULL;
  g_autoptr (GVariant) channels = NULL;
  g_autoptr (GVariant) problem = NULL;
  g_autoptr (GUri) uri = g_uri_parse (settings->site, G_URI_FLAGS_NONE, NULL);

  g_object_get (line, "reason", &reason, "reason-detail", &detail, "delivery", &delivery, "channels", &channels,
                "site-problem", &problem, NULL);
  g_string_append_printf (report, "  profile %s, site %s\n", settings->profile,
                          uri != NULL ? g_uri_get_host (uri) : "[not an address]");
  g_string_append_printf (report, "  state %s, delivery %s%s,", rd_line_get_state (line), delivery,
                          settings->paused ? ", paused" : "");
  g_string_append_printf (report, " %s", reason != NULL && *reason != '\0' ? reason : "fine");
  if (detail != NULL)
    add_fault (report, detail);
  g_string_append (report, "\n  last frame ");
  add_time (report, rd_line_get_last_frame (line));
  g_string_append_c (report, '\n');
  if (channels != NULL)
    add_channels (report, channels);
  if (problem != NULL && g_variant_n_children (problem) > 0)
    {
      g_string_append (report, "  site problem:");
      add_fault (report, problem);
      g_string_append_c (report, '\n');
    }
}

static void
add_settings (GString *report, RdPreferences *preferences)
{
  g_string_append (report, "Settings\n");
  for (guint i = 0; i < G_N_ELEMENTS (plain_settings); i++)
    {
      g_autoptr (GVariant) value = rd_preferences_dup_value (preferences, plain_settings[i]);
      g_autofree char *text = g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE)
                                ? g_strdup_printf ("%.2f", g_variant_get_double (value))
                                : g_variant_print (value, FALSE);

      g_string_append_printf (report, "  %s %s\n", plain_settings[i], text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (private_settings); i++)
    {
      g_autoptr (GVariant) value = rd_preferences_dup_value (preferences, private_settings[i]);

      if (g_variant_is_container (value))
        g_string_append_printf (report, "  %s: %" G_GSIZE_FORMAT "\n", private_settings[i],
                                g_variant_n_children (value));
      else
        g_string_append_printf (report, "  %s: %s\n", private_settings[i],
                                *g_variant_get_string (value, NULL) == '\0'                  ? "not set"
                                : g_str_has_prefix (g_variant_get_string (value, NULL), "file:") ? "own file"
                                                                                                 : "set");
    }
}

static const char *
or_unknown (const char *text)
{
  return text != NULL && *text != '\0' ? text : "unknown";
}

char *
rd_report_dup_system (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return g_strdup_printf ("%s, GLib %u.%u.%u, desktop %s, %s session, %s", or_unknown (system), glib_major_version,
                          glib_minor_version, glib_micro_version, or_unknown (g_getenv ("XDG_CURRENT_DESKTOP")),
                          or_unknown (g_getenv ("XDG_SESSION_TYPE")),
                          g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "Flatpak" : "no Flatpak");
}

void
rd_report_add_system (GString *report, const char *system, const RdCheckupContext *context)
{
  RdDBusAgent1 *agent;

  g_return_if_fail (report != NULL);
  g_return_if_fail (system != NULL);
  g_return_if_fail (context != NULL);

  agent = context->agent;
  g_string_append_printf (report, "Ringdown %s\nReport of ", RD_VERSION);
  add_time (report, g_get_real_time ());
  g_string_append_printf (report, "\nSystem: %s\n", system);
  g_string_append_printf (report, "Notifications %s, sound %s, secrets %s, tray %s, autostart %s\n",
                          or_unknown (rd_dbus_agent1_get_notifications (agent)),
                          or_unknown (rd_dbus_agent1_get_sound (agent)),
                          or_unknown (rd_dbus_agent1_get_secrets (agent)),
                          or_unknown (rd_dbus_agent1_get_tray (agent)),
                          or_unknown (rd_dbus_agent1_get_autostart (agent)));
  add_settings (report, context->policy.preferences);
}

void
rd_report_add_steps (GString *report, GVariant *steps)
{
  GVariantIter iter;
  GVariant *step;

  g_return_if_fail (report != NULL);
  g_return_if_fail (g_variant_is_of_type (steps, G_VARIANT_TYPE ("aa{sv}")));

  g_variant_iter_init (&iter, steps);
  while ((step = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_string_append_printf (report, "  check %s: %s", get_string (step, "step"), get_string (step, "result"));
      add_fault (report, step);
      g_string_append_c (report, '\n');
      g_variant_unref (step);
    }
}

void
rd_report_add_account (GString *report, guint account, RdLine *line, GVariant *steps)
{
  g_return_if_fail (report != NULL);
  g_return_if_fail (RD_IS_LINE (line));

  g_string_append_printf (report, "Account %u\n", account);
  add_line (report, line);
  rd_report_add_steps (report, steps);
}

void
rd_report_add_errors (GString *report, GVariant *errors)
{
  GVariantIter iter;
  GVariant *error;

  g_return_if_fail (report != NULL);
  g_return_if_fail (g_variant_is_of_type (errors, G_VARIANT_TYPE ("aa{sv}")));

  g_string_append_printf (report, "Errors: %" G_GSIZE_FORMAT ", newest first\n", g_variant_n_children (errors));
  g_variant_iter_init (&iter, errors);
  while ((error = g_variant_iter_next_value (&iter)) != NULL)
    {
      gint64 at = 0;
      guint32 count = 1;

      g_variant_lookup (error, "at", "x", &at);
      g_variant_lookup (error, "count", "u", &count);
      g_string_append (report, "  ");
      add_time (report, at);
      g_string_append_printf (report, " %s", get_string (error, "severity"));
      add_fault (report, error);
      if (count > 1)
        g_string_append_printf (report, ", %u times", count);
      g_string_append_c (report, '\n');
      g_variant_unref (error);
    }
}

char *
rd_report_scrub (const char *text)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  clean = g_utf8_make_valid (text, -1);
  for (guint i = 0; i < G_N_ELEMENTS (scrubs); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (scrubs[i].pattern, 0, 0, NULL);
      char *scrubbed = g_regex_replace (regex, clean, -1, 0, scrubs[i].replacement, 0, NULL);

      /* A text that cannot be searched cannot be trusted. */
      g_free (clean);
      clean = scrubbed != NULL ? scrubbed : g_strdup ("");
    }
  return g_steal_pointer (&clean);
}
