/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-history-object.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"

#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

/* The history on the bus: what clients ask is bounded and checked here and by RdHistoryFilter. */

#define MAX_IDS 1000
#define MAX_CURSOR 20

struct _RdHistoryObject
{
  RdDBusHistory1Skeleton parent_instance;

  RdHistory *history;
  RdReminders *reminders;
};

static gboolean
refuse (GDBusMethodInvocation *invocation, const char *where)
{
  g_autoptr (GError) error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, where);

  rd_dbus_error_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* (nullable): NULL: the invocation has been answered */
static RdHistoryFilter *
read_filter (GDBusMethodInvocation *invocation, GVariant *given)
{
  g_autoptr (GError) error = NULL;
  RdHistoryFilter *filter = rd_history_filter_new (given, &error);

  if (filter == NULL)
    rd_dbus_error_return (invocation, error);
  return filter;
}

static gboolean
read_cursor (const char *text, guint64 *cursor)
{
  *cursor = 0;
  return *text == '\0'
         || (strlen (text) <= MAX_CURSOR && g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, cursor, NULL));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entries = NULL;
  gboolean more = FALSE;

  entries = rd_history_list_finish (RD_HISTORY (source), result, &more, &error);
  if (entries != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aa{sv}b)", entries, more));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_list (RdDBusHistory1 *object, GDBusMethodInvocation *invocation, GVariant *given, const char *before,
                guint limit)
{
  g_autoptr (RdHistoryFilter) filter = NULL;
  guint64 cursor;

  if (!read_cursor (before, &cursor))
    return refuse (invocation, "before");
  filter = read_filter (invocation, given);
  if (filter != NULL)
    rd_history_list_async (RD_HISTORY_OBJECT (object)->history, filter, cursor,
                           CLAMP (limit, 1, RD_HISTORY_MAX_PAGE), on_listed, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
return_count (GDBusMethodInvocation *invocation, gint64 count, const GError *error)
{
  if (error == NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(t)", (guint64) count));
  else
    rd_dbus_error_return (invocation, error);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 count = rd_history_count_finish (RD_HISTORY (source), result, &error);

  return_count (user_data, count, error);
}

static gboolean
on_handle_count (RdDBusHistory1 *object, GDBusMethodInvocation *invocation, GVariant *given)
{
  g_autoptr (RdHistoryFilter) filter = read_filter (invocation, given);

  if (filter != NULL)
    rd_history_count_async (RD_HISTORY_OBJECT (object)->history, filter, on_counted, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_mark_seen (RdDBusHistory1 *object, GDBusMethodInvocation *invocation)
{
  rd_history_mark_seen (RD_HISTORY_OBJECT (object)->history);
  rd_dbus_history1_complete_mark_seen (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 count = rd_history_export_finish (RD_HISTORY (source), result, &error);

  return_count (user_data, count, error);
}

static gboolean
on_handle_export (RdDBusHistory1 *object, GDBusMethodInvocation *invocation, GUnixFDList *files, GVariant *file,
                  const char *format, GVariant *given)
{
  g_autoptr (RdHistoryFilter) filter = NULL;
  int fd = files != NULL ? g_unix_fd_list_get (files, g_variant_get_handle (file), NULL) : -1;

  if (fd < 0)
    return refuse (invocation, "file");
  filter = read_filter (invocation, given);
  if (filter != NULL)
    rd_history_export_async (RD_HISTORY_OBJECT (object)->history, filter, fd, format, on_exported, invocation);
  else
    g_close (fd, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* An erasure or a reminder on its way. */
typedef struct
{
  RdHistoryObject *object;
  GDBusMethodInvocation *invocation;
  guint minutes;
  gboolean all;
} Errand;

static Errand *
errand_new (RdHistoryObject *self, GDBusMethodInvocation *invocation)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->object = g_object_ref (self);
  errand->invocation = invocation;
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->object);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* A reminder holds a name: it goes with the call. */
static void
forget_reminders (RdReminders *reminders, GVariant *calls)
{
  const char *account;
  const char *call;
  GVariantIter iter;

  g_variant_iter_init (&iter, calls);
  while (g_variant_iter_next (&iter, "(&s&s)", &account, &call))
    rd_reminders_remove (reminders, account, call);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) calls = NULL;
  gint64 count = rd_history_erase_finish (RD_HISTORY (source), result, &calls, &error);

  if (errand->all && error == NULL)
    rd_reminders_clear (errand->object->reminders, NULL);
  else if (calls != NULL)
    forget_reminders (errand->object->reminders, calls);
  return_count (errand->invocation, count, error);
}

static gboolean
on_handle_erase (RdDBusHistory1 *object, GDBusMethodInvocation *invocation, GVariant *given)
{
  RdHistoryObject *self = RD_HISTORY_OBJECT (object);
  g_autoptr (RdHistoryFilter) filter = read_filter (invocation, given);
  Errand *errand;

  if (filter == NULL)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  errand = errand_new (self, invocation);
  errand->all = rd_history_filter_is_empty (filter);
  rd_history_erase_async (self->history, filter, on_erased, errand);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_remove (RdDBusHistory1 *object, GDBusMethodInvocation *invocation, GVariant *ids)
{
  RdHistoryObject *self = RD_HISTORY_OBJECT (object);
  const guint64 *numbers;
  gsize n = 0;

  numbers = g_variant_get_fixed_array (ids, &n, sizeof *numbers);
  if (n > MAX_IDS)
    return refuse (invocation, "ids");
  rd_history_remove_async (self->history, numbers, n, on_erased, errand_new (self, invocation));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* (transfer full): an entry of a call as a LISTED CALL */
static GVariant *
make_call (GVariant *entry)
{
  const char *ref = "";
  GVariantDict dict;

  g_variant_lookup (entry, "ref", "&s", &ref);
  g_variant_dict_init (&dict, entry);
  g_variant_dict_insert (&dict, "id", "s", ref);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entry = rd_history_get_finish (RD_HISTORY (source), result, &error);
  g_autoptr (GVariant) call = NULL;
  const char *kind = "";
  const char *account = "";
  const char *ref = "";

  if (entry != NULL)
    {
      g_variant_lookup (entry, "kind", "&s", &kind);
      g_variant_lookup (entry, "account", "&s", &account);
      g_variant_lookup (entry, "ref", "&s", &ref);
      call = make_call (entry);
    }
  if (entry != NULL && !g_str_equal (kind, "call"))
    error = rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "call");
  else if (entry != NULL && errand->minutes == 0)
    rd_reminders_remove (errand->object->reminders, account, ref);
  else if (entry != NULL)
    rd_reminders_add (errand->object->reminders, call, errand->minutes, &error);
  if (error != NULL)
    rd_dbus_error_return (errand->invocation, error);
  else
    g_dbus_method_invocation_return_value (errand->invocation, NULL);
}

static gboolean
on_handle_remind (RdDBusHistory1 *object, GDBusMethodInvocation *invocation, guint64 id, guint minutes)
{
  RdHistoryObject *self = RD_HISTORY_OBJECT (object);
  Errand *errand;

  if (minutes > RD_REMINDERS_MAX_MINUTES)
    return refuse (invocation, "minutes");
  errand = errand_new (self, invocation);
  errand->minutes = minutes;
  rd_history_get_async (self->history, id, on_got, errand);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
history1_iface_init (RdDBusHistory1Iface *iface)
{
  iface->handle_list = on_handle_list;
  iface->handle_count = on_handle_count;
  iface->handle_mark_seen = on_handle_mark_seen;
  iface->handle_export = on_handle_export;
  iface->handle_erase = on_handle_erase;
  iface->handle_remove = on_handle_remove;
  iface->handle_remind = on_handle_remind;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdHistoryObject, rd_history_object, RD_DBUS_TYPE_HISTORY1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_HISTORY1, history1_iface_init))

static void
on_entry_added (RdHistory *history, GVariant *entry, RdHistoryObject *self)
{
  rd_dbus_history1_emit_entry_added (RD_DBUS_HISTORY1 (self), entry);
}

static void
on_entries_reset (RdHistory *history, RdHistoryObject *self)
{
  rd_dbus_history1_emit_entries_reset (RD_DBUS_HISTORY1 (self));
}

static void
on_problem_changed (RdHistory *history, GParamSpec *pspec, RdHistoryObject *self)
{
  const GError *problem = rd_history_get_problem (history);
  g_autoptr (GVariant) detail = NULL;

  detail = problem != NULL ? rd_dbus_error_dup_detail (problem) : g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  rd_dbus_history1_set_problem (RD_DBUS_HISTORY1 (self), detail);
}

/*
 * GObject
 */
static void
rd_history_object_finalize (GObject *object)
{
  RdHistoryObject *self = RD_HISTORY_OBJECT (object);

  g_clear_object (&self->history);
  g_clear_object (&self->reminders);

  G_OBJECT_CLASS (rd_history_object_parent_class)->finalize (object);
}

static void
rd_history_object_class_init (RdHistoryObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_history_object_finalize;
}

static void
rd_history_object_init (RdHistoryObject *self)
{
}

RdHistoryObject *
rd_history_object_new (RdHistory *history, RdReminders *reminders)
{
  RdHistoryObject *self;

  g_return_val_if_fail (RD_IS_HISTORY (history), NULL);
  g_return_val_if_fail (RD_IS_REMINDERS (reminders), NULL);

  self = g_object_new (RD_TYPE_HISTORY_OBJECT, NULL);
  self->history = g_object_ref (history);
  self->reminders = g_object_ref (reminders);
  g_object_bind_property (history, "missed", self, "missed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (history, "notify::problem", G_CALLBACK (on_problem_changed), self, 0);
  g_signal_connect_object (history, "entry-added", G_CALLBACK (on_entry_added), self, 0);
  g_signal_connect_object (history, "entries-reset", G_CALLBACK (on_entries_reset), self, 0);
  on_problem_changed (history, NULL, self);
  return self;
}
