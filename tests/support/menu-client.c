/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "menu-client.h"

#include "rd-test.h"

GVariant *
menu_client_call (const MenuClient *self, const char *method, GVariant *parameters, const char *reply_type)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_dbus_connection_call (self->connection, self->service, self->path, "com.canonical.dbusmenu", method, parameters,
                          G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result,
                          &result);
  rd_test_await (result != NULL);
  return g_dbus_connection_call_finish (self->connection, result, NULL);
}

/* Goes through the layout @item; -1: it has no item with @label. @labels: (nullable) */
static int
walk (GVariant *item, const char *label, GString *labels, GVariant **properties)
{
  g_autoptr (GVariant) props = NULL;
  g_autoptr (GVariant) children = NULL;
  const char *text = NULL;
  gboolean enabled = TRUE;
  int found = -1;
  int id;

  g_variant_get (item, "(i@a{sv}@av)", &id, &props, &children);
  g_variant_lookup (props, "enabled", "b", &enabled);
  if (g_variant_lookup (props, "label", "&s", &text) && labels != NULL)
    g_string_append_printf (labels, enabled ? "%s|" : "(%s)|", text);
  if (g_strcmp0 (text, label) == 0 && text != NULL)
    {
      if (properties != NULL)
        *properties = g_variant_ref (props);
      return id;
    }
  for (gsize i = 0; found < 0 && i < g_variant_n_children (children); i++)
    {
      g_autoptr (GVariant) boxed = g_variant_get_child_value (children, i);
      g_autoptr (GVariant) child = g_variant_get_variant (boxed);

      found = walk (child, label, labels, properties);
    }
  return found;
}

static GVariant *
get_layout (const MenuClient *self)
{
  g_autoptr (GVariant) reply
    = menu_client_call (self, "GetLayout", g_variant_new ("(iias)", 0, -1, NULL), "(u(ia{sv}av))");

  return reply != NULL ? g_variant_get_child_value (reply, 1) : NULL;
}

char *
menu_client_dup_labels (const MenuClient *self)
{
  g_autoptr (GVariant) layout = get_layout (self);
  GString *labels = g_string_new (NULL);

  if (layout != NULL)
    walk (layout, NULL, labels, NULL);
  return g_string_free (labels, FALSE);
}

int
menu_client_find (const MenuClient *self, const char *label, GVariant **properties)
{
  g_autoptr (GVariant) layout = get_layout (self);

  return layout != NULL ? walk (layout, label, NULL, properties) : -1;
}

gboolean
menu_client_click (const MenuClient *self, int id)
{
  g_autoptr (GVariant) reply = menu_client_call (
    self, "Event", g_variant_new ("(isvu)", id, "clicked", g_variant_new_string (""), 0), "()");

  return reply != NULL;
}

gboolean
menu_client_choose (const MenuClient *self, const char *label)
{
  int id = menu_client_find (self, label, NULL);

  return id >= 0 && menu_client_click (self, id);
}
