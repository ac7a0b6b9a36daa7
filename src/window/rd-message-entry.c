/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-message-entry.h"

#include <glib/gi18n.h>

/* A text view that behaves like the entry of a messenger. */

/* characters: how near to the limit it begins to count */
#define COUNT_LAST 500

enum
{
  SEND,
  TYPING,
  N_SIGNALS,
};

struct _RdMessageEntry
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkTextView *view;
  GtkLabel *placeholder;
  GtkLabel *count;
  GtkWidget *send;
  gboolean setting; /* the text comes from the program */
  glong limit;
};

G_DEFINE_FINAL_TYPE (RdMessageEntry, rd_message_entry, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
send_text (RdMessageEntry *self)
{
  g_autofree char *text = g_strstrip (rd_message_entry_dup_text (self));

  if (*text == '\0' || g_utf8_strlen (text, -1) > self->limit)
    return;
  rd_message_entry_set_text (self, "");
  g_signal_emit (self, signals[SEND], 0, text);
}

static void
on_text_changed (RdMessageEntry *self)
{
  g_autofree char *text = rd_message_entry_dup_text (self);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  glong length = g_utf8_strlen (stripped, -1);

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), *text == '\0');
  gtk_widget_set_sensitive (self->send, length > 0 && length <= self->limit);
  gtk_widget_set_visible (GTK_WIDGET (self->count), length >= self->limit - COUNT_LAST);
  if (length >= self->limit - COUNT_LAST)
    {
      /* Translators: how many characters a message has, and how many the site takes */
      g_autofree char *count = length > self->limit
                                 ? g_strdup_printf (_ ("%'ld characters: the site takes no more than %'ld"), length,
                                                    self->limit)
                                 : g_strdup_printf (_ ("%'ld of %'ld characters"), length, self->limit);

      gtk_label_set_text (self->count, count);
    }
  if (length > self->limit)
    gtk_widget_add_css_class (GTK_WIDGET (self->count), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count), "error");
  if (!self->setting)
    g_signal_emit (self, signals[TYPING], 0, length > 0);
}

static gboolean
on_key_pressed (RdMessageEntry *self, guint keyval, guint keycode, GdkModifierType state,
                GtkEventControllerKey *controller)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  /* Enter that chooses a word of an input method does not send. */
  if (event == NULL || !gtk_text_view_im_context_filter_keypress (self->view, event))
    send_text (self);
  return GDK_EVENT_STOP;
}

static gboolean
rd_message_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RD_MESSAGE_ENTRY (widget)->view));
}

/* GObject */

static void
rd_message_entry_dispose (GObject *object)
{
  g_clear_pointer (&RD_MESSAGE_ENTRY (object)->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_message_entry_parent_class)->dispose (object);
}

static void
rd_message_entry_class_init (RdMessageEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_message_entry_dispose;
  widget_class->grab_focus = rd_message_entry_grab_focus;

  signals[SEND] = g_signal_new ("send", RD_TYPE_MESSAGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
  signals[TYPING] = g_signal_new ("typing", RD_TYPE_MESSAGE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_css_name (widget_class, "messageentry");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-message-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, RdMessageEntry, content);
  gtk_widget_class_bind_template_child (widget_class, RdMessageEntry, view);
  gtk_widget_class_bind_template_child (widget_class, RdMessageEntry, placeholder);
  gtk_widget_class_bind_template_child (widget_class, RdMessageEntry, count);
  gtk_widget_class_bind_template_child (widget_class, RdMessageEntry, send);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, send_text);
}

static void
rd_message_entry_init (RdMessageEntry *self)
{
  self->limit = RD_MESSAGE_MAX;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_SWAPPED);
}

void
rd_message_entry_set_name (RdMessageEntry *self, const char *name)
{
  g_autofree char *label = NULL;

  g_return_if_fail (RD_IS_MESSAGE_ENTRY (self));

  /* Translators: %s is a person's name */
  label = g_strdup_printf (_ ("Message to %s"), name);
  gtk_label_set_text (self->placeholder, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
rd_message_entry_set_limit (RdMessageEntry *self, guint characters)
{
  g_return_if_fail (RD_IS_MESSAGE_ENTRY (self));

  self->limit = characters > 0 && characters < RD_MESSAGE_MAX ? (glong) characters : RD_MESSAGE_MAX;
}

char *
rd_message_entry_dup_text (RdMessageEntry *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (RD_IS_MESSAGE_ENTRY (self), g_strdup (""));

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->view), &start, &end);
  return gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->view), &start, &end, FALSE);
}

void
rd_message_entry_set_text (RdMessageEntry *self, const char *text)
{
  g_return_if_fail (RD_IS_MESSAGE_ENTRY (self));

  self->setting = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
  self->setting = FALSE;
}
