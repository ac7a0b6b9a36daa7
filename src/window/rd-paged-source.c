/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-paged-source.h"

#include <string.h>

#include "rd-model.h"
#include "rd-platform.h"

/* The wire of a paged list. Replies and signals of one agent come in the order in which it sent them, so what comes
 * later is newer; only a list that is fetched anew, in several pages, has to be told again what changed meanwhile. */

#define PAGE 50
/* Asked for once more with each page: entries that moved over its edge meanwhile. */
#define OVERLAP 10

enum
{
  FETCHED,
  CHANGED,
  RESET,
  FAILED,
  N_SIGNALS,
};

struct _RdPagedSource
{
  GObject parent_instance;

  const RdPagedKind *kind;
  GDBusProxy *proxy;
  GCancellable *cancellable; /* while fetching */
  char *search;
  char *search_folded;
  char *filter;
  GPtrArray *fresh;   /* while fetching from the beginning: what came until now */
  GPtrArray *changes; /* and what changed meanwhile */
  guint keep;
  gboolean more;
  gboolean started;
  char *error; /* (nullable): why it could not be fetched last time */
};

G_DEFINE_FINAL_TYPE (RdPagedSource, rd_paged_source, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static gboolean
contains_folded (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

static GPtrArray *
read_page (GVariant *entries)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  gsize i, n = g_variant_n_children (entries);

  for (i = 0; i < n; i++)
    {
      g_autoptr (GVariant) fields = g_variant_get_child_value (entries, i);

      g_ptr_array_add (records, rd_record_new (fields));
    }
  return records;
}

static void
finish_restart (RdPagedSource *self)
{
  g_autoptr (GPtrArray) fresh = g_steal_pointer (&self->fresh);
  g_autoptr (GPtrArray) changes = g_steal_pointer (&self->changes);
  guint i;

  g_clear_object (&self->cancellable);
  self->started = TRUE;
  g_signal_emit (self, signals[FETCHED], 0, fresh, TRUE);
  for (i = 0; i < changes->len; i++)
    g_signal_emit (self, signals[CHANGED], 0, g_ptr_array_index (changes, i));
}

static void
fetch (RdPagedSource *self, guint offset, guint limit, GAsyncReadyCallback callback)
{
  g_dbus_proxy_call (self->proxy, self->kind->method,
                     self->kind->dup_arguments (self->search, self->filter, offset, limit), G_DBUS_CALL_FLAGS_NONE, -1,
                     self->cancellable, callback, g_object_ref (self));
}

static void
fail (RdPagedSource *self, const GError *error)
{
  char *sentence = rd_dup_error_sentence (error);

  if (self->fresh != NULL && self->fresh->len > 0)
    finish_restart (self);
  self->more = FALSE;
  g_free (self->error);
  self->error = sentence;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  self->started = TRUE;
  g_signal_emit (self, signals[FAILED], 0, self->error);
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdPagedSource) self = user_data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (reply == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* another request has taken its place */
  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv}b)")))
    {
      if (reply != NULL)
        error = g_error_new_literal (G_DBUS_ERROR, G_DBUS_ERROR_INVALID_SIGNATURE, self->kind->method);
      fail (self, error);
      return;
    }

  g_variant_get (reply, "(@aa{sv}b)", &entries, &self->more);
  page = read_page (entries);
  /* An agent that promises others and gives none would be asked for ever. */
  self->more = self->more && page->len > 0;
  if (self->fresh == NULL)
    {
      g_clear_object (&self->cancellable);
      g_signal_emit (self, signals[FETCHED], 0, page, FALSE);
      return;
    }
  g_ptr_array_extend_and_steal (self->fresh, g_steal_pointer (&page));
  if (self->more && self->fresh->len < self->keep)
    fetch (self, self->fresh->len, PAGE, on_list_ready);
  else
    finish_restart (self);
}

static void
on_signal (GDBusProxy *proxy, const char *sender, const char *name, GVariant *arguments, RdPagedSource *self)
{
  g_autoptr (GVariant) fields = NULL;
  g_autoptr (RdRecord) record = NULL;

  if (g_strcmp0 (name, self->kind->reset_signal) == 0)
    {
      g_signal_emit (self, signals[RESET], 0);
      return;
    }
  if (g_strcmp0 (name, self->kind->changed_signal) != 0 ||
      !g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(a{sv})")))
    return;
  g_variant_get (arguments, "(@a{sv})", &fields);
  record = rd_record_new (fields);
  if (self->changes != NULL)
    g_ptr_array_add (self->changes, g_object_ref (record));
  g_signal_emit (self, signals[CHANGED], 0, record);
}

/* The line is back: what could not be fetched while it was down is asked for again. */
static void
on_account_state_changed (RdDBusAccount1 *account, GParamSpec *pspec, RdPagedSource *self)
{
  if (self->error != NULL && g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0)
    g_signal_emit (self, signals[RESET], 0);
}

/* GObject */

static void
rd_paged_source_dispose (GObject *object)
{
  rd_paged_source_stop (RD_PAGED_SOURCE (object));

  G_OBJECT_CLASS (rd_paged_source_parent_class)->dispose (object);
}

static void
rd_paged_source_finalize (GObject *object)
{
  RdPagedSource *self = RD_PAGED_SOURCE (object);

  g_clear_object (&self->proxy);
  g_free (self->search);
  g_free (self->search_folded);
  g_free (self->filter);
  g_free (self->error);

  G_OBJECT_CLASS (rd_paged_source_parent_class)->finalize (object);
}

static void
rd_paged_source_class_init (RdPagedSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = RD_TYPE_PAGED_SOURCE;

  object_class->dispose = rd_paged_source_dispose;
  object_class->finalize = rd_paged_source_finalize;

  signals[FETCHED] = g_signal_new ("fetched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_PTR_ARRAY, G_TYPE_BOOLEAN);
  signals[CHANGED] =
    g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RD_TYPE_RECORD);
  signals[RESET] = g_signal_new ("reset", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rd_paged_source_init (RdPagedSource *self)
{
  self->search = g_strdup ("");
  self->search_folded = g_strdup ("");
  self->filter = g_strdup ("");
}

RdPagedSource *
rd_paged_source_new (const RdPagedKind *kind, GDBusProxy *proxy)
{
  RdDBusAccount1 *account;
  RdPagedSource *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (G_IS_DBUS_PROXY (proxy), NULL);

  self = g_object_new (RD_TYPE_PAGED_SOURCE, NULL);
  self->kind = kind;
  self->proxy = g_object_ref (proxy);
  g_signal_connect_object (proxy, "g-signal", G_CALLBACK (on_signal), self, 0);
  account = rd_model_get_account_of (proxy);
  if (account != NULL)
    g_signal_connect_object (account, "notify::state", G_CALLBACK (on_account_state_changed), self, 0);
  return self;
}

GDBusProxy *
rd_paged_source_get_proxy (RdPagedSource *self)
{
  g_return_val_if_fail (RD_IS_PAGED_SOURCE (self), NULL);
  return self->proxy;
}

gboolean
rd_paged_source_get_more (RdPagedSource *self)
{
  g_return_val_if_fail (RD_IS_PAGED_SOURCE (self), FALSE);
  return self->more;
}

gboolean
rd_paged_source_get_fetching (RdPagedSource *self)
{
  g_return_val_if_fail (RD_IS_PAGED_SOURCE (self), FALSE);
  return self->cancellable != NULL;
}

gboolean
rd_paged_source_get_started (RdPagedSource *self)
{
  g_return_val_if_fail (RD_IS_PAGED_SOURCE (self), FALSE);
  return self->started;
}

const char *
rd_paged_source_get_error (RdPagedSource *self)
{
  g_return_val_if_fail (RD_IS_PAGED_SOURCE (self), NULL);
  return self->error;
}

void
rd_paged_source_restart (RdPagedSource *self, const char *search, const char *filter, guint keep)
{
  g_return_if_fail (RD_IS_PAGED_SOURCE (self));

  rd_paged_source_stop (self);
  g_free (self->search);
  g_free (self->search_folded);
  g_free (self->filter);
  self->search = g_strdup (search);
  self->search_folded = g_utf8_casefold (search, -1);
  self->filter = g_strdup (filter);
  self->keep = keep;
  self->started = self->started && keep > 0;
  g_clear_pointer (&self->error, g_free);
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  self->changes = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  fetch (self, 0, PAGE, on_list_ready);
}

void
rd_paged_source_fetch_more (RdPagedSource *self, guint known)
{
  guint overlap = MIN (known, OVERLAP);

  g_return_if_fail (RD_IS_PAGED_SOURCE (self));

  if (!self->more || self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  fetch (self, known - overlap, PAGE + overlap, on_list_ready);
}

void
rd_paged_source_stop (RdPagedSource *self)
{
  g_return_if_fail (RD_IS_PAGED_SOURCE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
}

void
rd_paged_source_end (RdPagedSource *self)
{
  g_return_if_fail (RD_IS_PAGED_SOURCE (self));
  self->more = FALSE;
}

gboolean
rd_paged_source_wants (RdPagedSource *self, RdRecord *record)
{
  gsize i;

  g_return_val_if_fail (RD_IS_PAGED_SOURCE (self), FALSE);
  g_return_val_if_fail (RD_IS_RECORD (record), FALSE);

  if (self->kind->matches != NULL && !self->kind->matches (record, self->filter))
    return FALSE;
  if (*self->search_folded == '\0')
    return TRUE;
  for (i = 0; self->kind->search_keys[i] != NULL; i++)
    if (contains_folded (rd_record_get_string (record, self->kind->search_keys[i]), self->search_folded))
      return TRUE;
  return FALSE;
}
