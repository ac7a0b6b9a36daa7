/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-history.h"

#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

/* What happened, as a test tells it. */

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

struct _RdMockHistory
{
  GObject parent_instance;

  RdMockAgent *agent; /* not owned */
  RdDBusHistory1 *skeleton;
  GPtrArray *entries; /* of GVariant, newest first */
};

G_DEFINE_FINAL_TYPE (RdMockHistory, rd_mock_history, G_TYPE_OBJECT)

static const char *const names[] = {
  "Ada Lovelace", "Grace Hopper", "Katherine Johnson", "Radia Perlman", "علي بن أحمد",
};

static const char *
get_text (GVariant *entry, const char *key)
{
  const char *text = "";

  g_variant_lookup (entry, key, "&s", &text);
  return text;
}

static guint64
get_id (GVariant *entry)
{
  guint64 id = 0;

  g_variant_lookup (entry, "id", "t", &id);
  return id;
}

static gboolean
contains (GVariant *entry, const char *search)
{
  const char *const keys[] = { "peer-name", "title", "amount" };
  g_autofree char *needle = g_utf8_casefold (search, -1);
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *text = g_utf8_casefold (get_text (entry, keys[i]), -1);

      if (strstr (text, needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (GVariant *entry, GVariant *filter)
{
  g_autofree const char **kinds = NULL;
  const char *account = "", *search = "";
  gboolean missed = FALSE;

  g_variant_lookup (filter, "kinds", "^a&s", &kinds);
  g_variant_lookup (filter, "account", "&s", &account);
  g_variant_lookup (filter, "search", "&s", &search);
  g_variant_lookup (filter, "missed", "b", &missed);
  return (kinds == NULL || g_strv_contains (kinds, get_text (entry, "kind"))) &&
         (*account == '\0' || strcmp (get_text (entry, "account"), account) == 0) &&
         (!missed || strcmp (get_text (entry, "state"), "missed") == 0) &&
         (*search == '\0' || contains (entry, search));
}

/* After the one with this cursor; of a long list whose ids count down, without looking through it. */
static guint
position_after (RdMockHistory *self, const char *before)
{
  guint i, guess;

  if (*before == '\0')
    return 0;
  guess = self->entries->len - (guint) g_ascii_strtoull (before, NULL, 10);
  if (guess < self->entries->len && strcmp (get_text (g_ptr_array_index (self->entries, guess), "cursor"), before) == 0)
    return guess + 1;
  for (i = 0; i < self->entries->len; i++)
    if (strcmp (get_text (g_ptr_array_index (self->entries, i), "cursor"), before) == 0)
      return i + 1;
  return self->entries->len;
}

static gboolean
on_handle_list (RdDBusHistory1 *skeleton, GDBusMethodInvocation *invocation, GVariant *filter, const char *before,
                guint limit, RdMockHistory *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  gboolean more = FALSE;
  guint i, n = 0;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  g_assert_cmpuint (limit, >=, 1);
  g_assert_cmpuint (limit, <=, 200);
  for (i = position_after (self, before); i < self->entries->len && !more; i++)
    {
      GVariant *entry = g_ptr_array_index (self->entries, i);

      if (!matches (entry, filter))
        continue;
      more = n == limit;
      if (n++ < limit)
        g_variant_builder_add_value (&builder, entry);
    }
  rd_dbus_history1_complete_list (skeleton, invocation, g_variant_builder_end (&builder), more);
  return TRUE;
}

static gboolean
on_handle_mark_seen (RdDBusHistory1 *skeleton, GDBusMethodInvocation *invocation, RdMockHistory *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_history1_set_missed (skeleton, 0);
  rd_dbus_history1_complete_mark_seen (skeleton, invocation);
  return TRUE;
}

static gboolean
on_handle_export (RdDBusHistory1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds, GVariant *file,
                  const char *format, GVariant *filter, RdMockHistory *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (format);
  guint64 count = 0;
  guint i;
  int fd;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  for (i = self->entries->len; i-- > 0;)
    if (matches (g_ptr_array_index (self->entries, i), filter))
      {
        g_string_append_printf (text, "\n%s", get_text (g_ptr_array_index (self->entries, i), "peer-name"));
        count++;
      }
  fd = g_unix_fd_list_get (fds, g_variant_get_handle (file), &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, text->str, text->len), ==, (gssize) text->len);
  close (fd);
  rd_dbus_history1_complete_export (skeleton, invocation, NULL, count);
  return TRUE;
}

static gboolean
on_handle_erase (RdDBusHistory1 *skeleton, GDBusMethodInvocation *invocation, GVariant *filter, RdMockHistory *self)
{
  guint64 count = self->entries->len;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  g_assert_cmpuint (g_variant_n_children (filter), ==, 0);
  g_ptr_array_set_size (self->entries, 0);
  rd_dbus_history1_set_missed (skeleton, 0);
  rd_dbus_history1_emit_entries_reset (skeleton);
  rd_dbus_history1_complete_erase (skeleton, invocation, count);
  return TRUE;
}

static gboolean
on_handle_remove (RdDBusHistory1 *skeleton, GDBusMethodInvocation *invocation, GVariant *ids, RdMockHistory *self)
{
  GVariantIter iter;
  guint64 id, count = 0;
  guint i;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  g_variant_iter_init (&iter, ids);
  while (g_variant_iter_next (&iter, "t", &id))
    for (i = self->entries->len; i-- > 0;)
      if (get_id (g_ptr_array_index (self->entries, i)) == id)
        {
          g_ptr_array_remove_index (self->entries, i);
          count++;
        }
  rd_dbus_history1_emit_entries_reset (skeleton);
  rd_dbus_history1_complete_remove (skeleton, invocation, count);
  return TRUE;
}

static gboolean
on_handle_remind (RdDBusHistory1 *skeleton, GDBusMethodInvocation *invocation, guint64 id, guint minutes,
                  RdMockHistory *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_history1_complete_remind (skeleton, invocation);
  return TRUE;
}

static void
rd_mock_history_finalize (GObject *object)
{
  RdMockHistory *self = RD_MOCK_HISTORY (object);

  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  g_ptr_array_unref (self->entries);

  G_OBJECT_CLASS (rd_mock_history_parent_class)->finalize (object);
}

static void
rd_mock_history_class_init (RdMockHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_history_finalize;
}

static void
rd_mock_history_init (RdMockHistory *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
}

RdMockHistory *
rd_mock_history_new (RdMockAgent *agent)
{
  RdMockHistory *self = g_object_new (RD_TYPE_MOCK_HISTORY, NULL);

  self->agent = agent;
  self->skeleton = rd_dbus_history1_skeleton_new ();
  rd_dbus_history1_set_problem (self->skeleton, g_variant_new_parsed ("@a{sv} {}"));
  g_signal_connect (self->skeleton, "handle-list", G_CALLBACK (on_handle_list), self);
  g_signal_connect (self->skeleton, "handle-mark-seen", G_CALLBACK (on_handle_mark_seen), self);
  g_signal_connect (self->skeleton, "handle-export", G_CALLBACK (on_handle_export), self);
  g_signal_connect (self->skeleton, "handle-erase", G_CALLBACK (on_handle_erase), self);
  g_signal_connect (self->skeleton, "handle-remove", G_CALLBACK (on_handle_remove), self);
  g_signal_connect (self->skeleton, "handle-remind", G_CALLBACK (on_handle_remind), self);
  rd_mock_agent_add_part (agent, self->skeleton);
  return self;
}

RdDBusHistory1 *
rd_mock_history_get_skeleton (RdMockHistory *self)
{
  return self->skeleton;
}

static GVariant *
create_entry (guint i, guint64 id, gint64 at)
{
  const char *name = names[i % G_N_ELEMENTS (names)];
  g_autofree char *peer = g_strdup_printf ("%u", 10 + i % (guint) G_N_ELEMENTS (names));
  g_autofree char *cursor = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "id", "t", id);
  g_variant_dict_insert (&dict, "cursor", "s", cursor);
  g_variant_dict_insert (&dict, "account", "s", "crm");
  g_variant_dict_insert (&dict, "account-name", "s", "Work CRM");
  g_variant_dict_insert (&dict, "ref", "s", cursor);
  g_variant_dict_insert (&dict, "at", "x", at);
  if (i % 10 == 4)
    {
      g_variant_dict_insert (&dict, "kind", "s", "payment");
      g_variant_dict_insert (&dict, "event", "s", "payment.received");
      g_variant_dict_insert (&dict, "invoice-id", "s", "i1");
      g_variant_dict_insert (&dict, "title", "s", "Payment received");
      g_variant_dict_insert (&dict, "body", "s", "Invoice 7 has been paid");
      g_variant_dict_insert (&dict, "amount", "s", "120.00 EUR");
      return g_variant_dict_end (&dict);
    }
  g_variant_dict_insert (&dict, "direction", "s", i % 4 == 1 ? "out" : "in");
  g_variant_dict_insert (&dict, "peer-id", "s", peer);
  g_variant_dict_insert (&dict, "peer-name", "s", name);
  if (i % 10 == 5)
    {
      g_variant_dict_insert (&dict, "kind", "s", "message");
      g_variant_dict_insert (&dict, "conversation", "s", "c0");
      return g_variant_dict_end (&dict);
    }
  g_variant_dict_insert (&dict, "kind", "s", "call");
  g_variant_dict_insert (&dict, "state", "s", i % 3 == 0 ? "missed" : i % 7 == 2 ? "answered-elsewhere" : "ended");
  g_variant_dict_insert (&dict, "reason", "s", i % 3 == 0 ? "no-answer" : "");
  g_variant_dict_insert (&dict, "audio", "b", i % 2 == 1);
  if (i % 3 != 0)
    {
      g_variant_dict_insert (&dict, "started-at", "x", at);
      g_variant_dict_insert (&dict, "ended-at", "x", at + 7 * MINUTE + i % 50 * G_USEC_PER_SEC);
    }
  return g_variant_dict_end (&dict);
}

void
rd_mock_history_fill (RdMockHistory *self, guint n)
{
  gint64 now = g_get_real_time ();
  guint i;

  for (i = 0; i < n; i++)
    g_ptr_array_add (self->entries, g_variant_ref_sink (create_entry (i, n - i, now - (i + 1) * 30 * MINUTE)));
}

void
rd_mock_history_put (RdMockHistory *self, const char *entry)
{
  g_autoptr (GError) error = NULL;
  GVariant *parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, entry, NULL, NULL, &error);

  g_assert_no_error (error);
  g_ptr_array_insert (self->entries, 0, parsed);
}

void
rd_mock_history_add (RdMockHistory *self, const char *entry)
{
  rd_mock_history_put (self, entry);
  rd_dbus_history1_emit_entry_added (self->skeleton, g_ptr_array_index (self->entries, 0));
}

guint
rd_mock_history_get_n (RdMockHistory *self)
{
  return self->entries->len;
}
