/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-memory"

#include "config.h"

#include "rd-memory.h"

#include "rd-fault.h"
#include "rd-file-writer.h"
#include "rd-memory-file.h"

#include <string.h>

/* Which account's page is where, and when it is written: the first change at once, those that come while a write is
 * under way or short after it together. Nothing wakes up while nothing changes. */

#define MAX_FILE (512 * 1024)
#define PAUSE_MS 250

typedef struct
{
  RdMemory *memory; /* not owned; NULL: the account is gone */
  char *account;
  char *path;
  RdMemoryPage *page;
  RdFileWriter *writer;
  gboolean writing;
  gboolean dirty;
  guint pause; /* until the next write may begin */
  grefcount refs;
} Sheet;

struct _RdMemory
{
  GObject parent_instance;

  char *folder;
  GHashTable *sheets; /* account (of the sheet) → Sheet */
  guint writing;
};

G_DEFINE_FINAL_TYPE (RdMemory, rd_memory, G_TYPE_OBJECT)

static Sheet *
sheet_ref (Sheet *sheet)
{
  g_ref_count_inc (&sheet->refs);
  return sheet;
}

static void
sheet_unref (Sheet *sheet)
{
  if (!g_ref_count_dec (&sheet->refs))
    return;
  rd_memory_page_free (sheet->page);
  g_object_unref (sheet->writer);
  g_free (sheet->account);
  g_free (sheet->path);
  g_free (sheet);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sheet, sheet_unref)

/* Nobody waits for what becomes of this page any more. */
static void
sheet_close (gpointer data)
{
  Sheet *sheet = data;

  g_clear_handle_id (&sheet->pause, g_source_remove);
  sheet->memory = NULL;
  sheet_unref (sheet);
}

static guint64
digest (const char *key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 bytes[32];
  gsize length = sizeof bytes;
  guint64 number;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_get_digest (checksum, bytes, &length);
  memcpy (&number, bytes, sizeof number);
  return GUINT64_FROM_BE (number);
}

static Sheet *
ensure_sheet (RdMemory *self, const char *account)
{
  Sheet *sheet = g_hash_table_lookup (self->sheets, account);
  g_autofree char *name = NULL;

  if (sheet != NULL)
    return sheet;
  name = g_strconcat (account, ".json", NULL);
  sheet = g_new0 (Sheet, 1);
  g_ref_count_init (&sheet->refs);
  sheet->memory = self;
  sheet->account = g_strdup (account);
  sheet->path = g_build_filename (self->folder, name, NULL);
  sheet->page = rd_memory_page_new ();
  sheet->writer = rd_file_writer_new (sheet->path);
  g_hash_table_insert (self->sheets, sheet->account, sheet);
  return sheet;
}

/* Two that follow each other. */
static void write_sheet (Sheet *sheet);

static gboolean
on_pause_over (gpointer user_data)
{
  Sheet *sheet = user_data;

  sheet->pause = 0;
  if (sheet->dirty)
    write_sheet (sheet);
  return G_SOURCE_REMOVE;
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdMemory) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing--;
  if (!g_file_delete_finish (G_FILE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("What was kept of an account: %s", error->message);
}

static void
delete_file (RdMemory *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->writing++;
  g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, on_deleted, g_object_ref (self));
}

typedef struct
{
  RdMemory *memory;
  Sheet *sheet;
} Write;

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Write *write = user_data;
  g_autoptr (RdMemory) self = write->memory;
  g_autoptr (Sheet) sheet = write->sheet;
  g_autoptr (GError) error = NULL;

  self->writing--;
  sheet->writing = FALSE;
  if (!rd_file_writer_write_finish (RD_FILE_WRITER (source), result, &error))
    g_message ("%s: %s", sheet->account, error->message);
  if (sheet->memory == NULL)
    delete_file (self, sheet->path);
  else
    sheet->pause = g_timeout_add (PAUSE_MS, on_pause_over, sheet);
}

static void
write_sheet (Sheet *sheet)
{
  g_autoptr (GBytes) text = rd_memory_page_format (sheet->page);
  Write *write = g_new0 (Write, 1);

  sheet->dirty = FALSE;
  sheet->writing = TRUE;
  sheet->memory->writing++;
  write->memory = g_object_ref (sheet->memory);
  write->sheet = sheet_ref (sheet);
  rd_file_writer_write_async (sheet->writer, text, on_written, write);
}

static void
touch (Sheet *sheet)
{
  sheet->dirty = TRUE;
  if (!sheet->writing && sheet->pause == 0)
    write_sheet (sheet);
}

/*
 * GObject
 */
static void
rd_memory_finalize (GObject *object)
{
  RdMemory *self = RD_MEMORY (object);

  g_hash_table_unref (self->sheets);
  g_free (self->folder);

  G_OBJECT_CLASS (rd_memory_parent_class)->finalize (object);
}

static void
rd_memory_class_init (RdMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_memory_finalize;
}

static void
rd_memory_init (RdMemory *self)
{
  self->sheets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, sheet_close);
}

RdMemory *
rd_memory_new (const char *folder)
{
  RdMemory *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (RD_TYPE_MEMORY, NULL);
  self->folder = g_strdup (folder);
  return self;
}

gboolean
rd_memory_load (RdMemory *self, const char *account, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *name = NULL;
  RdMemoryPage *page = NULL;
  Sheet *sheet;

  g_return_val_if_fail (RD_IS_MEMORY (self), FALSE);
  g_return_val_if_fail (account != NULL, FALSE);

  sheet = ensure_sheet (self, account);
  text = rd_file_read (sheet->path, MAX_FILE, &local);
  if (text == NULL && local == NULL)
    return TRUE;
  if (text != NULL)
    page = rd_memory_page_parse (text, &local);
  if (page != NULL)
    {
      rd_memory_page_free (sheet->page);
      sheet->page = page;
      return TRUE;
    }
  aside = rd_file_set_aside (sheet->path, FALSE, error);
  if (aside == NULL)
    return FALSE;
  name = g_path_get_basename (aside);
  g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, rd_fault_get_said (local), name));
  return FALSE;
}

gboolean
rd_memory_recall (RdMemory *self, const char *account, const char *key, gint64 at, gint64 tolerance)
{
  const Sheet *sheet;
  guint64 wanted;

  g_return_val_if_fail (RD_IS_MEMORY (self), FALSE);
  g_return_val_if_fail (account != NULL && key != NULL, FALSE);

  sheet = g_hash_table_lookup (self->sheets, account);
  if (sheet == NULL || sheet->page->keys->len == 0)
    return FALSE;
  wanted = digest (key);
  for (guint i = 0; i < sheet->page->keys->len; i++)
    {
      const RdMemoryKey *seen = &g_array_index (sheet->page->keys, RdMemoryKey, i);

      /* Differences of times that strangers name may overflow. */
      if (seen->digest == wanted
          && (guint64) MAX (seen->at, at) - (guint64) MIN (seen->at, at) <= (guint64) tolerance)
        return TRUE;
    }
  return FALSE;
}

void
rd_memory_note (RdMemory *self, const char *account, const char *key, gint64 at)
{
  Sheet *sheet;

  g_return_if_fail (RD_IS_MEMORY (self));
  g_return_if_fail (account != NULL && key != NULL);

  sheet = ensure_sheet (self, account);
  rd_memory_page_add (sheet->page, digest (key), at);
  touch (sheet);
}

void
rd_memory_note_stood (RdMemory *self, const char *account, gint64 at)
{
  Sheet *sheet;

  g_return_if_fail (RD_IS_MEMORY (self));
  g_return_if_fail (account != NULL);

  sheet = ensure_sheet (self, account);
  if (at <= sheet->page->stood)
    return;
  sheet->page->stood = at;
  touch (sheet);
}

gint64
rd_memory_get_stood (RdMemory *self, const char *account)
{
  const Sheet *sheet;

  g_return_val_if_fail (RD_IS_MEMORY (self), 0);
  g_return_val_if_fail (account != NULL, 0);

  sheet = g_hash_table_lookup (self->sheets, account);
  return sheet != NULL ? sheet->page->stood : 0;
}

void
rd_memory_set_open (RdMemory *self, const char *account, const char * const *invoices)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;
  RdMemoryPage *page;

  g_return_if_fail (RD_IS_MEMORY (self));
  g_return_if_fail (account != NULL && invoices != NULL);

  for (guint i = 0; invoices[i] != NULL && i < RD_MEMORY_MAX_OPEN; i++)
    g_strv_builder_add (builder, invoices[i]);
  kept = g_strv_builder_end (builder);
  page = ensure_sheet (self, account)->page;
  if (page->open != NULL && g_strv_equal ((const char * const *) page->open, (const char * const *) kept))
    return;
  g_strfreev (page->open);
  page->open = g_steal_pointer (&kept);
  touch (ensure_sheet (self, account));
}

const char * const *
rd_memory_get_open (RdMemory *self, const char *account)
{
  const Sheet *sheet;

  g_return_val_if_fail (RD_IS_MEMORY (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  sheet = g_hash_table_lookup (self->sheets, account);
  return sheet != NULL ? (const char * const *) sheet->page->open : NULL;
}

void
rd_memory_drop (RdMemory *self, const char *account)
{
  g_autoptr (Sheet) sheet = NULL;

  g_return_if_fail (RD_IS_MEMORY (self));
  g_return_if_fail (account != NULL);

  sheet = g_hash_table_lookup (self->sheets, account);
  if (sheet == NULL)
    return;
  sheet_ref (sheet);
  g_hash_table_remove (self->sheets, account);
  /* Else when the write under way has ended. */
  if (!sheet->writing)
    delete_file (self, sheet->path);
}

void
rd_memory_flush (RdMemory *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (RD_IS_MEMORY (self));

  g_hash_table_iter_init (&iter, self->sheets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Sheet *sheet = value;

      if (!sheet->dirty || sheet->writing)
        continue;
      g_clear_handle_id (&sheet->pause, g_source_remove);
      write_sheet (sheet);
    }
}

gboolean
rd_memory_is_writing (RdMemory *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (RD_IS_MEMORY (self), FALSE);

  g_hash_table_iter_init (&iter, self->sheets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Sheet *) value)->dirty)
      return TRUE;
  return self->writing > 0;
}
