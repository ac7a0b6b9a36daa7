/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-call-cards.h"

#include <adwaita.h>

/* The cards one below the other. Nothing of a call itself is known here. */

/* Two cards are seen whole; of more, the first, and the others by scrolling. */
#define MAX_HEIGHT 400
#define MIN_HEIGHT 160
#define MAX_WIDTH 560
#define SPACING 12

struct _RdCallCards
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (RdCallCards, rd_call_cards, GTK_TYPE_WIDGET)

static GtkWidget *
nth_card (RdCallCards *self, guint n)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->box));

  while (card != NULL && n-- > 0)
    card = gtk_widget_get_next_sibling (card);
  return card;
}

static void
on_calls_changed (GListModel *calls, guint position, guint removed, guint added, RdCallCards *self)
{
  GtkWidget *before = position > 0 ? nth_card (self, position - 1) : NULL;
  guint i;

  for (i = 0; i < removed; i++)
    gtk_box_remove (self->box, nth_card (self, position));
  for (i = 0; i < added; i++)
    {
      g_autoptr (RdDBusCall1) call = g_list_model_get_item (calls, position + i);
      GtkWidget *card = rd_call_card_new (call);

      gtk_box_insert_child_after (self->box, card, before);
      before = card;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (calls) > 0);
}

/* GtkWidget */

static GtkSizeRequestMode
rd_call_cards_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window does not ask its child how high it is at a given width, and a card's text wraps. So this asks. */
static void
rd_call_cards_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *content = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (RD_CALL_CARDS (widget)->scroller));

  /* It may well be given less height than its content needs, so how wide that is does not depend on it. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for_size = -1;
  gtk_widget_measure (content, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *natural = MIN (*natural, MAX_HEIGHT);
      *minimum = MIN (*natural, MIN_HEIGHT);
    }
}

static void
rd_call_cards_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (RD_CALL_CARDS (widget)->scroller, width, height, baseline, NULL);
}

/* GObject */

static void
rd_call_cards_dispose (GObject *object)
{
  g_clear_pointer (&RD_CALL_CARDS (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_call_cards_parent_class)->dispose (object);
}

static void
rd_call_cards_class_init (RdCallCardsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_call_cards_dispose;
  widget_class->get_request_mode = rd_call_cards_get_request_mode;
  widget_class->measure = rd_call_cards_measure;
  widget_class->size_allocate = rd_call_cards_size_allocate;
}

static void
rd_call_cards_init (RdCallCards *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  gtk_widget_set_margin_top (box, SPACING);
  gtk_widget_set_margin_bottom (box, SPACING / 2);
  gtk_widget_set_margin_start (box, SPACING);
  gtk_widget_set_margin_end (box, SPACING);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), MAX_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->box = GTK_BOX (box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rd_call_cards_set_calls (RdCallCards *self, GListModel *calls)
{
  g_return_if_fail (RD_IS_CALL_CARDS (self));
  g_return_if_fail (G_IS_LIST_MODEL (calls));

  g_signal_connect_object (calls, "items-changed", G_CALLBACK (on_calls_changed), self, 0);
  on_calls_changed (calls, 0, 0, g_list_model_get_n_items (calls), self);
}

RdCallCard *
rd_call_cards_find (RdCallCards *self, const char *account, const char *id)
{
  GtkWidget *card;

  g_return_val_if_fail (RD_IS_CALL_CARDS (self), NULL);

  for (card = nth_card (self, 0); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      RdDBusCall1 *call = rd_call_card_get_call (RD_CALL_CARD (card));

      if (g_strcmp0 (rd_dbus_call1_get_id (call), id) == 0 &&
          g_strcmp0 (rd_dbus_call1_get_account (call), account) == 0)
        return RD_CALL_CARD (card);
    }
  return NULL;
}

void
rd_call_cards_focus (RdCallCards *self)
{
  GtkWidget *card;

  g_return_if_fail (RD_IS_CALL_CARDS (self));

  card = nth_card (self, 0);
  if (card != NULL)
    gtk_widget_grab_focus (card);
}
