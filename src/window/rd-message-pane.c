/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-message-pane.h"

#include <adwaita.h>

#include "rd-message-list.h"
#include "rd-message-row.h"
#include "rd-platform.h"

/* A GtkListView that stays where one reads. It keeps the row that it is anchored to in its place when others are put in
 * above, which is all that history needs; staying at the end is done here. */

/* px */
#define NEAR_TOP 1000
#define NEAR_END 60
/* how long it takes until a list's rows have their places, and the list its position */
#define LAYOUT_FRAMES 3

enum
{
  PROP_AT_END = 1,
  N_PROPS,
};

enum
{
  RETRY,
  N_SIGNALS,
};

struct _RdMessagePane
{
  GtkWidget parent_instance;

  RdMessageList *list; /* (nullable) */
  gboolean group;
  gboolean at_end;
  double value; /* where it was scrolled to last */
  guint settle;
  guint look; /* tick callback: whether there is room for older ones */
  guint frames;

  GtkStack *stack;
  GtkLabel *failure_whole;
  GtkWidget *failure;
  GtkLabel *failure_part;
  GtkWidget *newest;
  GtkWidget *scroller;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (RdMessagePane, rd_message_pane, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_at_end (RdMessagePane *self, gboolean at_end)
{
  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  gtk_widget_set_visible (self->newest, !at_end);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_END]);
}

static GtkAdjustment *
get_adjustment (RdMessagePane *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

static gboolean
on_settle (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RdMessagePane *self = RD_MESSAGE_PANE (widget);
  guint n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;

  self->settle = 0;
  if (self->at_end && n > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", n - 1);
  return G_SOURCE_REMOVE;
}

/* Not while the view is being laid out: it would measure its rows for where it was. Nor when idle: a busy machine may
 * be at its frames all the time. */
static void
settle (RdMessagePane *self)
{
  if (self->settle == 0)
    self->settle = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_settle, NULL, NULL);
}

static void
fetch_if_near_top (RdMessagePane *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double value = gtk_adjustment_get_value (adjustment);

  if (self->list == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)) || value >= NEAR_TOP)
    return;
  /* It is at the top because it has not gone to its end yet. */
  if (self->at_end && value + gtk_adjustment_get_page_size (adjustment) + 1 < gtk_adjustment_get_upper (adjustment))
    return;
  rd_message_list_fetch_more (self->list);
}

static gboolean
on_look (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RdMessagePane *self = RD_MESSAGE_PANE (widget);

  if (self->frames++ < LAYOUT_FRAMES)
    return G_SOURCE_CONTINUE;
  self->look = 0;
  fetch_if_near_top (self);
  return G_SOURCE_REMOVE;
}

/* When what has come is laid out: until then it is not known how much room it takes. */
static void
look_later (RdMessagePane *self)
{
  self->frames = 0;
  if (self->look == 0)
    self->look = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_look, NULL, NULL);
}

static void
on_value_changed (GtkAdjustment *adjustment, RdMessagePane *self)
{
  double value = gtk_adjustment_get_value (adjustment);
  gboolean near = value + gtk_adjustment_get_page_size (adjustment) + NEAR_END >= gtk_adjustment_get_upper (adjustment);

  if (near)
    set_at_end (self, TRUE);
  else if (value < self->value)
    set_at_end (self, FALSE);
  else if (self->at_end)
    settle (self);
  self->value = value;
  fetch_if_near_top (self);
}

/* The view was laid out: it has its new value already, which says nothing of what the user wants. */
static void
on_adjustment_changed (GtkAdjustment *adjustment, RdMessagePane *self)
{
  self->value = gtk_adjustment_get_value (adjustment);
  if (self->at_end && gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + 1 <
                        gtk_adjustment_get_upper (adjustment))
    settle (self);
}

static void
show_state (RdMessagePane *self)
{
  gboolean empty = self->list == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  gboolean loading = self->list != NULL && rd_message_list_get_loading (self->list);

  const char *failure = self->list != NULL ? rd_message_list_get_failure (self->list) : NULL;

  gtk_stack_set_visible_child_name (self->stack, !empty            ? "list"
                                                 : loading         ? "loading"
                                                 : failure != NULL ? "failed"
                                                                   : "empty");
  gtk_label_set_text (self->failure_whole, failure != NULL ? failure : "");
  gtk_label_set_text (self->failure_part, failure != NULL ? failure : "");
  gtk_widget_set_visible (self->failure, failure != NULL);
  if (!loading)
    look_later (self);
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, RdMessagePane *self)
{
  if (self->at_end)
    settle (self);
  show_state (self);
}

static void
on_again_clicked (RdMessagePane *self)
{
  if (self->list != NULL)
    rd_message_list_retry (self->list);
}

/* Copies the message that has the focus: its text can be selected, too, but not all of it with one key. */
static gboolean
on_key_pressed (RdMessagePane *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row;

  if (focus == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK ||
      (keyval != GDK_KEY_c && keyval != GDK_KEY_C))
    return GDK_EVENT_PROPAGATE;
  row = gtk_widget_get_ancestor (focus, RD_TYPE_MESSAGE_ROW);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);
  if (!RD_IS_MESSAGE_ROW (row))
    return GDK_EVENT_PROPAGATE;
  rd_message_row_copy (RD_MESSAGE_ROW (row));
  return GDK_EVENT_STOP;
}

static void
on_row_retry (RdMessageRow *row, RdPagedItem *item, RdMessagePane *self)
{
  g_signal_emit (self, signals[RETRY], 0, item);
}

/* (nullable) (transfer full) */
static RdPagedItem *
dup_before (RdMessagePane *self, guint position)
{
  if (self->list == NULL || position == 0 || position == GTK_INVALID_LIST_POSITION)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->list), position - 1);
}

/* Others were put in above it: it may stay bound, with another one before it. */
static void
on_position_changed (GtkListItem *list_item, GParamSpec *pspec, RdMessagePane *self)
{
  g_autoptr (RdPagedItem) before = dup_before (self, gtk_list_item_get_position (list_item));

  rd_message_row_set_before (RD_MESSAGE_ROW (gtk_list_item_get_child (list_item)), before, self->group);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdMessagePane *self)
{
  GtkWidget *row = rd_message_row_new ();

  g_signal_connect_object (row, "retry", G_CALLBACK (on_row_retry), self, 0);
  g_signal_connect_object (list_item, "notify::position", G_CALLBACK (on_position_changed), self, 0);
  gtk_list_item_set_child (list_item, row);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_selectable (list_item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdMessagePane *self)
{
  g_autoptr (RdPagedItem) before = dup_before (self, gtk_list_item_get_position (list_item));

  rd_message_row_set_item (RD_MESSAGE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item),
                           before, self->group);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdMessagePane *self)
{
  rd_message_row_set_item (RD_MESSAGE_ROW (gtk_list_item_get_child (list_item)), NULL, NULL, FALSE);
}

/* GtkWidget */

static void
rd_message_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rd_message_pane_parent_class)->map (widget);
  if (RD_MESSAGE_PANE (widget)->at_end)
    settle (RD_MESSAGE_PANE (widget));
  look_later (RD_MESSAGE_PANE (widget));
}

/* GObject */

static void
rd_message_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_AT_END:
      g_value_set_boolean (value, RD_MESSAGE_PANE (object)->at_end);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stop_ticking (RdMessagePane *self, guint *id)
{
  if (*id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), *id);
  *id = 0;
}

static void
rd_message_pane_dispose (GObject *object)
{
  RdMessagePane *self = RD_MESSAGE_PANE (object);

  stop_ticking (self, &self->settle);
  stop_ticking (self, &self->look);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (rd_message_pane_parent_class)->dispose (object);
}

static void
rd_message_pane_class_init (RdMessagePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = rd_message_pane_get_property;
  G_OBJECT_CLASS (klass)->dispose = rd_message_pane_dispose;
  widget_class->map = rd_message_pane_map;

  properties[PROP_AT_END] =
    g_param_spec_boolean ("at-end", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[RETRY] = g_signal_new ("retry", RD_TYPE_MESSAGE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 RD_TYPE_PAGED_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-message-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, stack);
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, failure_whole);
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, failure);
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, failure_part);
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, newest);
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdMessagePane, view);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, rd_message_pane_scroll_down);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
rd_message_pane_init (RdMessagePane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->at_end = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  g_signal_connect_object (get_adjustment (self), "value-changed", G_CALLBACK (on_value_changed), self, 0);
  g_signal_connect_object (get_adjustment (self), "changed", G_CALLBACK (on_adjustment_changed), self, 0);
}

void
rd_message_pane_set_conversation (RdMessagePane *self, RdPagedItem *conversation)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (RD_IS_MESSAGE_PANE (self));
  g_return_if_fail (conversation == NULL || RD_IS_PAGED_ITEM (conversation));

  gtk_list_view_set_model (self->view, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  set_at_end (self, TRUE);
  if (conversation == NULL)
    return;
  self->group = rd_record_get_boolean (rd_paged_item_get_record (conversation), "group");
  self->list = rd_message_list_new (RD_DBUS_MESSAGES1 (rd_paged_item_get_proxy (conversation)),
                                    rd_paged_item_get_string (conversation, "id"));
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  show_state (self);
}

void
rd_message_pane_scroll_down (RdMessagePane *self)
{
  g_return_if_fail (RD_IS_MESSAGE_PANE (self));

  set_at_end (self, TRUE);
  settle (self);
}

gboolean
rd_message_pane_is_at_end (RdMessagePane *self)
{
  g_return_val_if_fail (RD_IS_MESSAGE_PANE (self), FALSE);
  return self->at_end;
}

void
rd_message_pane_remove (RdMessagePane *self, RdPagedItem *message)
{
  g_return_if_fail (RD_IS_MESSAGE_PANE (self));

  if (self->list != NULL)
    rd_message_list_remove (self->list, message);
}

gboolean
rd_message_pane_has_failed (RdMessagePane *self, const char *text)
{
  guint i;

  g_return_val_if_fail (RD_IS_MESSAGE_PANE (self), FALSE);

  for (i = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0; i-- > 0;)
    {
      g_autoptr (RdPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (g_strcmp0 (rd_paged_item_get_string (item, "text"), text) == 0 &&
          g_strcmp0 (rd_paged_item_get_string (item, "state"), "failed") == 0)
        return TRUE;
    }
  return FALSE;
}
