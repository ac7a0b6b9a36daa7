/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-account-choice.h"

#include <glib/gi18n.h>

#include "rd-model.h"

/* A drop-down of the accounts that have an interface. */

enum
{
  PROP_ACCOUNT = 1,
  N_PROPS,
};

struct _RdAccountChoice
{
  GtkWidget parent_instance;

  GListModel *interfaces;
  GtkDropDown *drop_down;
  GPtrArray *ids; /* of char *: the accounts behind the rows after the first */
  char *account;  /* (nullable) */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RdAccountChoice, rd_account_choice, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_account (RdAccountChoice *self, const char *account)
{
  if (g_strcmp0 (self->account, account) == 0)
    return;
  g_free (self->account);
  self->account = g_strdup (account);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

static void
on_selected (RdAccountChoice *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (self->filling)
    return;
  set_account (self, selected > 0 && selected <= self->ids->len ? g_ptr_array_index (self->ids, selected - 1) : NULL);
}

static int
compare_accounts (gconstpointer a, gconstpointer b)
{
  return rd_model_compare_accounts (*(RdDBusAccount1 *const *) a, *(RdDBusAccount1 *const *) b);
}

/* (transfer container): in the order of the other lists, however the bus brought them */
static GPtrArray *
list_accounts (RdAccountChoice *self)
{
  GPtrArray *accounts = g_ptr_array_new_with_free_func (g_object_unref);
  guint i;

  for (i = 0; i < g_list_model_get_n_items (self->interfaces); i++)
    {
      g_autoptr (GDBusInterface) interface = g_list_model_get_item (self->interfaces, i);
      RdDBusAccount1 *account = rd_model_get_account_of (interface);

      if (account != NULL)
        g_ptr_array_add (accounts, g_object_ref (account));
    }
  g_ptr_array_sort (accounts, compare_accounts);
  return accounts;
}

/* One that was chosen stays so while it is there. */
static void
fill (RdAccountChoice *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) accounts = list_accounts (self);
  guint i, chosen = 0;

  g_ptr_array_set_size (self->ids, 0);
  gtk_string_list_append (names, _ ("All Accounts"));
  for (i = 0; i < accounts->len; i++)
    {
      RdDBusAccount1 *account = g_ptr_array_index (accounts, i);

      gtk_string_list_append (names, rd_dbus_account1_get_name (account));
      g_ptr_array_add (self->ids, rd_dbus_account1_dup_id (account));
      if (g_strcmp0 (rd_dbus_account1_get_id (account), self->account) == 0)
        chosen = self->ids->len;
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->drop_down, chosen);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), self->ids->len > 1);
  on_selected (self);
}

static void
on_interfaces_changed (GListModel *interfaces, guint position, guint removed, guint added, RdAccountChoice *self)
{
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (GDBusInterface) interface = g_list_model_get_item (interfaces, i);
      RdDBusAccount1 *account = rd_model_get_account_of (interface);

      if (account != NULL)
        g_signal_connect_object (account, "notify::name", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
    }
  fill (self);
}

/* GObject */

static void
rd_account_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACCOUNT:
      g_value_set_string (value, RD_ACCOUNT_CHOICE (object)->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_account_choice_dispose (GObject *object)
{
  RdAccountChoice *self = RD_ACCOUNT_CHOICE (object);

  g_clear_pointer ((GtkWidget **) &self->drop_down, gtk_widget_unparent);
  g_clear_object (&self->interfaces);

  G_OBJECT_CLASS (rd_account_choice_parent_class)->dispose (object);
}

static void
rd_account_choice_finalize (GObject *object)
{
  RdAccountChoice *self = RD_ACCOUNT_CHOICE (object);

  g_ptr_array_unref (self->ids);
  g_free (self->account);

  G_OBJECT_CLASS (rd_account_choice_parent_class)->finalize (object);
}

static void
rd_account_choice_class_init (RdAccountChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_account_choice_get_property;
  object_class->dispose = rd_account_choice_dispose;
  object_class->finalize = rd_account_choice_finalize;

  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_account_choice_init (RdAccountChoice *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Account"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->drop_down), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
}

void
rd_account_choice_set_interfaces (RdAccountChoice *self, GListModel *interfaces)
{
  g_return_if_fail (RD_IS_ACCOUNT_CHOICE (self));
  g_return_if_fail (G_IS_LIST_MODEL (interfaces) && self->interfaces == NULL);

  self->interfaces = g_object_ref (interfaces);
  g_signal_connect_object (interfaces, "items-changed", G_CALLBACK (on_interfaces_changed), self, 0);
  on_interfaces_changed (interfaces, 0, 0, g_list_model_get_n_items (interfaces), self);
}

const char *
rd_account_choice_get_account (RdAccountChoice *self)
{
  g_return_val_if_fail (RD_IS_ACCOUNT_CHOICE (self), NULL);
  return self->account;
}

gboolean
rd_account_choice_is_offered (RdAccountChoice *self)
{
  g_return_val_if_fail (RD_IS_ACCOUNT_CHOICE (self), FALSE);
  return self->ids->len > 1;
}
