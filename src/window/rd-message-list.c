/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-message-list.h"

#include "rd-model.h"
#include "rd-platform.h"

/* History upwards, news downwards. */

#define PAGE 40

enum
{
  PROP_LOADING = 1,
  N_PROPS,
};

enum
{
  FAILED,
  N_SIGNALS,
};

struct _RdMessageList
{
  GObject parent_instance;

  RdDBusMessages1 *messages;
  char *conversation;
  GPtrArray *items; /* of RdPagedItem */
  GCancellable *cancellable;
  gboolean loading;
  gboolean more;
  gboolean again; /* what is known may have holes: the newest page is to be asked for */
};

static GType
rd_message_list_get_item_type (GListModel *model)
{
  return RD_TYPE_PAGED_ITEM;
}

static guint
rd_message_list_get_n_items (GListModel *model)
{
  return RD_MESSAGE_LIST (model)->items->len;
}

static gpointer
rd_message_list_get_item (GListModel *model, guint position)
{
  RdMessageList *self = RD_MESSAGE_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
rd_message_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rd_message_list_get_item_type;
  iface->get_n_items = rd_message_list_get_n_items;
  iface->get_item = rd_message_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdMessageList, rd_message_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rd_message_list_list_model_init))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_loading (RdMessageList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Tells of a change, and of the item after it, whose headings depend on it. */
static void
tell (RdMessageList *self, guint position, guint removed, guint added)
{
  guint next = position + added < self->items->len ? 1 : 0;

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed + next, added + next);
}

static gboolean
is_same (RdPagedItem *item, RdRecord *record)
{
  const char *id = rd_record_get_string (record, "id");
  const char *local = rd_record_get_string (record, "local-id");

  if (*id != '\0' && g_strcmp0 (rd_paged_item_get_string (item, "id"), id) == 0)
    return TRUE;
  return *local != '\0' && g_strcmp0 (rd_paged_item_get_string (item, "local-id"), local) == 0;
}

static gboolean
find (RdMessageList *self, RdRecord *record, guint *position)
{
  guint i;

  for (i = self->items->len; i-- > 0;)
    if (is_same (g_ptr_array_index (self->items, i), record))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

/* After all that are not newer: what came a moment later over another way still stands in its place. */
static guint
position_for (RdMessageList *self, RdRecord *record)
{
  gint64 at = rd_record_get_time (record, "at");
  guint position = self->items->len;

  if (at == 0)
    return position;
  while (position > 0 &&
         rd_record_get_time (rd_paged_item_get_record (g_ptr_array_index (self->items, position - 1)), "at") > at)
    position--;
  return position;
}

static void
take (RdMessageList *self, RdRecord *record)
{
  guint position;

  if (find (self, record, &position))
    {
      rd_paged_item_set_record (g_ptr_array_index (self->items, position), record);
      return;
    }
  position = position_for (self, record);
  g_ptr_array_insert (self->items, (int) position, rd_paged_item_new (G_DBUS_PROXY (self->messages), record));
  tell (self, position, 0, 1);
}

static void
prepend (RdMessageList *self, GPtrArray *records)
{
  guint n = 0;
  guint i;

  for (i = 0; i < records->len; i++)
    {
      RdRecord *record = g_ptr_array_index (records, i);
      guint position;

      if (find (self, record, &position))
        continue;
      g_ptr_array_insert (self->items, (int) n++, rd_paged_item_new (G_DBUS_PROXY (self->messages), record));
    }
  /* What was known only: there would be no end to it. */
  if (n == 0)
    self->more = FALSE;
  else
    tell (self, 0, 0, n);
}

/* The newest page after a gap: if it does not reach down to what is known, that is let go of. */
static void
renew (RdMessageList *self, GPtrArray *records)
{
  gboolean reaches = FALSE;
  guint i, position, before = self->items->len;

  for (i = 0; i < records->len && !reaches; i++)
    reaches = find (self, g_ptr_array_index (records, i), &position);
  if (!reaches && before > 0)
    {
      g_ptr_array_set_size (self->items, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
    }
  for (i = 0; i < records->len; i++)
    take (self, g_ptr_array_index (records, i));
}

static const char *
oldest_id (RdMessageList *self)
{
  guint i;

  for (i = 0; i < self->items->len; i++)
    {
      const char *id = rd_paged_item_get_string (g_ptr_array_index (self->items, i), "id");

      if (*id != '\0')
        return id;
    }
  return "";
}

static GPtrArray *
read_page (GVariant *list)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  gsize i;

  for (i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) fields = g_variant_get_child_value (list, i);

      g_ptr_array_add (records, rd_record_new (fields));
    }
  return records;
}

static void
on_list_messages_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdMessageList) self = user_data;
  gboolean again = self->again, more;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_messages1_call_list_messages_finish (RD_DBUS_MESSAGES1 (source), &list, &more, result, &error))
    {
      g_autofree char *sentence = NULL;

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      self->more = FALSE;
      sentence = rd_dup_error_sentence (error);
      set_loading (self, FALSE);
      g_signal_emit (self, signals[FAILED], 0, sentence);
      return;
    }
  records = read_page (list);
  self->again = FALSE;
  self->more = more && records->len > 0;
  if (again)
    renew (self, records);
  else
    prepend (self, records);
  set_loading (self, FALSE);
}

static void
fetch (RdMessageList *self)
{
  set_loading (self, TRUE);
  rd_dbus_messages1_call_list_messages (self->messages, self->conversation, self->again ? "" : oldest_id (self), PAGE,
                                        self->cancellable, on_list_messages_ready, g_object_ref (self));
}

static void
restart (RdMessageList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->again = TRUE;
  fetch (self);
}

static void
on_message_changed (RdDBusMessages1 *messages, GVariant *fields, RdMessageList *self)
{
  g_autoptr (RdRecord) record = rd_record_new (fields);

  if (g_strcmp0 (rd_record_get_string (record, "conversation"), self->conversation) == 0)
    take (self, record);
}

static void
on_conversations_reset (RdDBusMessages1 *messages, RdMessageList *self)
{
  restart (self);
}

static void
on_account_state_changed (RdDBusAccount1 *account, GParamSpec *pspec, RdMessageList *self)
{
  if (self->items->len == 0 && !self->loading && g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0)
    restart (self);
}

/* GObject */

static void
rd_message_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, RD_MESSAGE_LIST (object)->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_message_list_finalize (GObject *object)
{
  RdMessageList *self = RD_MESSAGE_LIST (object);

  g_clear_object (&self->messages);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->items);
  g_free (self->conversation);

  G_OBJECT_CLASS (rd_message_list_parent_class)->finalize (object);
}

static void
rd_message_list_class_init (RdMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_message_list_get_property;
  object_class->finalize = rd_message_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FAILED] = g_signal_new ("failed", RD_TYPE_MESSAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
}

static void
rd_message_list_init (RdMessageList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

RdMessageList *
rd_message_list_new (RdDBusMessages1 *messages, const char *conversation)
{
  RdDBusAccount1 *account;
  RdMessageList *self;

  g_return_val_if_fail (RD_DBUS_IS_MESSAGES1 (messages), NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  self = g_object_new (RD_TYPE_MESSAGE_LIST, NULL);
  self->messages = g_object_ref (messages);
  self->conversation = g_strdup (conversation);
  g_signal_connect_object (messages, "message-changed", G_CALLBACK (on_message_changed), self, 0);
  g_signal_connect_object (messages, "conversations-reset", G_CALLBACK (on_conversations_reset), self, 0);
  account = rd_model_get_account_of (messages);
  if (account != NULL)
    g_signal_connect_object (account, "notify::state", G_CALLBACK (on_account_state_changed), self, 0);
  restart (self);
  return self;
}

gboolean
rd_message_list_get_loading (RdMessageList *self)
{
  g_return_val_if_fail (RD_IS_MESSAGE_LIST (self), FALSE);
  return self->loading;
}

gboolean
rd_message_list_get_more (RdMessageList *self)
{
  g_return_val_if_fail (RD_IS_MESSAGE_LIST (self), FALSE);
  return self->more;
}

void
rd_message_list_fetch_more (RdMessageList *self)
{
  g_return_if_fail (RD_IS_MESSAGE_LIST (self));

  if (self->more && !self->loading)
    fetch (self);
}

void
rd_message_list_remove (RdMessageList *self, RdPagedItem *item)
{
  guint position;

  g_return_if_fail (RD_IS_MESSAGE_LIST (self));
  g_return_if_fail (RD_IS_PAGED_ITEM (item));

  if (!g_ptr_array_find (self->items, item, &position))
    return;
  g_ptr_array_remove_index (self->items, position);
  tell (self, position, 1, 0);
}
