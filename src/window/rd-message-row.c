/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-message-row.h"

#include <glib/gi18n.h>

#include "rd-message-text.h"
#include "rd-platform.h"
#include "rd-text.h"
#include "rd-when.h"

/* Who says what, when, and what became of it. */

#define NAME_CHARS 60

enum
{
  RETRY,
  N_SIGNALS,
};

struct _RdMessageRow
{
  GtkWidget parent_instance;

  RdPagedItem *item; /* (nullable) */

  GtkWidget *content;
  GtkLabel *day;
  GtkLabel *sender;
  GtkWidget *bubble;
  GtkLabel *title;
  GtkLabel *text;
  GtkLabel *time;
  GtkImage *state;
  GtkLabel *state_word;
  GtkWidget *failed;
};

G_DEFINE_FINAL_TYPE (RdMessageRow, rd_message_row, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

typedef struct
{
  const char *state;
  const char *icon;
  const char *word;
} State;

static const State states[] = {
  { "sending", "rd-waiting-symbolic", N_ ("Sending…") },
  { "queued", "rd-waiting-symbolic", N_ ("Queued") },
  { "sent", "rd-sent-symbolic", N_ ("Sent") },
  { "delivered", "rd-delivered-symbolic", N_ ("Delivered") },
  { "read", "rd-read-symbolic", N_ ("Read") },
  { "failed", "rd-failed-symbolic", N_ ("Not sent") },
};

static const State *
find_state (RdRecord *message)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, rd_record_get_string (message, "state")) == 0)
      return &states[i];
  return NULL;
}

static void
show_state (RdMessageRow *self, RdRecord *message)
{
  const State *state = rd_record_get_boolean (message, "ours") ? find_state (message) : NULL;
  gboolean failed = state != NULL && g_strcmp0 (state->state, "failed") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->state), state != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->state_word), state != NULL && !failed);
  gtk_widget_set_visible (self->failed, failed);
  if (state == NULL)
    return;
  gtk_image_set_from_icon_name (self->state, state->icon);
  gtk_label_set_text (self->state_word, failed ? "" : _ (state->word));
}

static char *
dup_time (gint64 at)
{
  g_autoptr (GDateTime) then = at > 0 ? g_date_time_new_from_unix_local (at / G_USEC_PER_SEC) : NULL;

  /* Translators: the time of day, as g_date_time_format() has it */
  return then != NULL ? g_date_time_format (then, _ ("%H:%M")) : g_strdup ("");
}

/* The list's own widget around this one has the focus, so it is what a screen reader asks. */
static void
set_accessible_name (RdMessageRow *self, RdRecord *message, const char *sender, const char *time)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const State *state = find_state (message);
  g_autofree char *label = NULL;

  label = g_strdup_printf ("%s, %s: %s%s%s", rd_record_get_boolean (message, "ours") ? _ ("You") : sender, time,
                           gtk_label_get_text (self->text), state != NULL ? ". " : "",
                           state != NULL ? _ (state->word) : "");
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  /* a text that can be selected takes the focus from it */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_item (RdMessageRow *self)
{
  RdRecord *message = rd_paged_item_get_record (self->item);
  gboolean ours = rd_record_get_boolean (message, "ours");
  g_autofree char *markup = rd_message_text_to_markup (rd_record_get_string (message, "text"));
  g_autofree char *title = rd_text_clean (rd_record_get_string (message, "title"), NAME_CHARS * 2);
  g_autofree char *sender = rd_text_clean (rd_record_get_string (message, "sender-name"), NAME_CHARS);
  g_autofree char *time = dup_time (rd_record_get_time (message, "at"));

  gtk_label_set_markup (self->text, markup);
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->title), *title != '\0');
  gtk_label_set_text (self->sender, sender);
  gtk_label_set_text (self->time, time);
  gtk_widget_set_halign (gtk_widget_get_parent (self->bubble), ours ? GTK_ALIGN_END : GTK_ALIGN_START);
  if (ours)
    gtk_widget_add_css_class (GTK_WIDGET (self), "ours");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ours");
  show_state (self, message);
  set_accessible_name (self, message, sender, time);
}

static gboolean
is_same_day (gint64 a, gint64 b)
{
  g_autoptr (GDateTime) left = g_date_time_new_from_unix_local (a / G_USEC_PER_SEC);
  g_autoptr (GDateTime) right = g_date_time_new_from_unix_local (b / G_USEC_PER_SEC);

  return left != NULL && right != NULL && g_date_time_get_year (left) == g_date_time_get_year (right) &&
         g_date_time_get_day_of_year (left) == g_date_time_get_day_of_year (right);
}

static void
show_headings (RdMessageRow *self, RdPagedItem *before, gboolean group)
{
  RdRecord *message = rd_paged_item_get_record (self->item);
  gint64 at = rd_record_get_time (message, "at");
  RdRecord *above = before != NULL ? rd_paged_item_get_record (before) : NULL;
  g_autofree char *day = rd_when_to_day (at, g_get_real_time ());
  gboolean new_day, same_sender;

  new_day = *day != '\0' && (above == NULL || !is_same_day (rd_record_get_time (above, "at"), at));
  same_sender = !new_day && above != NULL &&
                rd_record_get_boolean (above, "ours") == rd_record_get_boolean (message, "ours") &&
                g_strcmp0 (rd_record_get_string (above, "sender-id"), rd_record_get_string (message, "sender-id")) == 0;
  gtk_label_set_text (self->day, day);
  gtk_widget_set_visible (GTK_WIDGET (self->day), new_day);
  gtk_widget_set_visible (GTK_WIDGET (self->sender), group && !same_sender &&
                                                         !rd_record_get_boolean (message, "ours") &&
                                                         *gtk_label_get_text (self->sender) != '\0');
  gtk_widget_set_margin_top (self->content, same_sender ? 2 : 8);
}

static void
on_retry_clicked (RdMessageRow *self)
{
  if (self->item != NULL)
    g_signal_emit (self, signals[RETRY], 0, self->item);
}

/* The window opens it, and asks first where that is wise. */
static gboolean
on_activate_link (RdMessageRow *self, const char *uri)
{
  if (rd_message_text_is_link (uri))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-link", "s", uri);
  return GDK_EVENT_STOP;
}

/* GObject */

static void
rd_message_row_dispose (GObject *object)
{
  RdMessageRow *self = RD_MESSAGE_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_message_row_parent_class)->dispose (object);
}

static void
rd_message_row_class_init (RdMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_message_row_dispose;

  signals[RETRY] = g_signal_new ("retry", RD_TYPE_MESSAGE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 RD_TYPE_PAGED_ITEM);
  gtk_widget_class_set_css_name (widget_class, "messagerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, content);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, day);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, sender);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, bubble);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, title);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, text);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, state);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, state_word);
  gtk_widget_class_bind_template_child (widget_class, RdMessageRow, failed);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_link);
}

static void
rd_message_row_init (RdMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWidget *
rd_message_row_new (void)
{
  return g_object_new (RD_TYPE_MESSAGE_ROW, NULL);
}

void
rd_message_row_set_item (RdMessageRow *self, RdPagedItem *item, RdPagedItem *before, gboolean group)
{
  g_return_if_fail (RD_IS_MESSAGE_ROW (self));
  g_return_if_fail (item == NULL || RD_IS_PAGED_ITEM (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);
  show_headings (self, before, group);
}

void
rd_message_row_copy (RdMessageRow *self)
{
  const char *text;
  g_autofree char *selected = NULL;
  int start, end;

  g_return_if_fail (RD_IS_MESSAGE_ROW (self));

  if (self->item == NULL)
    return;
  text = rd_paged_item_get_string (self->item, "text");
  if (gtk_label_get_selection_bounds (self->text, &start, &end))
    selected = g_utf8_substring (gtk_label_get_text (self->text), start, end);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), selected != NULL ? selected : text);
}

void
rd_message_row_set_before (RdMessageRow *self, RdPagedItem *before, gboolean group)
{
  g_return_if_fail (RD_IS_MESSAGE_ROW (self));
  g_return_if_fail (before == NULL || RD_IS_PAGED_ITEM (before));

  if (self->item != NULL)
    show_headings (self, before, group);
}
