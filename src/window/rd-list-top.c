/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-list-top.h"

/* A GtkListView keeps the row that it is anchored to in its place, also when that is the first: what is put in above it
 * would stay out of sight, and the newest is what one looks for. */

/**
 * rd_list_top_go:
 * @view: a list
 *
 * Scrolls to the top. Setting the adjustment instead would ask the view for the row that is there, which it does not
 * know (and warns of) while what has come is not laid out.
 */
void
rd_list_top_go (GtkListView *view)
{
  GtkSelectionModel *model;

  g_return_if_fail (GTK_IS_LIST_VIEW (view));

  model = gtk_list_view_get_model (view);
  if (model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (view), "list.scroll-to-item", "u", 0);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  g_object_set_data (G_OBJECT (widget), "rd-list-top", NULL);
  rd_list_top_go (GTK_LIST_VIEW (widget));
  return G_SOURCE_REMOVE;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GtkWidget *view)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view));

  /* Its position is still that of before: the view has not been laid out since. */
  if (position > 0 || added == 0 ||
      gtk_adjustment_get_value (adjustment) > gtk_adjustment_get_lower (adjustment) ||
      g_object_get_data (G_OBJECT (view), "rd-list-top") != NULL)
    return;
  g_object_set_data (G_OBJECT (view), "rd-list-top", GINT_TO_POINTER (TRUE));
  gtk_widget_add_tick_callback (view, on_tick, NULL, NULL);
}

/**
 * rd_list_top_keep:
 * @view: a list, with its model
 *
 * Keeps @view at its top when rows are put in there while it shows its top. Where it was scrolled down, one reads on
 * undisturbed.
 */
void
rd_list_top_keep (GtkListView *view)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (view) && gtk_list_view_get_model (view) != NULL);

  g_signal_connect_object (gtk_list_view_get_model (view), "items-changed", G_CALLBACK (on_items_changed), view,
                           G_CONNECT_AFTER);
}
