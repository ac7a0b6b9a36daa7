/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "rd-text.h"

/* Every code of the interfaces has a sentence; what strangers wrote does no harm in it. */

/* RdFaultCode and ChannelsError: src/text may not include either, so they stand here, too. */
static const char *const codes[] = {
  "bad-input",
  "not-found",
  "exists",
  "unreachable",
  "tls",
  "timed-out",
  "signed-out",
  "forbidden",
  "site-error",
  "refused",
  "bad-reply",
  "too-large",
  "unsupported",
  "wrong-state",
  "room-refused",
  "room-untrusted",
  "invitation-expired",
  "no-room",
  "no-browser",
  "bad-profile",
  "secrets",
  "storage",
  "internal",
  "not-channels",
  "closed",
  "rejected",
  "over-quota",
  "unauthorized",
  "malformed",
  "server",
  "invalid",
};

static const char hostile[] = "\033[31mred\033[0m\r\n\a\342\200\256evil\342\201\246\342\200\250 {host} %s%n <b>&";

static GVariant *
make_fault (const char *code, const char *host, guint status, const char *said, const char *where)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (code != NULL)
    g_variant_builder_add (&builder, "{sv}", "code", g_variant_new_string (code));
  if (host != NULL)
    g_variant_builder_add (&builder, "{sv}", "host", g_variant_new_string (host));
  if (status != 0)
    g_variant_builder_add (&builder, "{sv}", "status", g_variant_new_uint32 (status));
  if (said != NULL)
    g_variant_builder_add (&builder, "{sv}", "said", g_variant_new_string (said));
  if (where != NULL)
    g_variant_builder_add (&builder, "{sv}", "where", g_variant_new_string (where));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

static void
assert_harmless (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_assert_false (g_unichar_iscntrl (c));
      g_assert_false (c >= 0x202a && c <= 0x202e);
      g_assert_false (c >= 0x2066 && c <= 0x2069);
      g_assert_false (c == 0x2028 || c == 0x2029);
    }
}

/* What becomes of the history's files is said with their names. */
static void
test_history_faults (void)
{
  g_autoptr (GVariant) damaged = make_fault ("storage", NULL, 0, "history.db.bad-1", "history-damaged");
  g_autoptr (GVariant) newer = make_fault ("storage", NULL, 0, "history.db.newer-1", "history-newer");
  g_autoptr (GVariant) full = make_fault ("storage", NULL, 0, NULL, "history-full");
  g_autoptr (GVariant) other = make_fault ("storage", NULL, 0, "unable to open", "history");
  g_autofree char *damaged_sentence = rd_text_for_fault (damaged);
  g_autofree char *newer_sentence = rd_text_for_fault (newer);
  g_autofree char *full_sentence = rd_text_for_fault (full);
  g_autofree char *other_sentence = rd_text_for_fault (other);

  assert_contains (damaged_sentence, "was damaged");
  assert_contains (damaged_sentence, "kept as “history.db.bad-1”.");
  assert_contains (newer_sentence, "kept as “history.db.newer-1”.");
  assert_contains (full_sentence, "no room on the disk");
  assert_contains (other_sentence, "the history could not be read or saved");
  assert_contains (other_sentence, "The reason: unable to open");
}

static void
test_every_code (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GVariant) full = make_fault (codes[i], "crm.example.org", 403, "Not today", "answer");
      g_autoptr (GVariant) bare = make_fault (codes[i], NULL, 0, NULL, NULL);
      g_autofree char *sentence = rd_text_for_fault (full);
      g_autofree char *short_sentence = rd_text_for_fault (bare);

      assert_contains (sentence, "crm.example.org");
      assert_contains (sentence, "Not today");
      g_assert_null (strchr (sentence, '{'));
      g_assert_null (strchr (short_sentence, '{'));
      g_assert_true (g_str_has_suffix (short_sentence, "."));
      g_assert_true (g_unichar_isupper (g_utf8_get_char (short_sentence)));
      /* none is left to the sentence for unknown codes, and none says the same as another */
      g_assert_null (strstr (short_sentence, "Something failed"));
      g_assert_true (g_hash_table_add (seen, g_steal_pointer (&short_sentence)));
    }
}

static void
test_wording (void)
{
  g_autoptr (GVariant) unauthorized = make_fault ("unauthorized", "crm.example.org", 403, NULL, NULL);
  g_autoptr (GVariant) refused =
      make_fault ("refused", "crm.example.org", 400, "Call is not in answerable state", "answer");
  g_autoptr (GVariant) profile = make_fault ("bad-profile", NULL, 0, "must be text", "crm.json: events.x.is");
  g_autofree char *a = rd_text_for_fault (unauthorized);
  g_autofree char *b = rd_text_for_fault (refused);
  g_autofree char *c = rd_text_for_fault (profile);

  g_assert_cmpstr (a, ==,
                   "crm.example.org refused this account’s sign-in (403). Sign in again in Ringdown’s accounts.");
  g_assert_cmpstr (
      b, ==, "crm.example.org refused (400) while answering the call. It said: “Call is not in answerable state”");
  g_assert_cmpstr (c, ==,
                   "A profile cannot be used: “crm.json: events.x.is”. Correct the file (“ringdown profile check” "
                   "tells all that is wrong with it), then start Ringdown again. The reason: must be text");
}

static void
test_places (void)
{
  static const char *const rows[][3] = {
    { "bad-input", "site", "This cannot be used as it was given: the site’s address. Correct it and try again." },
    { "bad-input", "tls", "A line without TLS is for this machine only." },
    { "bad-input", "invoice.id", "“invoice.id”" },
    { "not-found", "account", "There is no such account." },
    { "not-found", "call", "There is no such call." },
    { "unsupported", "window", "This agent runs without a window." },
    { "unsupported", "notifications", "no notifications" },
    { "unsupported", "answer", "This cannot be done with this account" },
    { "internal", "window", "The window could not be opened." },
    { "secrets", "locked", "The keyring is locked" },
    { "secrets", "dismissed", "was dismissed" },
    { "secrets", "timed-out", "does not answer" },
    { "secrets", "absent", "no keyring" },
    { "secrets", "failed", "The keyring does not give out" },
    { "timed-out", "answer", "The server did not answer in time while answering the call." },
    { "timed-out", "elsewhere", "in time (at “elsewhere”)." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GVariant) fault = make_fault (rows[i][0], NULL, 0, NULL, rows[i][1]);
      g_autofree char *sentence = rd_text_for_fault (fault);

      assert_contains (sentence, rows[i][2]);
    }
}

static void
test_unknown_code (void)
{
  g_autoptr (GVariant) unknown = make_fault ("from-the-future", "crm.example.org", 418, NULL, "brew");
  g_autoptr (GVariant) empty = make_fault (NULL, NULL, 0, NULL, NULL);
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new_string ("no dictionary"));
  g_autoptr (GVariant) types =
      g_variant_ref_sink (g_variant_new_parsed ("{'code': <5>, 'host': <true>, 'status': <'x'>}"));
  g_autofree char *a = rd_text_for_fault (unknown);
  g_autofree char *b = rd_text_for_fault (empty);
  g_autofree char *c = rd_text_for_fault (wrong);
  g_autofree char *d = rd_text_for_fault (types);
  g_autofree char *e = rd_text_for_fault (NULL);

  g_assert_cmpstr (a, ==, "Something failed at crm.example.org (418) (at “brew”): “from-the-future”.");
  assert_contains (b, "Something went wrong");
  g_assert_cmpstr (b, ==, c);
  g_assert_cmpstr (b, ==, d);
  g_assert_cmpstr (b, ==, e);
}

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GVariant) fault = make_fault (codes[i], hostile, 1, hostile, hostile);
      g_autofree char *sentence = rd_text_for_fault (fault);

      assert_harmless (sentence);
    }
  {
    g_autofree char *huge = g_strnfill (100000, 'x');
    g_autoptr (GVariant) fault = make_fault (huge, huge, 1, huge, huge);
    g_autofree char *sentence = rd_text_for_fault (fault);
    g_autofree char *call = rd_text_for_call ("declined", "declined-by-peer", FALSE, huge);
    g_autofree char *name = rd_text_for_call ("declined", "declined-by-peer", FALSE, hostile);

    g_assert_cmpuint (strlen (sentence), <, 1000);
    g_assert_cmpuint (strlen (call), <, 120);
    assert_harmless (name);
    /* put in once, not looked at again */
    assert_contains (name, "{host} %s%n <b>&");
  }
}

static void
test_clean (void)
{
  static const struct
  {
    const char *in;
    guint max;
    const char *out;
  } rows[] = {
    { NULL, 10, "" },
    { "", 10, "" },
    { "Ada", 10, "Ada" },
    { "  Ada \t\n Lovelace\r\n", 20, "Ada Lovelace" },
    { "Ada Lovelace", 12, "Ada Lovelace" },
    { "Ada Lovelace", 11, "Ada Lovela…" },
    { "Ada", 1, "…" },
    { "Ada", 0, "" },
    { "\xff\xfe", 10, "\357\277\275\357\277\275" },
    { "a\342\200\213b\357\273\277c", 10, "abc" },
    { "a\314\200\314\200\314\200\314\200\314\200\314\200z", 20, "a\314\200\314\200\314\200\314\200z" },
    { "\360\237\221\251\342\200\215\360\237\222\273", 10, "\360\237\221\251\342\200\215\360\237\222\273" },
    { "\302\233"
      "31m",
      10, "31m" },
    { "one\342\200\250two", 10, "one two" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *out = rd_text_clean (rows[i].in, rows[i].max);

      g_assert_cmpstr (out, ==, rows[i].out);
    }
}

static void
test_link (void)
{
  static const char *const states[] = { "connected", "connecting", "waiting", "failed", "signed-out", "stopped" };
  g_autofree char *unknown = rd_text_for_link ("?");
  g_autofree char *none = rd_text_for_link (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = rd_text_for_link (states[i]);
      g_autofree char *fine = rd_text_for_link_reason (states[i], "", NULL, "Work");
      g_autofree char *nameless = rd_text_for_link_reason (states[i], NULL, NULL, NULL);
      g_autofree char *reason = rd_text_for_link_reason (states[i], "unreachable", NULL, "Work");

      g_assert_cmpstr (text, !=, unknown);
      g_assert_true ((*fine == '\0') == (i == 0));
      g_assert_true ((*nameless == '\0') == (i == 0));
      if (i > 0)
        assert_contains (fine, "Work");
      /* the account's name stands in for a host that is not known */
      assert_contains (reason, "Work cannot be reached");
      g_assert_true ((strstr (reason, "by itself") != NULL) == g_str_equal (states[i], "failed"));
    }
  g_assert_cmpstr (none, ==, unknown);
}

static void
test_close_codes (void)
{
  static const int special[] = { 4000, 4001, 4003, 4005, 4006, 4007 };
  g_autoptr (GVariant) idle =
      g_variant_ref_sink (g_variant_new_parsed ("{'host': <'ws.example.org'>, 'close-code': <4202>}"));
  g_autofree char *closed = rd_text_for_link_reason ("waiting", "closed", idle, "Work");

  g_assert_cmpstr (closed, ==, "ws.example.org closed the line (code 4202).");
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    {
      g_autoptr (GVariant) detail =
          g_variant_ref_sink (g_variant_new_parsed ("{'host': <'ws.example.org'>, 'close-code': <%i>}", special[i]));
      g_autofree char *text = rd_text_for_link_reason ("failed", "rejected", detail, "Work");

      assert_contains (text, "ws.example.org ");
      g_assert_null (strstr (text, "refuses this application"));
    }
}

static void
test_times (void)
{
  const gint64 s = G_USEC_PER_SEC;
  const gint64 now = 1000000 * s;
  const struct
  {
    gint64 at;
    const char *next_try;
    const char *age;
  } rows[] = {
    { 0, "", "never" },
    { -5, "", "never" },
    { now, "", "just now" },
    { now + 1, "next try in 1 s", "just now" },
    { now + 4 * s, "next try in 4 s", "just now" },
    { now + 3 * s + 1, "next try in 4 s", "just now" },
    { now + 120 * s, "next try in 2 min", "just now" },
    { now - 3 * s, "", "3 s ago" },
    { now - 59 * s, "", "59 s ago" },
    { now - 150 * s, "", "2 min ago" },
    { now - 3600 * s, "", "1 h ago" },
    { now - 3 * 86400 * s, "", "3 d ago" },
  };
  const struct
  {
    gint64 us;
    const char *text;
  } durations[] = {
    { -1, "0:00" },
    { 0, "0:00" },
    { 7 * s, "0:07" },
    { 67 * s, "1:07" },
    { 3599 * s, "59:59" },
    { 3723 * s, "1:02:03" },
    { G_MAXINT64, "2562047788:00:54" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *next_try = rd_text_for_next_try (rows[i].at, now);
      g_autofree char *age = rd_text_for_age (rows[i].at, now);

      g_assert_cmpstr (next_try, ==, rows[i].next_try);
      g_assert_cmpstr (age, ==, rows[i].age);
    }
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autofree char *text = rd_text_for_duration (durations[i].us);

      g_assert_cmpstr (text, ==, durations[i].text);
    }
}

static void
test_calls (void)
{
  static const struct
  {
    const char *state;
    const char *reason;
    gboolean incoming;
    const char *text;
  } rows[] = {
    { "ringing-in", "", TRUE, "Incoming call" },
    { "ringing-out", "", FALSE, "Calling…" },
    { "active", "", TRUE, "Active" },
    { "answered-elsewhere", "", TRUE, "Answered on another device" },
    { "declined", "declined-by-us", TRUE, "You declined the call" },
    { "declined", "declined-by-peer", FALSE, "Ada declined your call" },
    { "declined", "", FALSE, "Ada declined your call" },
    { "cancelled", "cancelled-by-us", FALSE, "You cancelled the call" },
    { "cancelled", "", TRUE, "Ada cancelled the call" },
    { "missed", "ring-deadline", TRUE, "Missed call" },
    { "missed", "late", TRUE, "Missed call" },
    { "ended", "", TRUE, "Call ended" },
    { "ended", "no-answer", FALSE, "Ada did not answer" },
    { "failed", "failed", FALSE, "Call failed" },
    { "new", NULL, FALSE, "Unknown" },
    { NULL, NULL, FALSE, "Unknown" },
  };
  g_autofree char *nobody = rd_text_for_peer ("\n ");
  g_autofree char *audio = rd_text_for_media (TRUE);
  g_autofree char *video = rd_text_for_media (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = rd_text_for_call (rows[i].state, rows[i].reason, rows[i].incoming, "Ada");

      g_assert_cmpstr (text, ==, rows[i].text);
    }
  g_assert_cmpstr (nobody, ==, "Unknown caller");
  g_assert_cmpstr (audio, ==, "Audio call");
  g_assert_cmpstr (video, ==, "Video call");
}

static void
test_health (void)
{
  static const char *const rows[][3] = {
    { "notifications", "ok", "" },
    { "notifications", "unknown", "" },
    { "notifications", "absent", "no notifications" },
    { "notifications", "not-answering", "do not answer" },
    { "notifications", "no-actions", "no buttons" },
    { "sound", "ok", "" },
    { "sound", "unused", "" },
    { "sound", "no-device", "do not ring" },
    { "sound", "failed", "do not ring" },
    { "secrets", "keyring", "" },
    { "secrets", "keyring-locked", "locked" },
    { "secrets", "memory", "no keyring" },
    { "secrets", "file", "plain file" },
    { "?", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = rd_text_for_health (rows[i][0], rows[i][1]);

      g_assert_true ((*text == '\0') == (*rows[i][2] == '\0'));
      assert_contains (text, rows[i][2]);
    }
}

/* Whatever went wrong with the message, nobody must think that the call rings on. */
static void
test_declined_all_the_same (void)
{
  g_autoptr (GVariant) none = make_fault ("unsupported", NULL, 0, NULL, "decline-message");
  g_autoptr (GVariant) refused = make_fault ("refused", "crm.example.org", 403, "Not a contact", "decline-message");
  g_autofree char *a = rd_text_for_fault (none);
  g_autofree char *b = rd_text_for_fault (refused);

  assert_contains (a, "The call is declined.");
  assert_contains (a, "takes no messages");
  assert_contains (b, "The call is declined, but your message was not sent. crm.example.org refused");
  assert_contains (b, "Not a contact");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rd_text_init ();
  g_test_add_func ("/text/fault/every-code", test_every_code);
  g_test_add_func ("/text/fault/history", test_history_faults);
  g_test_add_func ("/text/fault/wording", test_wording);
  g_test_add_func ("/text/fault/places", test_places);
  g_test_add_func ("/text/fault/unknown-code", test_unknown_code);
  g_test_add_func ("/text/fault/hostile", test_hostile);
  g_test_add_func ("/text/fault/close-codes", test_close_codes);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/link", test_link);
  g_test_add_func ("/text/times", test_times);
  g_test_add_func ("/text/calls", test_calls);
  g_test_add_func ("/text/health", test_health);
  g_test_add_func ("/text/fault/declined", test_declined_all_the_same);
  return g_test_run ();
}
