/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-paged-list.h"

#include "rd-model.h"

/* Merges the accounts' pages. All known entries stand in one sorted array; the first n_shown of them are the list, up
 * to the last known entry of the account whose pages reach least far down. */

#define SEARCH_DELAY_MS 250
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

struct _RdPagedList
{
  GObject parent_instance;

  const RdPagedKind *kind;
  GListModel *interfaces;
  GPtrArray *sources;    /* of RdPagedSource, those of the account that is asked for */
  GPtrArray *items;      /* of RdPagedItem, sorted */
  GHashTable *ids;       /* GDBusProxy of each source → (id → RdPagedItem), both not owned */
  guint n_shown;

  char *search;
  char *filter;
  char *account; /* (nullable) */
  guint search_delay;
  gboolean loading;
};

static GType
rd_paged_list_get_item_type (GListModel *model)
{
  return RD_TYPE_PAGED_ITEM;
}

static guint
rd_paged_list_get_n_items (GListModel *model)
{
  return RD_PAGED_LIST (model)->n_shown;
}

static gpointer
rd_paged_list_get_item (GListModel *model, guint position)
{
  RdPagedList *self = RD_PAGED_LIST (model);

  return position < self->n_shown ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
rd_paged_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rd_paged_list_get_item_type;
  iface->get_n_items = rd_paged_list_get_n_items;
  iface->get_item = rd_paged_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdPagedList, rd_paged_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rd_paged_list_list_model_init))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static int
compare (RdPagedList *self, RdPagedItem *a, RdPagedItem *b)
{
  int order = self->kind->compare (rd_paged_item_get_record (a), rd_paged_item_get_record (b));

  if (order == 0)
    order = g_strcmp0 (rd_paged_item_get_string (a, "id"), rd_paged_item_get_string (b, "id"));
  if (order == 0 && rd_paged_item_get_proxy (a) != rd_paged_item_get_proxy (b))
    order = g_strcmp0 (g_dbus_proxy_get_object_path (rd_paged_item_get_proxy (a)),
                       g_dbus_proxy_get_object_path (rd_paged_item_get_proxy (b)));
  return order;
}

/* Where an item that is not in the list belongs. */
static guint
position_for (RdPagedList *self, RdPagedItem *item)
{
  guint low = 0, high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare (self, g_ptr_array_index (self->items, middle), item) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static guint
position_of (RdPagedList *self, RdPagedItem *item)
{
  guint position = 0;

  g_ptr_array_find (self->items, item, &position);
  return position;
}

static void
unref_item (gpointer item)
{
  g_clear_object ((RdPagedItem **) &item);
}

static GHashTable *
ids_of (RdPagedList *self, GDBusProxy *proxy)
{
  GHashTable *ids = g_hash_table_lookup (self->ids, proxy);

  if (ids == NULL)
    {
      ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->ids, proxy, ids);
    }
  return ids;
}

static void
insert_item (RdPagedList *self, RdPagedItem *item)
{
  guint position = position_for (self, item);

  g_hash_table_insert (ids_of (self, rd_paged_item_get_proxy (item)),
                       g_strdup (rd_paged_item_get_string (item, "id")), item);
  g_ptr_array_insert (self->items, (int) position, g_object_ref (item));
  if (position < self->n_shown)
    {
      self->n_shown++;
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
    }
}

static void
remove_item (RdPagedList *self, RdPagedItem *item)
{
  guint position = position_of (self, item);
  g_autoptr (RdPagedItem) removed = g_object_ref (item);

  g_hash_table_remove (ids_of (self, rd_paged_item_get_proxy (item)), rd_paged_item_get_string (item, "id"));
  g_ptr_array_remove_index (self->items, position);
  if (position < self->n_shown)
    {
      self->n_shown--;
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
}

/* Puts an item where it belongs after it changed. In one step, which leaves the selection on it. */
static void
move_item (RdPagedList *self, RdPagedItem *item, guint from)
{
  g_autoptr (RdPagedItem) moved = g_object_ref (item);
  guint to, first, last;

  g_ptr_array_remove_index (self->items, from);
  to = position_for (self, item);
  g_ptr_array_insert (self->items, (int) to, g_object_ref (item));
  first = MIN (from, to);
  last = MAX (from, to);
  if (first == last || first >= self->n_shown)
    return;
  last = MIN (last, self->n_shown - 1);
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1, last - first + 1);
}

/* (nullable): the one furthest down of an account */
static RdPagedItem *
last_item_of (RdPagedList *self, RdPagedSource *source, RdPagedItem *except, guint *position)
{
  GDBusProxy *proxy = rd_paged_source_get_proxy (source);
  guint i;

  for (i = self->items->len; i-- > 0;)
    {
      RdPagedItem *item = g_ptr_array_index (self->items, i);

      if (item != except && rd_paged_item_get_proxy (item) == proxy)
        {
          if (position != NULL)
            *position = i;
          return item;
        }
    }
  return NULL;
}

/* (nullable): the account whose pages reach least far down, if it has more; and how many entries are above that. */
static RdPagedSource *
find_frontier (RdPagedList *self, guint *n)
{
  RdPagedSource *frontier = NULL;
  guint i;

  *n = self->items->len;
  for (i = 0; i < self->sources->len; i++)
    {
      RdPagedSource *source = g_ptr_array_index (self->sources, i);
      guint position;

      if (!rd_paged_source_get_more (source) || last_item_of (self, source, NULL, &position) == NULL)
        continue;
      if (frontier == NULL || position + 1 < *n)
        {
          frontier = source;
          *n = position + 1;
        }
    }
  return frontier;
}

static void
update_loading (RdPagedList *self)
{
  gboolean loading = FALSE;
  guint i;

  for (i = 0; i < self->sources->len; i++)
    if (!rd_paged_source_get_started (g_ptr_array_index (self->sources, i)))
      loading = TRUE;
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
update_shown (RdPagedList *self)
{
  guint before = self->n_shown;

  find_frontier (self, &self->n_shown);
  if (self->n_shown > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->n_shown - before);
  else if (self->n_shown < before)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n_shown, before - self->n_shown, 0);
  update_loading (self);
}

static void
take_record (RdPagedList *self, RdPagedSource *source, RdRecord *record)
{
  GDBusProxy *proxy = rd_paged_source_get_proxy (source);
  RdPagedItem *item = g_hash_table_lookup (ids_of (self, proxy), rd_record_get_string (record, "id"));
  g_autoptr (RdPagedItem) added = NULL;
  guint from;

  if (*rd_record_get_string (record, "id") == '\0')
    return;
  if (item != NULL)
    {
      /* its position goes by what it said before */
      from = position_of (self, item);
      rd_paged_item_set_record (item, record);
      move_item (self, item, from);
      return;
    }
  added = rd_paged_item_new (proxy, record);
  insert_item (self, added);
}

/* Removes what an account no longer has: in one step, however much it is. */
static void
retain (RdPagedList *self, GDBusProxy *proxy, GPtrArray *records)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *ids = ids_of (self, proxy);
  guint shown = self->n_shown, first = G_MAXUINT, last = 0, left = 0;
  guint i;

  for (i = 0; i < records->len; i++)
    g_hash_table_add (kept, (gpointer) rd_record_get_string (g_ptr_array_index (records, i), "id"));
  for (i = 0; i < self->items->len; i++)
    {
      RdPagedItem *item = g_ptr_array_index (self->items, i);
      const char *id = rd_paged_item_get_string (item, "id");

      if (rd_paged_item_get_proxy (item) != proxy || g_hash_table_contains (kept, id))
        {
          self->items->pdata[left++] = item;
          continue;
        }
      g_hash_table_remove (ids, id);
      g_object_unref (item);
      if (i >= shown)
        continue;
      first = MIN (first, i);
      last = i;
      self->n_shown--;
    }
  /* the pointers were moved down; those that are left at the end stand further up now */
  for (i = left; i < self->items->len; i++)
    self->items->pdata[i] = NULL;
  g_ptr_array_set_size (self->items, (int) left);
  if (self->n_shown < shown)
    g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1,
                                last - first + 1 - (shown - self->n_shown));
}

static void
on_fetched (RdPagedSource *source, GPtrArray *records, gboolean whole, RdPagedList *self)
{
  guint known = g_hash_table_size (ids_of (self, rd_paged_source_get_proxy (source)));
  guint i;

  if (whole)
    retain (self, rd_paged_source_get_proxy (source), records);
  for (i = 0; i < records->len; i++)
    take_record (self, source, g_ptr_array_index (records, i));
  /* Nothing but what was known: the agent counts in another way, and would give the same for ever. */
  if (!whole && g_hash_table_size (ids_of (self, rd_paged_source_get_proxy (source))) == known)
    rd_paged_source_end (source);
  update_shown (self);
}

static void
on_changed (RdPagedSource *source, RdRecord *record, RdPagedList *self)
{
  GHashTable *ids = ids_of (self, rd_paged_source_get_proxy (source));
  RdPagedItem *item = g_hash_table_lookup (ids, rd_record_get_string (record, "id"));
  RdPagedItem *last;

  if (!rd_paged_source_wants (source, record))
    {
      if (item != NULL)
        remove_item (self, item);
      update_shown (self);
      return;
    }
  take_record (self, source, record);
  /* Below what was fetched of its account: it comes with its page. */
  item = g_hash_table_lookup (ids, rd_record_get_string (record, "id"));
  last = last_item_of (self, source, item, NULL);
  if (item != NULL && rd_paged_source_get_more (source) && last != NULL && compare (self, last, item) < 0)
    remove_item (self, item);
  update_shown (self);
}

static void
on_reset (RdPagedSource *source, RdPagedList *self)
{
  rd_paged_source_restart (source, self->search, self->filter,
                           g_hash_table_size (ids_of (self, rd_paged_source_get_proxy (source))));
  update_loading (self);
}

static void
on_failed (RdPagedSource *source, const char *sentence, RdPagedList *self)
{
  update_shown (self);
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

static void
add_source (RdPagedList *self, GDBusProxy *proxy)
{
  RdPagedSource *source = rd_paged_source_new (self->kind, proxy);

  g_signal_connect_object (source, "fetched", G_CALLBACK (on_fetched), self, 0);
  g_signal_connect_object (source, "changed", G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (source, "reset", G_CALLBACK (on_reset), self, 0);
  g_signal_connect_object (source, "failed", G_CALLBACK (on_failed), self, 0);
  g_ptr_array_add (self->sources, source);
  ids_of (self, proxy); /* which says that it is there */
  rd_paged_source_restart (source, self->search, self->filter, 0);
}

static void
remove_source (RdPagedList *self, RdPagedSource *source)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  GDBusProxy *proxy = rd_paged_source_get_proxy (source);

  g_signal_handlers_disconnect_by_data (source, self);
  retain (self, proxy, nothing);
  g_hash_table_remove (self->ids, proxy);
  g_ptr_array_remove (self->sources, source);
}

static gboolean
is_wanted (RdPagedList *self, GDBusProxy *proxy)
{
  RdDBusAccount1 *account = rd_model_get_account_of (proxy);

  return self->account == NULL ||
         (account != NULL && g_strcmp0 (rd_dbus_account1_get_id (account), self->account) == 0);
}

/* The sources of those accounts that are there and asked for. */
static void
sync_sources (RdPagedList *self)
{
  guint i, j;

  for (i = self->sources->len; i-- > 0;)
    {
      RdPagedSource *source = g_ptr_array_index (self->sources, i);
      gboolean found = FALSE;

      for (j = 0; j < g_list_model_get_n_items (self->interfaces) && !found; j++)
        {
          g_autoptr (GDBusProxy) proxy = g_list_model_get_item (self->interfaces, j);

          found = proxy == rd_paged_source_get_proxy (source) && is_wanted (self, proxy);
        }
      if (!found)
        remove_source (self, source);
    }
  for (i = 0; i < g_list_model_get_n_items (self->interfaces); i++)
    {
      g_autoptr (GDBusProxy) proxy = g_list_model_get_item (self->interfaces, i);

      if (is_wanted (self, proxy) && !g_hash_table_contains (self->ids, proxy))
        add_source (self, proxy);
    }
  update_shown (self);
}

static void
restart (RdPagedList *self)
{
  guint i;

  for (i = 0; i < self->sources->len; i++)
    rd_paged_source_restart (g_ptr_array_index (self->sources, i), self->search, self->filter, 0);
  update_loading (self);
}

static gboolean
on_search_settled (gpointer user_data)
{
  RdPagedList *self = user_data;

  self->search_delay = 0;
  restart (self);
  return G_SOURCE_REMOVE;
}

static void
on_adjustment_changed (GtkAdjustment *adjustment, RdPagedList *self)
{
  if (gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + NEAR_END >=
      gtk_adjustment_get_upper (adjustment))
    rd_paged_list_fetch_more (self);
}

/* GObject */

static void
rd_paged_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, RD_PAGED_LIST (object)->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_paged_list_dispose (GObject *object)
{
  RdPagedList *self = RD_PAGED_LIST (object);

  g_clear_handle_id (&self->search_delay, g_source_remove);
  g_ptr_array_set_size (self->sources, 0);
  g_clear_object (&self->interfaces);

  G_OBJECT_CLASS (rd_paged_list_parent_class)->dispose (object);
}

static void
rd_paged_list_finalize (GObject *object)
{
  RdPagedList *self = RD_PAGED_LIST (object);

  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->items);
  g_hash_table_unref (self->ids);
  g_free (self->search);
  g_free (self->filter);
  g_free (self->account);

  G_OBJECT_CLASS (rd_paged_list_parent_class)->finalize (object);
}

static void
rd_paged_list_class_init (RdPagedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_paged_list_get_property;
  object_class->dispose = rd_paged_list_dispose;
  object_class->finalize = rd_paged_list_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[FAILED] = g_signal_new ("failed", RD_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
}

static void
rd_paged_list_init (RdPagedList *self)
{
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->items = g_ptr_array_new_with_free_func (unref_item);
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->search = g_strdup ("");
  self->filter = g_strdup ("");
}

RdPagedList *
rd_paged_list_new (const RdPagedKind *kind, GListModel *interfaces)
{
  RdPagedList *self;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (G_IS_LIST_MODEL (interfaces), NULL);

  self = g_object_new (RD_TYPE_PAGED_LIST, NULL);
  self->kind = kind;
  self->interfaces = g_object_ref (interfaces);
  g_signal_connect_object (interfaces, "items-changed", G_CALLBACK (sync_sources), self, G_CONNECT_SWAPPED);
  sync_sources (self);
  return self;
}

void
rd_paged_list_set_search (RdPagedList *self, const char *search)
{
  g_return_if_fail (RD_IS_PAGED_LIST (self));
  g_return_if_fail (search != NULL);

  if (g_strcmp0 (self->search, search) == 0)
    return;
  g_free (self->search);
  self->search = g_strdup (search);
  g_clear_handle_id (&self->search_delay, g_source_remove);
  self->search_delay = g_timeout_add (SEARCH_DELAY_MS, on_search_settled, self);
}

const char *
rd_paged_list_get_search (RdPagedList *self)
{
  g_return_val_if_fail (RD_IS_PAGED_LIST (self), "");
  return self->search;
}

void
rd_paged_list_set_filter (RdPagedList *self, const char *filter)
{
  g_return_if_fail (RD_IS_PAGED_LIST (self));
  g_return_if_fail (filter != NULL);

  if (g_strcmp0 (self->filter, filter) == 0)
    return;
  g_free (self->filter);
  self->filter = g_strdup (filter);
  restart (self);
}

void
rd_paged_list_set_account (RdPagedList *self, const char *account)
{
  g_return_if_fail (RD_IS_PAGED_LIST (self));

  if (g_strcmp0 (self->account, account) == 0)
    return;
  g_free (self->account);
  self->account = g_strdup (account);
  sync_sources (self);
}

gboolean
rd_paged_list_get_loading (RdPagedList *self)
{
  g_return_val_if_fail (RD_IS_PAGED_LIST (self), FALSE);
  return self->loading;
}

const char *
rd_paged_list_get_error (RdPagedList *self)
{
  const char *error = NULL;
  guint i;

  g_return_val_if_fail (RD_IS_PAGED_LIST (self), NULL);

  for (i = 0; i < self->sources->len && error == NULL; i++)
    error = rd_paged_source_get_error (g_ptr_array_index (self->sources, i));
  return error;
}

gboolean
rd_paged_list_get_more (RdPagedList *self)
{
  guint n;

  g_return_val_if_fail (RD_IS_PAGED_LIST (self), FALSE);
  return find_frontier (self, &n) != NULL;
}

void
rd_paged_list_fetch_more (RdPagedList *self)
{
  RdPagedSource *source;
  guint n;

  g_return_if_fail (RD_IS_PAGED_LIST (self));

  source = find_frontier (self, &n);
  if (source != NULL)
    rd_paged_source_fetch_more (source,
                                g_hash_table_size (ids_of (self, rd_paged_source_get_proxy (source))));
}

void
rd_paged_list_reload (RdPagedList *self)
{
  guint i;

  g_return_if_fail (RD_IS_PAGED_LIST (self));

  for (i = 0; i < self->sources->len; i++)
    on_reset (g_ptr_array_index (self->sources, i), self);
}

void
rd_paged_list_follow (RdPagedList *self, GtkAdjustment *adjustment)
{
  g_return_if_fail (RD_IS_PAGED_LIST (self));
  g_return_if_fail (GTK_IS_ADJUSTMENT (adjustment));

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_adjustment_changed), self, 0);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_adjustment_changed), self, 0);
}

RdPagedItem *
rd_paged_list_find (RdPagedList *self, GDBusProxy *proxy, const char *id, guint *position)
{
  GHashTable *ids;
  RdPagedItem *item;
  guint at;

  g_return_val_if_fail (RD_IS_PAGED_LIST (self), NULL);
  g_return_val_if_fail (G_IS_DBUS_PROXY (proxy), NULL);

  ids = g_hash_table_lookup (self->ids, proxy);
  item = ids != NULL ? g_hash_table_lookup (ids, id) : NULL;
  if (item == NULL)
    return NULL;
  at = position_of (self, item);
  if (position != NULL)
    *position = at;
  return at < self->n_shown ? item : NULL;
}
