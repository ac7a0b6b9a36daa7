/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-reminders.h"

#include "rd-fault.h"
#include "rd-file-writer.h"
#include "rd-json.h"

#include <string.h>

/* Which calls are to be reminded of, and when. One timer stands for the next; the file is written whole after each
 * change:
 *
 *   {"format":1,"reminders":[{"due":1767614400000000,"account":"crm","id":"7","peer-id":"12","peer-name":"Ada",
 *    "direction":"in","audio":true,"created-at":1767614000000000}]} */

#define FORMAT 1
#define MAX_FILE (256 * 1024)
#define MAX_ID 128
#define MAX_NAME 200
/* A clock that is set, or a machine that slept, is noticed within this. */
#define LONGEST_WAIT_MS (60 * 60 * 1000)

enum
{
  DUE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  gint64 due;
  char *account;
  char *id;
  char *peer_id;
  char *peer_name;
  char *direction;
  gboolean audio;
  gint64 created_at;
} Reminder;

struct _RdReminders
{
  GObject parent_instance;

  RdClock *clock;
  char *path;           /* (nullable) */
  RdFileWriter *writer; /* (nullable) */
  GPtrArray *all;       /* Reminder, oldest first */
  gboolean started;
  guint timer;
  guint writing;
};

G_DEFINE_FINAL_TYPE (RdReminders, rd_reminders, G_TYPE_OBJECT)

static void
reminder_free (Reminder *reminder)
{
  g_free (reminder->account);
  g_free (reminder->id);
  g_free (reminder->peer_id);
  g_free (reminder->peer_name);
  g_free (reminder->direction);
  g_free (reminder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reminder, reminder_free)

static char *
dup_text (GVariant *call, const char *key)
{
  const char *text = "";

  g_variant_lookup (call, key, "&s", &text);
  return g_strdup (text);
}

static Reminder *
reminder_new (GVariant *call, gint64 due)
{
  Reminder *reminder = g_new0 (Reminder, 1);

  reminder->due = due;
  reminder->account = dup_text (call, "account");
  reminder->id = dup_text (call, "id");
  reminder->peer_id = dup_text (call, "peer-id");
  reminder->peer_name = dup_text (call, "peer-name");
  reminder->direction = dup_text (call, "direction");
  g_variant_lookup (call, "audio", "b", &reminder->audio);
  g_variant_lookup (call, "created-at", "x", &reminder->created_at);
  return reminder;
}

/* (transfer full) (not floating) */
static GVariant *
reminder_dup_call (const Reminder *reminder)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "account", "s", reminder->account);
  g_variant_dict_insert (&dict, "id", "s", reminder->id);
  g_variant_dict_insert (&dict, "peer-id", "s", reminder->peer_id);
  g_variant_dict_insert (&dict, "peer-name", "s", reminder->peer_name);
  g_variant_dict_insert (&dict, "direction", "s", reminder->direction);
  g_variant_dict_insert (&dict, "audio", "b", reminder->audio);
  g_variant_dict_insert (&dict, "created-at", "x", reminder->created_at);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
add_reminder (JsonBuilder *builder, const Reminder *reminder)
{
  const struct
  {
    const char *name;
    const char *text;
  } texts[] = {
    { "account", reminder->account },     { "id", reminder->id },
    { "peer-id", reminder->peer_id },     { "peer-name", reminder->peer_name },
    { "direction", reminder->direction },
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "due");
  json_builder_add_int_value (builder, reminder->due);
  json_builder_set_member_name (builder, "created-at");
  json_builder_add_int_value (builder, reminder->created_at);
  json_builder_set_member_name (builder, "audio");
  json_builder_add_boolean_value (builder, reminder->audio);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      json_builder_set_member_name (builder, texts[i].name);
      json_builder_add_string_value (builder, texts[i].text);
    }
  json_builder_end_object (builder);
}

static GBytes *
format (RdReminders *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "format");
  json_builder_add_int_value (builder, FORMAT);
  json_builder_set_member_name (builder, "reminders");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->all->len; i++)
    add_reminder (builder, self->all->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static gint64
read_number (JsonNode *object, const char *name)
{
  JsonNode *node = rd_json_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node)
           : 0;
}

static char *
read_text (JsonNode *object, const char *name, gsize max_chars)
{
  char *text = rd_json_dup_text (rd_json_member (object, name), max_chars);

  return text != NULL ? text : g_strdup ("");
}

/* (nullable): NULL: it is none */
static Reminder *
read_reminder (JsonNode *object)
{
  JsonNode *audio = rd_json_member (object, "audio");
  g_autoptr (Reminder) reminder = g_new0 (Reminder, 1);

  reminder->due = read_number (object, "due");
  reminder->created_at = read_number (object, "created-at");
  reminder->audio = audio != NULL && JSON_NODE_HOLDS_VALUE (audio) && json_node_get_boolean (audio);
  reminder->account = read_text (object, "account", MAX_ID);
  reminder->id = read_text (object, "id", MAX_ID);
  reminder->peer_id = read_text (object, "peer-id", MAX_ID);
  reminder->peer_name = read_text (object, "peer-name", MAX_NAME);
  reminder->direction = read_text (object, "direction", MAX_ID);
  return reminder->due > 0 && *reminder->account != '\0' && *reminder->id != '\0' ? g_steal_pointer (&reminder) : NULL;
}

static gboolean
parse (RdReminders *self, GBytes *text, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (JsonNode) root = rd_json_parse (data != NULL ? data : "", (gssize) length, error);
  JsonNode *list = root != NULL ? rd_json_member (root, "reminders") : NULL;
  JsonArray *array;

  if (root == NULL)
    return FALSE;
  if (read_number (root, "format") != FORMAT || list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "not a list of reminders", NULL));
      return FALSE;
    }
  array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array) && self->all->len < RD_REMINDERS_MAX; i++)
    {
      Reminder *reminder = read_reminder (json_array_get_element (array, i));

      if (reminder != NULL)
        g_ptr_array_add (self->all, reminder);
    }
  return TRUE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdReminders) self = user_data;
  g_autoptr (GError) error = NULL;

  self->writing--;
  if (!rd_file_writer_write_finish (RD_FILE_WRITER (source), result, &error))
    g_message ("Reminders: %s", error->message);
}

/* Two that follow each other. */
static void schedule (RdReminders *self);

static void
changed (RdReminders *self)
{
  g_autoptr (GBytes) text = NULL;

  schedule (self);
  if (self->writer == NULL)
    return;
  text = format (self);
  self->writing++;
  rd_file_writer_write_async (self->writer, text, on_written, g_object_ref (self));
}

static gboolean
on_timer (gpointer user_data)
{
  g_autoptr (RdReminders) self = g_object_ref (RD_REMINDERS (user_data));
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  gint64 now = rd_clock_get_real_time (self->clock);

  self->timer = 0;
  for (guint i = 0; i < self->all->len;)
    {
      const Reminder *reminder = self->all->pdata[i];

      if (reminder->due > now)
        {
          i++;
          continue;
        }
      g_ptr_array_add (due, reminder_dup_call (reminder));
      g_ptr_array_remove_index (self->all, i);
    }
  if (due->len > 0)
    changed (self);
  else
    schedule (self);
  for (guint i = 0; i < due->len; i++)
    g_signal_emit (self, signals[DUE], 0, due->pdata[i]);
  return G_SOURCE_REMOVE;
}

static void
schedule (RdReminders *self)
{
  gint64 next = G_MAXINT64;
  gint64 wait;

  if (self->timer != 0)
    rd_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
  for (guint i = 0; i < self->all->len; i++)
    next = MIN (next, ((const Reminder *) self->all->pdata[i])->due);
  if (!self->started || next == G_MAXINT64)
    return;
  wait = next - rd_clock_get_real_time (self->clock);
  wait = wait > 0 ? wait / 1000 + 1 : 0;
  self->timer = rd_clock_add_timeout (self->clock, (guint) MIN (wait, LONGEST_WAIT_MS), on_timer, self);
}

static guint
find (RdReminders *self, const char *account, const char *call)
{
  guint i;

  for (i = 0; i < self->all->len; i++)
    {
      const Reminder *reminder = self->all->pdata[i];

      if (g_str_equal (reminder->account, account) && g_str_equal (reminder->id, call))
        break;
    }
  return i;
}

/*
 * GObject
 */
static void
rd_reminders_finalize (GObject *object)
{
  RdReminders *self = RD_REMINDERS (object);

  if (self->timer != 0)
    rd_clock_remove_timeout (self->clock, self->timer);
  g_clear_object (&self->clock);
  g_clear_object (&self->writer);
  g_ptr_array_unref (self->all);
  g_free (self->path);

  G_OBJECT_CLASS (rd_reminders_parent_class)->finalize (object);
}

static void
rd_reminders_class_init (RdRemindersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_reminders_finalize;

  signals[DUE] = g_signal_new ("due", RD_TYPE_REMINDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_VARIANT);
}

static void
rd_reminders_init (RdReminders *self)
{
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) reminder_free);
}

RdReminders *
rd_reminders_new (RdClock *clock, const char *path)
{
  RdReminders *self;

  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_REMINDERS, NULL);
  self->clock = g_object_ref (clock);
  self->path = g_strdup (path);
  self->writer = path != NULL ? rd_file_writer_new (path) : NULL;
  return self;
}

gboolean
rd_reminders_load (RdReminders *self, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (RD_IS_REMINDERS (self), FALSE);

  if (self->path != NULL)
    text = rd_file_read (self->path, MAX_FILE, &local);
  if (text == NULL && local == NULL)
    return TRUE;
  if (text != NULL && parse (self, text, &local))
    return TRUE;
  aside = rd_file_set_aside (self->path, FALSE, error);
  if (aside == NULL)
    return FALSE;
  name = g_path_get_basename (aside);
  g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, rd_fault_get_said (local), name));
  return FALSE;
}

void
rd_reminders_start (RdReminders *self)
{
  g_return_if_fail (RD_IS_REMINDERS (self));

  self->started = TRUE;
  schedule (self);
}

gboolean
rd_reminders_add (RdReminders *self, GVariant *call, guint minutes, GError **error)
{
  g_autoptr (Reminder) reminder = NULL;
  guint same;

  g_return_val_if_fail (RD_IS_REMINDERS (self), FALSE);
  g_return_val_if_fail (g_variant_is_of_type (call, G_VARIANT_TYPE_VARDICT), FALSE);

  reminder = reminder_new (call, rd_clock_get_real_time (self->clock) + minutes * G_TIME_SPAN_MINUTE);
  if (minutes == 0 || minutes > RD_REMINDERS_MAX_MINUTES || *reminder->account == '\0' || *reminder->id == '\0')
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "minutes"));
      return FALSE;
    }
  same = find (self, reminder->account, reminder->id);
  if (same < self->all->len)
    g_ptr_array_remove_index (self->all, same);
  else if (self->all->len == RD_REMINDERS_MAX)
    g_ptr_array_remove_index (self->all, 0);
  g_ptr_array_add (self->all, g_steal_pointer (&reminder));
  changed (self);
  return TRUE;
}

gboolean
rd_reminders_remove (RdReminders *self, const char *account, const char *call)
{
  guint i;

  g_return_val_if_fail (RD_IS_REMINDERS (self), FALSE);
  g_return_val_if_fail (account != NULL && call != NULL, FALSE);

  i = find (self, account, call);
  if (i == self->all->len)
    return FALSE;
  g_ptr_array_remove_index (self->all, i);
  changed (self);
  return TRUE;
}

void
rd_reminders_take (RdReminders *self, const char *account, const char *call, const char *peer)
{
  gboolean any = FALSE;

  g_return_if_fail (RD_IS_REMINDERS (self));
  g_return_if_fail (account != NULL);

  for (guint i = self->all->len; i > 0; i--)
    {
      const Reminder *reminder = self->all->pdata[i - 1];

      if (!g_str_equal (reminder->account, account)
          || (g_strcmp0 (reminder->id, call) != 0
              && (*reminder->peer_id == '\0' || g_strcmp0 (reminder->peer_id, peer) != 0)))
        continue;
      g_ptr_array_remove_index (self->all, i - 1);
      any = TRUE;
    }
  if (any)
    changed (self);
}

void
rd_reminders_clear (RdReminders *self, const char *account)
{
  gboolean any = FALSE;

  g_return_if_fail (RD_IS_REMINDERS (self));

  for (guint i = self->all->len; i > 0; i--)
    {
      if (account != NULL && !g_str_equal (((const Reminder *) self->all->pdata[i - 1])->account, account))
        continue;
      g_ptr_array_remove_index (self->all, i - 1);
      any = TRUE;
    }
  if (any)
    changed (self);
}

gint64
rd_reminders_get_due (RdReminders *self, const char *account, const char *call)
{
  guint i;

  g_return_val_if_fail (RD_IS_REMINDERS (self), 0);
  g_return_val_if_fail (account != NULL && call != NULL, 0);

  i = find (self, account, call);
  return i < self->all->len ? ((const Reminder *) self->all->pdata[i])->due : 0;
}

gboolean
rd_reminders_is_writing (RdReminders *self)
{
  g_return_val_if_fail (RD_IS_REMINDERS (self), FALSE);

  return self->writing > 0;
}
