/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-error-log.h"

/* A ring of failures, newest last. */

typedef struct
{
  char *account;
  char *severity;
  GVariant *fault; /* a{sv} */
  gint64 at;
  guint count;
} Entry;

struct _RdErrorLog
{
  GObject parent_instance;

  RdClock *clock;
  GQueue entries; /* Entry */
};

G_DEFINE_FINAL_TYPE (RdErrorLog, rd_error_log, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->account);
  g_free (entry->severity);
  g_variant_unref (entry->fault);
  g_free (entry);
}

static const char *
get_string (GVariant *fault, const char *key)
{
  const char *value = "";

  g_variant_lookup (fault, key, "&s", &value);
  return value;
}

/* Where the other side's words differ, it is the same failure still. */
static gboolean
is_same (const Entry *entry, const char *account, GVariant *fault)
{
  static const char * const keys[] = { "code", "host", "where" };

  if (g_strcmp0 (entry->account, account) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_str_equal (get_string (entry->fault, keys[i]), get_string (fault, keys[i])))
      return FALSE;
  return TRUE;
}

/* (nullable) (transfer full): taken out of the ring */
static Entry *
take_same (RdErrorLog *self, const char *account, GVariant *fault)
{
  for (GList *link = self->entries.tail; link != NULL; link = link->prev)
    if (is_same (link->data, account, fault))
      {
        Entry *entry = link->data;

        g_queue_delete_link (&self->entries, link);
        return entry;
      }
  return NULL;
}

static void
on_notice (RdNotices *notices, GVariant *notice, RdErrorLog *self)
{
  rd_error_log_add (self, get_string (notice, "account"), get_string (notice, "severity"), notice);
}

/* (transfer full) */
static GVariant *
dup_fault (const char *code, GVariant *detail)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, detail);
  g_variant_dict_insert (&dict, "code", "s", code);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* All of a line's status is there when it says that its state is another one. */
static void
on_line_state_changed (RdLine *line, GParamSpec *pspec, RdErrorLog *self)
{
  g_autofree char *state = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GVariant) detail = NULL;
  g_autoptr (GVariant) fault = NULL;

  g_object_get (line, "state", &state, "reason", &reason, "reason-detail", &detail, NULL);
  if (reason == NULL || *reason == '\0' || g_str_equal (reason, "paused") || g_str_equal (state, "connecting"))
    return;
  fault = dup_fault (reason, detail);
  rd_error_log_add (self, rd_line_get_id (line), g_str_equal (state, "waiting") ? "warning" : "error", fault);
}

static void
on_site_problem_changed (RdLine *line, GParamSpec *pspec, RdErrorLog *self)
{
  g_autoptr (GVariant) problem = NULL;

  g_object_get (line, "site-problem", &problem, NULL);
  if (problem != NULL && g_variant_n_children (problem) > 0)
    rd_error_log_add (self, rd_line_get_id (line), "warning", problem);
}

static void
on_line_added (RdLines *lines, RdLine *line, RdErrorLog *self)
{
  g_signal_connect_object (line, "notify::state", G_CALLBACK (on_line_state_changed), self, 0);
  g_signal_connect_object (line, "notify::site-problem", G_CALLBACK (on_site_problem_changed), self, 0);
}

/*
 * GObject
 */
static void
rd_error_log_finalize (GObject *object)
{
  RdErrorLog *self = RD_ERROR_LOG (object);

  g_queue_clear_full (&self->entries, entry_free);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_error_log_parent_class)->finalize (object);
}

static void
rd_error_log_class_init (RdErrorLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_error_log_finalize;
}

static void
rd_error_log_init (RdErrorLog *self)
{
  g_queue_init (&self->entries);
}

RdErrorLog *
rd_error_log_new (RdNotices *notices, RdLines *lines, RdClock *clock)
{
  RdErrorLog *self;

  g_return_val_if_fail (RD_IS_NOTICES (notices), NULL);
  g_return_val_if_fail (lines == NULL || RD_IS_LINES (lines), NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_ERROR_LOG, NULL);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (notices, "notice", G_CALLBACK (on_notice), self, 0);
  if (lines != NULL)
    g_signal_connect_object (lines, "line-added", G_CALLBACK (on_line_added), self, 0);
  return self;
}

void
rd_error_log_add (RdErrorLog *self, const char *account, const char *severity, GVariant *fault)
{
  Entry *entry;

  g_return_if_fail (RD_IS_ERROR_LOG (self));
  g_return_if_fail (severity != NULL);
  g_return_if_fail (g_variant_is_of_type (fault, G_VARIANT_TYPE_VARDICT));

  if (account == NULL)
    account = "";
  entry = take_same (self, account, fault);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->account = g_strdup (account);
      entry->severity = g_strdup (severity);
    }
  g_clear_pointer (&entry->fault, g_variant_unref);
  entry->fault = g_variant_ref_sink (fault);
  entry->at = rd_clock_get_real_time (self->clock);
  entry->count++;
  g_queue_push_tail (&self->entries, entry);
  if (self->entries.length > RD_ERROR_LOG_MAX)
    entry_free (g_queue_pop_head (&self->entries));
}

GVariant *
rd_error_log_list (RdErrorLog *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (RD_IS_ERROR_LOG (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (GList *link = self->entries.tail; link != NULL; link = link->prev)
    {
      const Entry *entry = link->data;
      GVariantDict dict;

      g_variant_dict_init (&dict, entry->fault);
      g_variant_dict_insert (&dict, "at", "x", entry->at);
      g_variant_dict_insert (&dict, "account", "s", entry->account);
      g_variant_dict_insert (&dict, "severity", "s", entry->severity);
      g_variant_dict_insert (&dict, "count", "u", entry->count);
      g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
    }
  return g_variant_builder_end (&builder);
}
