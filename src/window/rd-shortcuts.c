/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-shortcuts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rd-platform.h"

/* A list of keys, made of a table. */

typedef struct
{
  const char *keys;
  const char *what;   /* (nullable): as the button says */
  const char *button; /* (nullable): the button whose mnemonic it is, which each language chooses for itself */
} Shortcut;

static const Shortcut shortcuts[] = {
  { "<Control>n", N_ ("New call") },
  { "<Control><Shift>n", N_ ("Add an account") },
  { NULL, N_ ("Answer"), N_ ("_Answer") },
  { NULL, NULL, N_ ("_Open Site") },
  { NULL, N_ ("Decline"), N_ ("_Decline") },
  { NULL, N_ ("Silence"), N_ ("_Silence") },
  { "<Alt>m", N_ ("Decline with a message, or be reminded") },
  { NULL, N_ ("Hang up"), N_ ("_Hang Up") },
  { NULL, NULL, N_ ("_Cancel") },
  { NULL, N_ ("Open the room again"), N_ ("_Open Room Again") },
  { NULL, NULL, N_ ("_Trust Host…") },
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
create_row (const char *what, const char *keys)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", what, "title-lines", 2, NULL);
  GtkWidget *label = gtk_label_new (keys);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "keys");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static char *
dup_keys (const Shortcut *shortcut)
{
  guint keyval;
  GdkModifierType modifiers;

  if (shortcut->button != NULL)
    return rd_shortcuts_dup_mnemonic (_ (shortcut->button));
  gtk_accelerator_parse (shortcut->keys, &keyval, &modifiers);
  return gtk_accelerator_get_label (keyval, modifiers);
}

static void
add_shortcut (AdwPreferencesGroup *group, const Shortcut *shortcut)
{
  g_autofree char *keys = dup_keys (shortcut);
  g_autofree char *what =
    shortcut->what != NULL ? g_strdup (_ (shortcut->what)) : rd_dup_plain_label (_ (shortcut->button));

  /* A translation may have left the underline out. */
  if (keys != NULL)
    adw_preferences_group_add (group, create_row (what, keys));
}

char *
rd_shortcuts_dup_mnemonic (const char *button)
{
  g_autofree char *latin = NULL;
  g_autoptr (GString) keys = NULL;
  const char *letter;

  g_return_val_if_fail (button != NULL, NULL);

  letter = strchr (button, '_');
  if (letter == NULL || letter[1] == '\0')
    return NULL;
  /* For a letter that is not Latin GTK 4.8 writes a number: the words are its, the letter is ours. */
  latin = gtk_accelerator_get_label (GDK_KEY_a, GDK_ALT_MASK);
  keys = g_string_new (latin);
  g_string_truncate (keys, keys->len - 1);
  g_string_append_unichar (keys, g_unichar_toupper (g_utf8_get_char (letter + 1)));
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

GtkWindow *
rd_shortcuts_window_new (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/ringdown/Ringdown/rd-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "window"));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "group"));
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    add_shortcut (group, &shortcuts[i]);
  gtk_window_set_transient_for (window, parent);
  return window;
}
