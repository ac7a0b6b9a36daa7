/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-contact-list.h"

#include <glib/gi18n.h>

#include "rd-text.h"

/* A row for each person. It keeps none of them: who is on the list, the agent says. */

#define NAME_MAX_CHARS 100

enum
{
  PROP_NOBODY = 1,
  N_PROPS,
};

enum
{
  REMOVE,
  N_SIGNALS,
};

struct _RdContactList
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* not owned */
  AdwActionRow *nobody;
};

G_DEFINE_FINAL_TYPE (RdContactList, rd_contact_list, ADW_TYPE_PREFERENCES_GROUP)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_remove_clicked (GtkButton *button, RdContactList *self)
{
  GVariant *contact = g_object_get_data (G_OBJECT (button), "contact");
  const char *account, *person, *name;

  g_variant_get (contact, "(&s&s&s)", &account, &person, &name);
  g_signal_emit (self, signals[REMOVE], 0, account, person, name);
}

static GtkWidget *
create_button (RdContactList *self, GVariant *contact, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  /* Translators: %s is a text or a name in a list, which a button removes */
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "contact", g_variant_ref (contact), (GDestroyNotify) g_variant_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self, 0);
  return button;
}

static void
add_row (RdContactList *self, GVariant *contact, RdAccountNameFunc get_account_name, gpointer user_data)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 2, NULL);
  const char *account, *person, *given;
  const char *account_name = NULL;
  g_autofree char *name = NULL;

  g_variant_get (contact, "(&s&s&s)", &account, &person, &given);
  name = rd_text_clean (*given != '\0' ? given : person, NAME_MAX_CHARS);
  if (get_account_name != NULL)
    account_name = get_account_name (account, user_data);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (account_name != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), account_name);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (32, name, TRUE));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (self, contact, name));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* GObject */

static void
rd_contact_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NOBODY:
      g_object_get_property (G_OBJECT (RD_CONTACT_LIST (object)->nobody), "title", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_contact_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NOBODY:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (RD_CONTACT_LIST (object)->nobody),
                                     g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_contact_list_finalize (GObject *object)
{
  g_ptr_array_unref (RD_CONTACT_LIST (object)->rows);

  G_OBJECT_CLASS (rd_contact_list_parent_class)->finalize (object);
}

static void
rd_contact_list_class_init (RdContactListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_contact_list_get_property;
  object_class->set_property = rd_contact_list_set_property;
  object_class->finalize = rd_contact_list_finalize;

  properties[PROP_NOBODY] =
    g_param_spec_string ("nobody", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REMOVE] = g_signal_new ("remove", RD_TYPE_CONTACT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
rd_contact_list_init (RdContactList *self)
{
  self->rows = g_ptr_array_new ();
  self->nobody = ADW_ACTION_ROW (adw_action_row_new ());
  adw_action_row_set_title_lines (self->nobody, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->nobody), "dim-label");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->nobody));
}

void
rd_contact_list_set_contacts (RdContactList *self, GVariant *contacts, RdAccountNameFunc get_account_name,
                              gpointer user_data)
{
  gsize i, n = contacts != NULL ? g_variant_n_children (contacts) : 0;

  g_return_if_fail (RD_IS_CONTACT_LIST (self));
  g_return_if_fail (contacts == NULL || g_variant_is_of_type (contacts, G_VARIANT_TYPE ("a(sss)")));

  for (i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (i = 0; i < n; i++)
    {
      g_autoptr (GVariant) contact = g_variant_get_child_value (contacts, i);

      add_row (self, contact, get_account_name, user_data);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->nobody), n == 0);
}
