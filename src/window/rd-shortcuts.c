/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-shortcuts.h"

#include <glib/gi18n.h>

/* A list of keys, made of a table. */

typedef struct
{
  const char *keys;
  const char *what;
} Shortcut;

static const Shortcut shortcuts[] = {
  { "<Control>n", N_ ("New call") },
  { "<Control><Shift>n", N_ ("Add an account") },
  { "<Alt>a", N_ ("Answer") },
  { "<Alt>d", N_ ("Decline") },
  { "<Alt>s", N_ ("Silence") },
  { "<Alt>m", N_ ("Decline with a message, or be reminded") },
  { "<Alt>h", N_ ("Hang up") },
  { "<Alt>o", N_ ("Open the room again") },
  { "<Alt>1", N_ ("Calls") },
  { "<Alt>2", N_ ("Messages") },
  { "<Alt>3", N_ ("People") },
  { "<Alt>4", N_ ("Payments") },
  { "<Alt>5", N_ ("Accounts") },
  { "<Control>comma", N_ ("Preferences") },
  { "<Control>f", N_ ("Search") },
  { "<Control>d", N_ ("Do not disturb, or no longer") },
  { "<Shift>F10", N_ ("More about an entry of the history, or a person") },
  { "Delete", N_ ("Remove an entry of the history") },
  { "Escape", N_ ("Back to the list") },
  { "Return", N_ ("Send the message") },
  { "<Shift>Return", N_ ("New line in a message") },
  { "<Control>c", N_ ("Copy the message that has the focus") },
  { "Down", N_ ("From a name to those it may mean, when calling") },
  { "F10", N_ ("Menu") },
  { "<Control>question", N_ ("Keyboard shortcuts") },
  { "<Control>w", N_ ("Close the window; calls still ring") },
};

static GtkWidget *
create_row (const Shortcut *shortcut)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _ (shortcut->what), "title-lines", 2, NULL);
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *text = NULL;
  guint keyval;
  GdkModifierType modifiers;

  gtk_accelerator_parse (shortcut->keys, &keyval, &modifiers);
  text = gtk_accelerator_get_label (keyval, modifiers);
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "keys");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

GtkWindow *
rd_shortcuts_window_new (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/ringdown/Ringdown/rd-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "group"));
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    adw_preferences_group_add (group, create_row (&shortcuts[i]));
  gtk_window_set_transient_for (window, parent);
  return window;
}
