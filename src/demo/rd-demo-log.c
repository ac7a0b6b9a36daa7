/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-log.h"

#include "rd-demo-json.h"

/* A bounded list of lines. */

#define MAX_ENTRIES 300
#define MAX_TEXT 500

enum
{
  SIGNAL_ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoLog
{
  GObject parent_instance;

  GQueue entries;  /* JsonObject, oldest first */
  gint64 last;
};

G_DEFINE_FINAL_TYPE (RdDemoLog, rd_demo_log, G_TYPE_OBJECT)

/* GObject */

static void
rd_demo_log_finalize (GObject *object)
{
  RdDemoLog *self = RD_DEMO_LOG (object);

  g_queue_clear_full (&self->entries, (GDestroyNotify) json_object_unref);
  G_OBJECT_CLASS (rd_demo_log_parent_class)->finalize (object);
}

static void
rd_demo_log_class_init (RdDemoLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_demo_log_finalize;

  signals[SIGNAL_ADDED] = g_signal_new ("added", RD_TYPE_DEMO_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                        2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
rd_demo_log_init (RdDemoLog *self)
{
  g_queue_init (&self->entries);
}

RdDemoLog *
rd_demo_log_new (void)
{
  return g_object_new (RD_TYPE_DEMO_LOG, NULL);
}

void
rd_demo_log_add (RdDemoLog *self, const char *kind, const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *cut = NULL;
  JsonObject *entry;

  g_return_if_fail (RD_IS_DEMO_LOG (self));
  g_return_if_fail (kind != NULL && text != NULL);

  valid = g_utf8_make_valid (text, -1);
  cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_TEXT));
  entry = json_object_new ();
  json_object_set_int_member (entry, "n", ++self->last);
  rd_demo_json_set_time (entry, "time", g_get_real_time ());
  json_object_set_string_member (entry, "kind", kind);
  json_object_set_string_member (entry, "text", cut);
  g_queue_push_tail (&self->entries, entry);
  if (self->entries.length > MAX_ENTRIES)
    json_object_unref (g_queue_pop_head (&self->entries));
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, kind, cut);
}

JsonArray *
rd_demo_log_to_json (RdDemoLog *self, gint64 after)
{
  JsonArray *array = json_array_new ();

  g_return_val_if_fail (RD_IS_DEMO_LOG (self), array);

  for (GList *l = self->entries.head; l != NULL; l = l->next)
    if (rd_demo_json_get_id (l->data, "n") > after)
      json_array_add_object_element (array, json_object_ref (l->data));
  return array;
}
