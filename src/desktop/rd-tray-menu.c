/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tray"

#include "config.h"

#include "rd-tray-menu.h"

#include <libdbusmenu-glib/dbusmenu-glib.h>

#include "rd-tray-menu-rows.h"

/* Rows as libdbusmenu's items. Each time all rows are made anew, and what has changed is taken over. */

#define ROW_ID "rd-row-id"
#define ROW_VERB "rd-row-verb"
#define ROW_WHAT "rd-row-what"
#define ROW_TEXT "rd-row-text"

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdTrayMenu
{
  GObject parent_instance;

  DbusmenuServer *server;
  DbusmenuMenuitem *root;
};

G_DEFINE_FINAL_TYPE (RdTrayMenu, rd_tray_menu, G_TYPE_OBJECT)

static void
on_item_activated (DbusmenuMenuitem *item, guint timestamp, RdTrayMenu *self)
{
  const char *verb = g_object_get_data (G_OBJECT (item), ROW_VERB);
  g_autofree char *what = g_strdup (g_object_get_data (G_OBJECT (item), ROW_WHAT));
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (item), ROW_TEXT));

  /* A client of the bus may choose what is not to be chosen. */
  if (verb != NULL && dbusmenu_menuitem_property_get_bool (item, DBUSMENU_MENUITEM_PROP_ENABLED))
    g_signal_emit (self, signals[CHOSEN], 0, verb, what, text);
}

/* An underscore would stand for a key. */
static char *
dup_escaped (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
fill_item (DbusmenuMenuitem *item, const RdTrayRow *row)
{
  g_autofree char *label = NULL;

  g_object_set_data (G_OBJECT (item), ROW_VERB, (gpointer) row->verb);
  g_object_set_data_full (G_OBJECT (item), ROW_WHAT, g_strdup (row->what), g_free);
  g_object_set_data_full (G_OBJECT (item), ROW_TEXT, g_strdup (row->text), g_free);
  if (row->label == NULL)
    {
      dbusmenu_menuitem_property_set (item, DBUSMENU_MENUITEM_PROP_TYPE, DBUSMENU_CLIENT_TYPES_SEPARATOR);
      return;
    }
  label = dup_escaped (row->label);
  dbusmenu_menuitem_property_set (item, DBUSMENU_MENUITEM_PROP_LABEL, label);
  dbusmenu_menuitem_property_set_bool (item, DBUSMENU_MENUITEM_PROP_ENABLED, row->enabled);
}

static DbusmenuMenuitem *
build_item (RdTrayMenu *self, const RdTrayRow *row)
{
  DbusmenuMenuitem *item = dbusmenu_menuitem_new ();

  g_object_set_data_full (G_OBJECT (item), ROW_ID, g_strdup (row->id), g_free);
  g_signal_connect_object (item, DBUSMENU_MENUITEM_SIGNAL_ITEM_ACTIVATED, G_CALLBACK (on_item_activated), self, 0);
  return item;
}

/* (transfer full): the items of @parent by their rows' ids; those that have no row any more leave it. */
static GHashTable *
keep_items (DbusmenuMenuitem *parent, GPtrArray *rows)
{
  GHashTable *items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) children = g_list_copy (dbusmenu_menuitem_get_children (parent));

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_hash_table_add (wanted, ((RdTrayRow *) rows->pdata[i])->id);
  for (GList *l = children; l != NULL; l = l->next)
    {
      char *id = g_object_get_data (l->data, ROW_ID);

      if (g_hash_table_contains (wanted, id))
        g_hash_table_insert (items, id, g_object_ref (l->data));
      else
        dbusmenu_menuitem_child_delete (parent, l->data);
    }
  return items;
}

static void
take_rows (RdTrayMenu *self, DbusmenuMenuitem *parent, GPtrArray *rows)
{
  g_autoptr (GHashTable) items = keep_items (parent, rows);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const RdTrayRow *row = rows->pdata[i];
      DbusmenuMenuitem *item = g_hash_table_lookup (items, row->id);
      gboolean fresh = item == NULL;

      if (fresh)
        {
          item = build_item (self, row);
          g_hash_table_insert (items, row->id, item);
        }
      /* A new one is complete before anybody sees it. */
      fill_item (item, row);
      take_rows (self, item, row->rows);
      if (fresh)
        dbusmenu_menuitem_child_add_position (parent, item, i);
      else if (dbusmenu_menuitem_get_position (item, parent) != i)
        dbusmenu_menuitem_child_reorder (parent, item, i);
    }
}

/*
 * GObject
 */
static void
rd_tray_menu_finalize (GObject *object)
{
  RdTrayMenu *self = RD_TRAY_MENU (object);

  g_clear_object (&self->server);
  g_clear_object (&self->root);

  G_OBJECT_CLASS (rd_tray_menu_parent_class)->finalize (object);
}

static void
rd_tray_menu_class_init (RdTrayMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_tray_menu_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", RD_TYPE_TRAY_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                  G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
rd_tray_menu_init (RdTrayMenu *self)
{
}

RdTrayMenu *
rd_tray_menu_new (const char *path)
{
  RdTrayMenu *self;

  g_return_val_if_fail (path != NULL && g_variant_is_object_path (path), NULL);

  self = g_object_new (RD_TYPE_TRAY_MENU, NULL);
  self->root = dbusmenu_menuitem_new ();
  dbusmenu_menuitem_set_root (self->root, TRUE);
  self->server = dbusmenu_server_new (path);
  dbusmenu_server_set_root (self->server, self->root);
  return self;
}

void
rd_tray_menu_show (RdTrayMenu *self, const RdTrayFacts *facts)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_return_if_fail (RD_IS_TRAY_MENU (self));
  g_return_if_fail (facts != NULL);

  rows = rd_tray_menu_rows_new (facts);
  take_rows (self, self->root, rows);
}
