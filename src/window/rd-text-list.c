/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-text-list.h"

#include <glib/gi18n.h>

#include "rd-text.h"

/* A row for each text, and an entry below them. */

#define TEXT_MAX_CHARS 200

enum
{
  PROP_TEXTS = 1,
  PROP_PROMPT,
  PROP_MAX,
  N_PROPS,
};

struct _RdTextList
{
  AdwPreferencesGroup parent_instance;

  GStrv texts;
  guint max;
  GPtrArray *rows; /* not owned */
  AdwEntryRow *entry;
};

G_DEFINE_FINAL_TYPE (RdTextList, rd_text_list, ADW_TYPE_PREFERENCES_GROUP)

static GParamSpec *properties[N_PROPS];

static void
set_texts (RdTextList *self, const char *const *texts)
{
  rd_text_list_set_texts (self, texts);
}

static void
on_remove_clicked (GtkButton *button, RdTextList *self)
{
  const char *text = g_object_get_data (G_OBJECT (button), "text");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  guint i;

  for (i = 0; self->texts[i] != NULL; i++)
    if (!g_str_equal (self->texts[i], text))
      g_strv_builder_add (builder, self->texts[i]);
  texts = g_strv_builder_end (builder);
  /* The button, which is about to go, has the focus. */
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  set_texts (self, (const char *const *) texts);
}

static void
add_row (RdTextList *self, const char *text)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 3, NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *label = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  /* Translators: %s is a text or a name in a list, which a button removes */
  label = g_strdup_printf (_ ("Remove “%s”"), text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (text), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove_clicked), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

/* The entry stays the last. */
static void
show (RdTextList *self)
{
  guint i, n = g_strv_length (self->texts);

  for (i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_object_ref (self->entry);
  if (gtk_widget_get_parent (GTK_WIDGET (self->entry)) != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->entry));
  for (i = 0; i < n; i++)
    add_row (self, self->texts[i]);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->entry));
  g_object_unref (self->entry);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), n < self->max);
}

static void
on_entry_applied (RdTextList *self)
{
  g_autofree char *text = rd_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->entry)), TEXT_MAX_CHARS);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (*text == '\0' || g_strv_contains ((const char *const *) self->texts, text))
    return;
  g_strv_builder_addv (builder, (const char **) self->texts);
  g_strv_builder_add (builder, text);
  texts = g_strv_builder_end (builder);
  set_texts (self, (const char *const *) texts);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* GObject */

static void
rd_text_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdTextList *self = RD_TEXT_LIST (object);

  switch (id)
    {
    case PROP_TEXTS:
      g_value_set_boxed (value, self->texts);
      break;
    case PROP_PROMPT:
      g_value_set_string (value, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->entry)));
      break;
    case PROP_MAX:
      g_value_set_uint (value, self->max);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_text_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  static const char *const none[] = { NULL };
  RdTextList *self = RD_TEXT_LIST (object);

  switch (id)
    {
    case PROP_TEXTS:
      set_texts (self, g_value_get_boxed (value) != NULL ? g_value_get_boxed (value) : none);
      break;
    case PROP_PROMPT:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), g_value_get_string (value));
      break;
    case PROP_MAX:
      self->max = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_text_list_finalize (GObject *object)
{
  RdTextList *self = RD_TEXT_LIST (object);

  g_strfreev (self->texts);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (rd_text_list_parent_class)->finalize (object);
}

static void
rd_text_list_class_init (RdTextListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_text_list_get_property;
  object_class->set_property = rd_text_list_set_property;
  object_class->finalize = rd_text_list_finalize;

  properties[PROP_TEXTS] =
    g_param_spec_boxed ("texts", NULL, NULL, G_TYPE_STRV, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, NULL, flags);
  properties[PROP_MAX] = g_param_spec_uint ("max", NULL, NULL, 1, G_MAXUINT, G_MAXUINT, flags | G_PARAM_CONSTRUCT);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rd_text_list_init (RdTextList *self)
{
  self->texts = g_new0 (char *, 1);
  self->rows = g_ptr_array_new ();
  self->entry = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_entry_row_set_show_apply_button (self->entry, TRUE);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->entry), TRUE);
  g_signal_connect_object (self->entry, "apply", G_CALLBACK (on_entry_applied), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->entry));
}

const char *const *
rd_text_list_get_texts (RdTextList *self)
{
  g_return_val_if_fail (RD_IS_TEXT_LIST (self), NULL);
  return (const char *const *) self->texts;
}

void
rd_text_list_set_texts (RdTextList *self, const char *const *texts)
{
  g_return_if_fail (RD_IS_TEXT_LIST (self));
  g_return_if_fail (texts != NULL);

  if (g_strv_equal ((const char *const *) self->texts, texts))
    return;
  g_strfreev (self->texts);
  self->texts = g_strdupv ((char **) texts);
  show (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXTS]);
}
