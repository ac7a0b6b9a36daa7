/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-toaster.h"

#include <glib/gi18n.h>

#include "rd-payment-row.h"
#include "rd-record.h"
#include "rd-text.h"

/* The overlay shows one toast after the other: so that a failure is not seen minutes after a shower of payments, it is
 * shown at once, and of the news only the last is kept. The lists have all of them. */

/* As much as a narrow window has room for; who wants all of some news opens their list or their site. */
#define TEXT_MAX 160
#define LINES_MAX 7
/* px: what a toast has beside its text, at most, and the least that is left to that */
#define BESIDE_TEXT 110
#define BESIDE_TEXT_AND_BUTTON 220
#define WIDTH_MIN 130
#define NEWS_SECONDS 5
#define DECISION_SECONDS 60
/* As long as it takes to read. */
#define CHARS_A_SECOND 12
/* With several toasts in the overlay, libadwaita 1.2 crashes when one goes while another one moves: it gets one at a
 * time, and time to take it away. */
#define APART_MS 400
#define FAILURES_MAX 16

struct _RdToaster
{
  GObject parent_instance;

  AdwToastOverlay *overlay; /* not owned: the window's, as this is */
  RdCallCards *cards;       /* (nullable), not owned */
  RdMessagesPage *messages; /* (nullable), weak */
  AdwToast *shown;          /* (nullable) */
  GQueue failures;          /* of AdwToast: these wait before all news */
  AdwToast *news;           /* (nullable): the last one, while it waits */
  guint next;               /* the source that shows the next one */
};

G_DEFINE_FINAL_TYPE (RdToaster, rd_toaster, G_TYPE_OBJECT)

static char *
dup_line (const char *text, glong max)
{
  g_autofree char *start = NULL;
  char *line;

  if (g_utf8_strlen (text, -1) > max)
    {
      start = g_utf8_substring (text, 0, max);
      line = g_strconcat (start, "…", NULL);
    }
  else
    line = g_strdup (text);
  return g_strdelimit (line, "\r\n\t", ' ');
}

/* The overlay asks how high a toast is before it knows how wide it will be, and would cut off all but the first
 * line. */
static void
reserve_height (RdToaster *self, GtkWidget *label, const char *text, int beside)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self->overlay), text);
  int width = gtk_widget_get_width (GTK_WIDGET (self->overlay)) - beside;
  int height;

  pango_layout_set_width (layout, MAX (width, WIDTH_MIN) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (layout, -LINES_MAX);
  pango_layout_get_pixel_size (layout, NULL, &height);
  gtk_widget_set_size_request (label, -1, height);
}

static void
show_next (RdToaster *self)
{
  if (self->shown != NULL || self->next != 0)
    return;
  self->shown = g_queue_pop_head (&self->failures);
  if (self->shown == NULL)
    self->shown = g_steal_pointer (&self->news);
  if (self->shown != NULL)
    adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->shown));
}

static gboolean
on_next (gpointer data)
{
  RdToaster *self = data;

  self->next = 0;
  show_next (self);
  return G_SOURCE_REMOVE;
}

static void
on_toast_dismissed (AdwToast *toast, RdToaster *self)
{
  if (self->shown != toast)
    return;
  g_clear_object (&self->shown);
  self->next = g_timeout_add (APART_MS, on_next, self);
}

static AdwToast *
toast_new (RdToaster *self, const char *text, int beside)
{
  g_autofree char *line = dup_line (text, TEXT_MAX);
  GtkWidget *label = gtk_label_new (line);
  AdwToast *toast = adw_toast_new ("");

  reserve_height (self, label, line, beside);
  /* An own label: a toast's title is markup, and one line that ends in "…" where the reason would stand. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), LINES_MAX);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_dismissed), self, 0);
  return toast;
}

static AdwToast *
failure_new (RdToaster *self, const char *text, int beside)
{
  AdwToast *toast = toast_new (self, text, beside);

  adw_toast_set_timeout (toast, MAX (NEWS_SECONDS, (guint) g_utf8_strlen (text, TEXT_MAX) / CHARS_A_SECOND));
  return toast;
}

/* @toast: (transfer full) */
static void
add_failure (RdToaster *self, AdwToast *toast)
{
  g_queue_push_tail (&self->failures, toast);
  if (g_queue_get_length (&self->failures) > FAILURES_MAX)
    g_object_unref (g_queue_pop_head (&self->failures));
  show_next (self);
}

static void
say_untrusted_room (RdToaster *self, RdRecord *notice, const char *text)
{
  AdwToast *toast = failure_new (self, text, BESIDE_TEXT_AND_BUTTON);

  adw_toast_set_button_label (toast, _ ("_Trust Host…"));
  adw_toast_set_action_name (toast, "win.trust-room");
  adw_toast_set_action_target (toast, "(sss)", rd_record_get_string (notice, "account"),
                               rd_record_get_string (notice, "call"), rd_record_get_string (notice, "host"));
  /* It asks for a decision, but must not keep what comes after it for ever. */
  adw_toast_set_timeout (toast, DECISION_SECONDS);
  add_failure (self, toast);
}

static void
on_notice (RdModel *model, GVariant *fields, RdToaster *self)
{
  g_autoptr (RdRecord) notice = rd_record_new (fields);
  g_autofree char *text = rd_text_for_fault (fields);
  RdCallCard *card;

  card = rd_call_cards_find (self->cards, rd_record_get_string (notice, "account"),
                             rd_record_get_string (notice, "call"));
  if (card != NULL)
    rd_call_card_show_failure (card, text);
  else if (g_strcmp0 (rd_record_get_string (notice, "code"), "room-untrusted") == 0 &&
           *rd_record_get_string (notice, "host") != '\0')
    say_untrusted_room (self, notice, text);
  else
    rd_toaster_say_failure (self, text);
}

/* Not for what the user is looking at. */
static void
on_message (RdModel *model, GVariant *message, RdToaster *self)
{
  g_autoptr (RdRecord) record = rd_record_new (message);
  const char *account = rd_record_get_string (record, "account");
  const char *conversation = rd_record_get_string (record, "conversation");
  g_autofree char *sender = rd_text_for_peer (rd_record_get_string (record, "sender-name"));
  g_autofree char *text = g_strdup_printf ("%s: %s", sender, rd_record_get_string (record, "text"));

  if (self->messages != NULL && rd_messages_page_is_seen (self->messages, account, conversation))
    return;
  if (*conversation == '\0')
    {
      rd_toaster_say_news (self, text);
      return;
    }
  g_clear_object (&self->news);
  self->news = toast_new (self, text, BESIDE_TEXT_AND_BUTTON);
  adw_toast_set_timeout (self->news, NEWS_SECONDS);
  /* Translators: the conversation that a message belongs to */
  adw_toast_set_button_label (self->news, _ ("_Show"));
  adw_toast_set_action_name (self->news, "win.conversation");
  adw_toast_set_action_target (self->news, "(ss)", account, conversation);
  show_next (self);
}

static void
on_payment (RdModel *model, GVariant *payment, RdToaster *self)
{
  g_autoptr (RdRecord) record = rd_record_new (payment);
  g_autofree char *title = rd_payment_row_dup_title (record);
  const char *body = rd_record_get_string (record, "body");
  g_autofree char *text = *body != '\0' ? g_strdup_printf ("%s — %s", title, body) : g_strdup (title);

  rd_toaster_say_news (self, text);
}

/* GObject */

static void
rd_toaster_dispose (GObject *object)
{
  RdToaster *self = RD_TOASTER (object);

  g_clear_handle_id (&self->next, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->news);
  g_clear_weak_pointer (&self->messages);
  g_queue_clear_full (&self->failures, g_object_unref);

  G_OBJECT_CLASS (rd_toaster_parent_class)->dispose (object);
}

static void
rd_toaster_class_init (RdToasterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_toaster_dispose;
}

static void
rd_toaster_init (RdToaster *self)
{
  g_queue_init (&self->failures);
}

RdToaster *
rd_toaster_new (AdwToastOverlay *overlay, RdCallCards *cards)
{
  RdToaster *self;

  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (overlay), NULL);
  g_return_val_if_fail (cards == NULL || RD_IS_CALL_CARDS (cards), NULL);

  self = g_object_new (RD_TYPE_TOASTER, NULL);
  self->overlay = overlay;
  self->cards = cards;
  return self;
}

void
rd_toaster_set_messages_page (RdToaster *self, RdMessagesPage *messages)
{
  g_return_if_fail (RD_IS_TOASTER (self));
  g_return_if_fail (RD_IS_MESSAGES_PAGE (messages));

  g_set_weak_pointer (&self->messages, messages);
}

void
rd_toaster_set_model (RdToaster *self, RdModel *model)
{
  g_return_if_fail (RD_IS_TOASTER (self));
  g_return_if_fail (RD_IS_MODEL (model));
  g_return_if_fail (self->cards != NULL);

  g_signal_connect_object (model, "notice", G_CALLBACK (on_notice), self, 0);
  g_signal_connect_object (model, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (model, "payment", G_CALLBACK (on_payment), self, 0);
}

void
rd_toaster_say_news (RdToaster *self, const char *text)
{
  g_return_if_fail (RD_IS_TOASTER (self));
  g_return_if_fail (text != NULL);

  g_clear_object (&self->news);
  self->news = toast_new (self, text, BESIDE_TEXT);
  adw_toast_set_timeout (self->news, NEWS_SECONDS);
  show_next (self);
}

void
rd_toaster_say_failure (RdToaster *self, const char *text)
{
  gboolean is_long;
  AdwToast *toast;

  g_return_if_fail (RD_IS_TOASTER (self));
  g_return_if_fail (text != NULL);

  is_long = g_utf8_strlen (text, -1) > TEXT_MAX;
  toast = failure_new (self, text, is_long ? BESIDE_TEXT_AND_BUTTON : BESIDE_TEXT);
  if (is_long)
    {
      adw_toast_set_button_label (toast, _ ("De_tails"));
      adw_toast_set_action_name (toast, "win.details");
      adw_toast_set_action_target (toast, "s", text);
    }
  add_failure (self, toast);
}
