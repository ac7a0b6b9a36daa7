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

struct _RdMessageList
{
  GObject parent_instance;

  RdDBusMessages1 *messages;
  char *conversation;
  GPtrArray *items; /* of RdPagedItem */
  GHashTable *ids;  /* "id" and "local-id" → RdPagedItem, not owned */
  GCancellable *cancellable;
  char *failure; /* (nullable): why the last page did not come */
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

/* (transfer full): a site's ids and ours are told apart by a letter */
static char *
dup_key (RdRecord *record, gboolean local)
{
  return g_strconcat (local ? "l" : "i", rd_record_get_string (record, local ? "local-id" : "id"), NULL);
}

/* (nullable) (transfer none): the item of the same message */
static RdPagedItem *
find (RdMessageList *self, RdRecord *record)
{
  g_autofree char *id = dup_key (record, FALSE);
  g_autofree char *local = dup_key (record, TRUE);
  RdPagedItem *item = id[1] != '\0' ? g_hash_table_lookup (self->ids, id) : NULL;

  return item == NULL && local[1] != '\0' ? g_hash_table_lookup (self->ids, local) : item;
}

/* One that was sent has its id later than its item. */
static void
remember (RdMessageList *self, RdPagedItem *item)
{
  char *id = dup_key (rd_paged_item_get_record (item), FALSE);
  char *local = dup_key (rd_paged_item_get_record (item), TRUE);

  if (id[1] != '\0')
    g_hash_table_replace (self->ids, g_steal_pointer (&id), item);
  if (local[1] != '\0')
    g_hash_table_replace (self->ids, g_steal_pointer (&local), item);
  g_free (id);
  g_free (local);
}

static gboolean
is_item (gpointer key, gpointer value, gpointer item)
{
  return value == item;
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
insert (RdMessageList *self, RdRecord *record, guint position)
{
  RdPagedItem *item = rd_paged_item_new (G_DBUS_PROXY (self->messages), record);

  g_ptr_array_insert (self->items, (int) position, item);
  remember (self, item);
}

static void
take (RdMessageList *self, RdRecord *record)
{
  RdPagedItem *item = find (self, record);
  guint position;

  if (item != NULL)
    {
      rd_paged_item_set_record (item, record);
      remember (self, item);
      return;
    }
  position = position_for (self, record);
  /* Older than what was fetched: put in now, it would hide those between. It comes with its page. */
  if (position == 0 && self->items->len > 0 && self->more)
    return;
  insert (self, record, position);
  tell (self, position, 0, 1);
}

static void
prepend (RdMessageList *self, GPtrArray *records)
{
  guint n = 0;
  guint i;

  for (i = 0; i < records->len; i++)
    if (find (self, g_ptr_array_index (records, i)) == NULL)
      insert (self, g_ptr_array_index (records, i), n++);
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
  guint i, before = self->items->len;

  for (i = 0; i < records->len && !reaches; i++)
    reaches = find (self, g_ptr_array_index (records, i)) != NULL;
  if (!reaches && before > 0)
    {
      g_hash_table_remove_all (self->ids);
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
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_free (self->failure);
      self->failure = rd_dup_error_sentence (error);
      set_loading (self, FALSE);
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
  g_clear_pointer (&self->failure, g_free);
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
  if (self->failure != NULL && !self->loading && g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0)
    fetch (self);
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
  g_hash_table_unref (self->ids);
  g_ptr_array_unref (self->items);
  g_free (self->conversation);
  g_free (self->failure);

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
}

static void
rd_message_list_init (RdMessageList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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

  if (self->more && !self->loading && self->failure == NULL)
    fetch (self);
}

const char *
rd_message_list_get_failure (RdMessageList *self)
{
  g_return_val_if_fail (RD_IS_MESSAGE_LIST (self), NULL);
  return self->failure;
}

void
rd_message_list_retry (RdMessageList *self)
{
  g_return_if_fail (RD_IS_MESSAGE_LIST (self));

  if (self->failure != NULL && !self->loading)
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
  g_hash_table_foreach_remove (self->ids, is_item, item);
  g_ptr_array_remove_index (self->items, position);
  tell (self, position, 1, 0);
}
