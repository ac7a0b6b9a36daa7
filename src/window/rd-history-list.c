/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-list.h"

#include "rd-platform.h"
#include "rd-when.h"

/* The wire of the history. Entries never change: they come, and they go (EntriesReset). What is fetched anew is
 * compared with what is shown, so that a list that somebody reads moves no more than it must. */

#define PAGE 50
/* px: how far from its end a list fetches more */
#define NEAR_END 1500

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

struct _RdHistoryList
{
  GObject parent_instance;

  GListModel *interfaces;
  RdDBusHistory1 *history;   /* (nullable) */
  GCancellable *cancellable; /* (nullable): while fetching */
  GPtrArray *items;          /* of RdHistoryItem */
  GPtrArray *fresh;          /* (nullable): of RdRecord, while fetching from the beginning */
  GPtrArray *added;          /* and what was added meanwhile */
  guint keep;
  gboolean more;
  gboolean loading;
  char *error; /* (nullable) */

  RdHistoryKind kind;
  char *account; /* (nullable) */
  char *search;
};

static GType
rd_history_list_get_item_type (GListModel *model)
{
  return RD_TYPE_HISTORY_ITEM;
}

static guint
rd_history_list_get_n_items (GListModel *model)
{
  return RD_HISTORY_LIST (model)->items->len;
}

static gpointer
rd_history_list_get_item (GListModel *model, guint position)
{
  RdHistoryList *self = RD_HISTORY_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
rd_history_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rd_history_list_get_item_type;
  iface->get_n_items = rd_history_list_get_n_items;
  iface->get_item = rd_history_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdHistoryList, rd_history_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rd_history_list_list_model_init))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What each kind asks for. */
static const char *const kinds[][3] = {
  [RD_HISTORY_CALLS] = { "call" },
  [RD_HISTORY_MISSED] = { "call" },
  [RD_HISTORY_PAYMENTS] = { "payment", "invoice" },
  [RD_HISTORY_MESSAGES] = { "message" },
  [RD_HISTORY_EVERYTHING] = { NULL },
};

static void
set_loading (RdHistoryList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static RdHistoryItem *
item_at (RdHistoryList *self, guint position)
{
  return g_ptr_array_index (self->items, position);
}

static gint64
time_at (RdHistoryList *self, guint position)
{
  return rd_record_get_time (rd_history_item_get_entry (item_at (self, position)), "at");
}

/* Headings of a stretch of the list, and of the item after it, which depends on the last one. */
static void
update_headings (RdHistoryList *self, guint first, guint n)
{
  guint i;

  for (i = first; i < MIN (first + n + 1, self->items->len); i++)
    rd_history_item_set_first_of_day (item_at (self, i),
                                      i == 0 || !rd_when_is_same_day (time_at (self, i - 1), time_at (self, i)));
}

/* Puts items (transfer full) in the place of others. */
static void
splice (RdHistoryList *self, guint position, guint removed, GPtrArray *added)
{
  guint i;

  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (i = 0; i < added->len; i++)
    g_ptr_array_insert (self->items, (int) (position + i), g_object_ref (g_ptr_array_index (added, i)));
  update_headings (self, position, added->len);
  if (removed > 0 || added->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added->len);
}

static gboolean
is_same (RdHistoryItem *item, RdRecord *entry)
{
  return rd_record_is_equal (rd_history_item_get_entry (item), entry);
}

/* Shows these and no others; what stands at both ends already stays. */
static void
replace (RdHistoryList *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  guint head = 0, tail = 0, most = MIN (self->items->len, entries->len);
  guint i;

  while (head < most && is_same (item_at (self, head), g_ptr_array_index (entries, head)))
    head++;
  while (tail < most - head && is_same (item_at (self, self->items->len - 1 - tail),
                                        g_ptr_array_index (entries, entries->len - 1 - tail)))
    tail++;
  for (i = head; i < entries->len - tail; i++)
    g_ptr_array_add (added, rd_history_item_new (g_ptr_array_index (entries, i)));
  splice (self, head, self->items->len - head - tail, added);
}

/* Newest first; those of the same moment in the order in which they were written. */
static int
compare (RdRecord *a, RdRecord *b)
{
  gint64 left = rd_record_get_time (a, "at"), right = rd_record_get_time (b, "at");
  guint64 left_id = rd_record_get_number (a, "id"), right_id = rd_record_get_number (b, "id");

  return left != right ? (left < right) - (left > right) : (left_id < right_id) - (left_id > right_id);
}

static guint
position_for (RdHistoryList *self, RdRecord *entry)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (rd_history_item_get_entry (item_at (self, middle)), entry) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* One that belongs below what was fetched comes with its page. */
static void
insert (RdHistoryList *self, RdRecord *entry)
{
  guint position = position_for (self, entry);
  g_autoptr (GPtrArray) added = NULL;

  if ((position == self->items->len && self->more) ||
      (position < self->items->len &&
       rd_history_item_get_id (item_at (self, position)) == rd_record_get_number (entry, "id")))
    return;
  added = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (added, rd_history_item_new (entry));
  splice (self, position, 0, added);
}

static gboolean
is_wanted (RdHistoryList *self, RdRecord *entry)
{
  const char *kind = rd_record_get_string (entry, "kind");

  if (self->account != NULL && g_strcmp0 (rd_record_get_string (entry, "account"), self->account) != 0)
    return FALSE;
  if (self->kind == RD_HISTORY_MISSED && g_strcmp0 (rd_record_get_string (entry, "state"), "missed") != 0)
    return FALSE;
  return kinds[self->kind][0] == NULL || g_strv_contains (kinds[self->kind], kind);
}

static void
stop (RdHistoryList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->fresh, g_ptr_array_unref);
  g_clear_pointer (&self->added, g_ptr_array_unref);
}

static void
fail (RdHistoryList *self, const GError *error)
{
  g_autoptr (GPtrArray) fresh = g_steal_pointer (&self->fresh);
  g_autoptr (GPtrArray) added = g_steal_pointer (&self->added);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  guint i;

  stop (self);
  /* What is shown stands, and the next scroll asks again. */
  if (fresh == NULL)
    return;
  g_free (self->error);
  self->error = rd_dup_error_sentence (error);
  if (self->keep == 0)
    {
      /* What is still shown is not what was asked for. */
      self->more = FALSE;
      replace (self, nothing);
    }
  else
    for (i = 0; i < added->len; i++)
      insert (self, g_ptr_array_index (added, i));
  set_loading (self, FALSE);
  g_signal_emit (self, signals[FAILED], 0);
}

static void
finish_restart (RdHistoryList *self)
{
  g_autoptr (GPtrArray) fresh = g_steal_pointer (&self->fresh);
  g_autoptr (GPtrArray) added = g_steal_pointer (&self->added);
  guint i;

  replace (self, fresh);
  for (i = 0; i < added->len; i++)
    insert (self, g_ptr_array_index (added, i));
  set_loading (self, FALSE);
}

static void
append (RdHistoryList *self, GPtrArray *page)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  guint i;

  for (i = 0; i < page->len; i++)
    g_ptr_array_add (added, rd_history_item_new (g_ptr_array_index (page, i)));
  splice (self, self->items->len, 0, added);
}

static GPtrArray *
read_page (GVariant *entries)
{
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);
  GVariantIter iter;
  GVariant *fields;

  g_variant_iter_init (&iter, entries);
  while ((fields = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_ptr_array_add (page, rd_record_new (fields));
      g_variant_unref (fields);
    }
  return page;
}

/* The page after what is known. */
static void
fetch (RdHistoryList *self, GAsyncReadyCallback callback)
{
  const char *before = "";

  if (self->fresh != NULL && self->fresh->len > 0)
    before = rd_record_get_string (g_ptr_array_index (self->fresh, self->fresh->len - 1), "cursor");
  else if (self->fresh == NULL && self->items->len > 0)
    before = rd_record_get_string (rd_history_item_get_entry (item_at (self, self->items->len - 1)), "cursor");
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rd_dbus_history1_call_list (self->history, rd_history_list_dup_filter (self), before, PAGE, self->cancellable,
                              callback, g_object_ref (self));
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdHistoryList) self = user_data;
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more;

  if (!rd_dbus_history1_call_list_finish (RD_DBUS_HISTORY1 (source), &entries, &more, result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        fail (self, error);
      return;
    }
  g_clear_object (&self->cancellable);
  page = read_page (entries);
  /* An agent that promises others and gives none would be asked for ever. */
  self->more = more && page->len > 0;
  if (self->fresh == NULL)
    {
      append (self, page);
      return;
    }
  g_ptr_array_extend_and_steal (self->fresh, g_steal_pointer (&page));
  if (self->more && self->fresh->len < self->keep)
    fetch (self, on_list_ready);
  else
    finish_restart (self);
}

static void
restart (RdHistoryList *self, guint keep)
{
  stop (self);
  g_clear_pointer (&self->error, g_free);
  self->keep = keep;
  self->fresh = g_ptr_array_new_with_free_func (g_object_unref);
  self->added = g_ptr_array_new_with_free_func (g_object_unref);
  set_loading (self, self->history == NULL || keep == 0);
  if (self->history != NULL)
    fetch (self, on_list_ready);
}

static void
on_entry_added (RdDBusHistory1 *history, GVariant *fields, RdHistoryList *self)
{
  g_autoptr (RdRecord) entry = rd_record_new (fields);

  if (!is_wanted (self, entry))
    return;
  /* What a search finds, only the agent knows. */
  if (*self->search != '\0')
    {
      rd_history_list_reload (self);
      return;
    }
  if (self->added != NULL)
    g_ptr_array_add (self->added, g_object_ref (entry));
  else if (self->error == NULL || self->items->len > 0)
    insert (self, entry);
}

static void
on_interfaces_changed (RdHistoryList *self)
{
  g_autoptr (RdDBusHistory1) history = g_list_model_get_item (self->interfaces, 0);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  if (history == self->history)
    return;
  if (self->history != NULL)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  if (history != NULL)
    {
      g_signal_connect_object (history, "entry-added", G_CALLBACK (on_entry_added), self, 0);
      g_signal_connect_object (history, "entries-reset", G_CALLBACK (rd_history_list_reload), self, G_CONNECT_SWAPPED);
    }
  self->more = FALSE;
  restart (self, 0);
  replace (self, nothing);
}

static void
on_adjustment_changed (GtkAdjustment *adjustment, RdHistoryList *self)
{
  if (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + NEAR_END >=
      gtk_adjustment_get_upper (adjustment))
    rd_history_list_fetch_more (self);
}

/* GObject */

static void
rd_history_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, RD_HISTORY_LIST (object)->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_history_list_dispose (GObject *object)
{
  RdHistoryList *self = RD_HISTORY_LIST (object);

  stop (self);
  g_clear_object (&self->history);
  g_clear_object (&self->interfaces);

  G_OBJECT_CLASS (rd_history_list_parent_class)->dispose (object);
}

static void
rd_history_list_finalize (GObject *object)
{
  RdHistoryList *self = RD_HISTORY_LIST (object);

  g_ptr_array_unref (self->items);
  g_free (self->account);
  g_free (self->search);
  g_free (self->error);

  G_OBJECT_CLASS (rd_history_list_parent_class)->finalize (object);
}

static void
rd_history_list_class_init (RdHistoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_history_list_get_property;
  object_class->dispose = rd_history_list_dispose;
  object_class->finalize = rd_history_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FAILED] =
    g_signal_new ("failed", RD_TYPE_HISTORY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_history_list_init (RdHistoryList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->search = g_strdup ("");
}

RdHistoryList *
rd_history_list_new (GListModel *interfaces)
{
  RdHistoryList *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (interfaces), NULL);

  self = g_object_new (RD_TYPE_HISTORY_LIST, NULL);
  self->interfaces = g_object_ref (interfaces);
  self->loading = TRUE;
  g_signal_connect_object (interfaces, "items-changed", G_CALLBACK (on_interfaces_changed), self, G_CONNECT_SWAPPED);
  on_interfaces_changed (self);
  return self;
}

RdDBusHistory1 *
rd_history_list_get_history (RdHistoryList *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), NULL);
  return self->history;
}

void
rd_history_list_set_filter (RdHistoryList *self, RdHistoryKind kind, const char *account, const char *search)
{
  g_return_if_fail (RD_IS_HISTORY_LIST (self));
  g_return_if_fail (search != NULL);

  if (self->kind == kind && g_strcmp0 (self->account, account) == 0 && g_strcmp0 (self->search, search) == 0)
    return;
  self->kind = kind;
  g_free (self->account);
  self->account = g_strdup (account);
  g_free (self->search);
  self->search = g_strdup (search);
  restart (self, 0);
}

RdHistoryKind
rd_history_list_get_kind (RdHistoryList *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), RD_HISTORY_EVERYTHING);
  return self->kind;
}

const char *
rd_history_list_get_search (RdHistoryList *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), "");
  return self->search;
}

GVariant *
rd_history_list_dup_filter (RdHistoryList *self)
{
  GVariantDict dict;

  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), NULL);

  g_variant_dict_init (&dict, NULL);
  if (kinds[self->kind][0] != NULL)
    g_variant_dict_insert (&dict, "kinds", "^as", kinds[self->kind]);
  if (self->kind == RD_HISTORY_MISSED)
    g_variant_dict_insert (&dict, "missed", "b", TRUE);
  if (self->account != NULL)
    g_variant_dict_insert (&dict, "account", "s", self->account);
  if (*self->search != '\0')
    g_variant_dict_insert (&dict, "search", "s", self->search);
  return g_variant_dict_end (&dict);
}

gboolean
rd_history_list_get_loading (RdHistoryList *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), FALSE);
  return self->loading;
}

const char *
rd_history_list_get_error (RdHistoryList *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), NULL);
  return self->error;
}

gboolean
rd_history_list_get_more (RdHistoryList *self)
{
  g_return_val_if_fail (RD_IS_HISTORY_LIST (self), FALSE);
  return self->more;
}

void
rd_history_list_fetch_more (RdHistoryList *self)
{
  g_return_if_fail (RD_IS_HISTORY_LIST (self));

  if (self->more && self->cancellable == NULL && self->history != NULL && self->items->len > 0)
    fetch (self, on_list_ready);
}

void
rd_history_list_reload (RdHistoryList *self)
{
  g_return_if_fail (RD_IS_HISTORY_LIST (self));
  /* While another filter's entries come, none of those that are shown is to be kept. */
  restart (self, self->fresh != NULL ? self->keep : self->items->len);
}

void
rd_history_list_follow (RdHistoryList *self, GtkAdjustment *adjustment)
{
  g_return_if_fail (RD_IS_HISTORY_LIST (self));
  g_return_if_fail (GTK_IS_ADJUSTMENT (adjustment));

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_adjustment_changed), self, 0);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_adjustment_changed), self, 0);
}
