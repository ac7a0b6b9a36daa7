/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-news-policy.h"

#include "rd-money.h"
#include "rd-records.h"
#include "rd-text.h"

/* From the phone to the session, for all that is no call. */

enum
{
  MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdNewsPolicy
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdNotifier *notifier;
  RdRinger *ringer;
  RdPreferences *preferences;
  RdNotices *notices;
  RdJournal *journal;
  RdQuiet *quiet;
  RdBurst *burst;
  RdUsher *usher;
  guint64 last_notice;
};

G_DEFINE_FINAL_TYPE (RdNewsPolicy, rd_news_policy, G_TYPE_OBJECT)

static const char * const good_types[] = {
  "invoice_completed",  "payment_completed",           "withdrawal_completed", "withdrawal_approved",
  "merchant_approved", "withdrawal_address_approved", "sweep_completed",      NULL,
};

static const char * const bad_types[] = {
  "withdrawal_rejected", "invoice_expired", "invoice_cancelled", NULL,
};

static const char * const bad_statuses[] = { "expired", "cancelled", "rejected", "failed", NULL };

static gboolean
is_one_of (const char *text, const char * const *list)
{
  return text != NULL && g_strv_contains (list, text);
}

/* An account that is to be silent makes no sound, whatever happens. */
static void
play (RdNewsPolicy *self, const char *account, RdTone tone)
{
  RdLine *line = rd_lines_lookup (self->lines, account);

  if (line != NULL && g_strcmp0 (rd_line_get_settings (line)->sound, "silent") == 0)
    return;
  if (rd_preferences_get_boolean (self->preferences, "tones"))
    rd_ringer_play_tone (self->ringer, tone);
}

static const char *
toast_of (RdEventKind kind)
{
  if (kind == RD_EVENT_MESSAGE_NEW)
    return "message";
  if (kind == RD_EVENT_PAYMENT_RECEIVED)
    return "payment";
  if (kind == RD_EVENT_INVOICE_CREATED)
    return "invoice-created";
  if (kind == RD_EVENT_INVOICE_UPDATED)
    return "invoice-updated";
  return kind == RD_EVENT_INVOICE_STATUS ? "invoice-status" : "notice";
}

/* What a payment comes to, by what it says itself or by its invoice. FALSE if nobody knows. @currency: (out) (transfer
 * full) */
static gboolean
get_money (RdLine *line, const RdEvent *event, gint64 *money, char **currency)
{
  RdInvoices *invoices = line != NULL ? rd_line_get_invoices (line) : NULL;
  gboolean known = (rd_money_parse (event->paid_amount, money) && *money > 0) || rd_money_parse (event->amount, money);
  gint64 of_invoice;

  *currency = NULL;
  if (event->currency != NULL && *event->currency != '\0')
    *currency = g_strdup (event->currency);
  if ((known && *currency != NULL) || invoices == NULL)
    return known;
  g_clear_pointer (currency, g_free);
  if (!rd_invoices_get_payment (invoices, event, &of_invoice, currency))
    return known;
  if (!known)
    *money = of_invoice;
  return TRUE;
}

/* Whether the user wants to see it at once; all is listed. A payment of which nobody knows how much it is may be a
 * large one. */
static gboolean
is_wanted (RdLine *line, const RdEvent *event, const char *toast)
{
  const RdAccountSettings *settings = line != NULL ? rd_line_get_settings (line) : NULL;
  g_autofree char *currency = NULL;
  gint64 threshold;
  gint64 money;

  if (settings == NULL)
    return TRUE;
  if (!rd_account_settings_wants (settings, toast))
    return FALSE;
  return !rd_record_is_payment (event) || !rd_money_parse (settings->threshold, &threshold)
         || !get_money (line, event, &money, &currency) || money >= threshold;
}

/* Whether it was found because there was no line. Where a site is only asked every now and then, that is how all of its
 * news come. */
static gboolean
was_away (RdLine *line, gboolean missed)
{
  g_autofree char *delivery = NULL;

  if (missed && line != NULL)
    g_object_get (line, "delivery", &delivery, NULL);
  return missed && g_strcmp0 (delivery, "polling") != 0;
}

/* What catch-up finds has no words of the site's. */
static char *
dup_title (const RdEvent *event, const char *type)
{
  g_autofree char *kind = NULL;

  if (event->title != NULL && *event->title != '\0')
    return g_strdup (event->title);
  if (g_str_equal (type, "payment"))
    return rd_text_for_payments (1, NULL);
  kind = g_strdelimit (g_strdup (type), "-", '.');
  return rd_text_for_invoices (kind, 1);
}

static RdToastItem *
new_payment_item (RdLine *line, const RdEvent *event, const char *type)
{
  RdToastItem *item = rd_toast_item_new ();
  g_autofree char *number = NULL;
  gint64 own;

  if (event->kind != RD_EVENT_NOTICE)
    item->subject = g_strdup (event->invoice_id);
  item->title = dup_title (event, type);
  item->text = g_strdup (event->body);
  item->sounds = rd_news_policy_choose_tone (event, &item->tone);
  item->known = get_money (line, event, &item->money, &item->currency);
  item->so_far = item->subject != NULL && (event->paid_amount != NULL || !rd_money_parse (event->amount, &own));
  if (item->known && (event->amount == NULL || *event->amount == '\0'))
    number = rd_money_to_string (item->money);
  item->amount = rd_text_for_amount (number != NULL ? number : event->amount, item->currency);
  return item;
}

static void
take_payment (RdNewsPolicy *self, const RdEvent *event, const char *account, gboolean missed)
{
  g_autoptr (GVariant) record = rd_record_new_for_payment (event, account, g_get_real_time ());
  RdLine *line = rd_lines_lookup (self->lines, account);
  const char *type = rd_record_is_payment (event) ? "payment" : toast_of (event->kind);

  rd_journal_add_payment (self->journal, record);
  if (!is_wanted (line, event, type))
    return;
  rd_usher_tell (self->usher, account, NULL, type, was_away (line, missed), new_payment_item (line, event, type));
}

static RdToastItem *
new_message_item (RdMailbox *mailbox, const RdEvent *event, const char *conversation)
{
  RdToastItem *item = rd_toast_item_new ();
  g_autofree char *room = NULL;

  if (mailbox != NULL && conversation != NULL)
    room = rd_mailbox_dup_room_name (mailbox, conversation);
  item->subject = g_strdup (conversation);
  /* One with whom one talks alone has one conversation, but may have several ids: a number, a contact's. */
  item->person = g_strdup (event->sender_id != NULL && (room != NULL || conversation == NULL) ? event->sender_id
                                                                                              : conversation);
  item->name = g_strdup (event->sender_name);
  item->title = rd_text_for_sender (event->sender_name, room);
  if (event->title != NULL && *event->title != '\0')
    item->text = g_strconcat (event->title, "\n", event->text, NULL);
  else
    item->text = g_strdup (event->text);
  item->sounds = TRUE;
  item->tone = RD_TONE_MESSAGE;
  return item;
}

/* (nullable): by which id somebody who wrote is muted or a VIP: the person's, or else the conversation's */
static const char *
find_contact (RdNewsPolicy *self, const char *account, const char *sender, const char *conversation)
{
  if (rd_quiet_get_treatment (self->quiet, account, sender) == RD_TREATMENT_NORMAL
      && rd_quiet_get_treatment (self->quiet, account, conversation) != RD_TREATMENT_NORMAL)
    return conversation;
  return sender;
}

static void
take_message (RdNewsPolicy *self, const RdEvent *event, const char *account, gboolean missed)
{
  RdLine *line = rd_lines_lookup (self->lines, account);
  RdMailbox *mailbox = line != NULL ? rd_line_get_mailbox (line) : NULL;
  g_autofree char *conversation = mailbox != NULL ? rd_mailbox_dup_conversation_id (mailbox, event) : NULL;
  g_autoptr (GVariant) record = rd_record_new_for_message (event, account, conversation, g_get_real_time ());

  g_signal_emit (self, signals[MESSAGE], 0, record);
  if (!is_wanted (line, event, "message"))
    return;
  rd_usher_tell (self->usher, account, find_contact (self, account, event->sender_id, conversation), "message",
                 was_away (line, missed), new_message_item (mailbox, event, conversation));
}

static void
take_news (RdNewsPolicy *self, RdEvent *event, const char *account, gboolean missed)
{
  switch (event->kind)
    {
    case RD_EVENT_PAYMENT_RECEIVED:
    case RD_EVENT_INVOICE_CREATED:
    case RD_EVENT_INVOICE_UPDATED:
    case RD_EVENT_INVOICE_STATUS:
    case RD_EVENT_NOTICE:
      take_payment (self, event, account, missed);
      break;
    case RD_EVENT_MESSAGE_NEW:
      take_message (self, event, account, missed);
      break;
    case RD_EVENT_CALL_INITIATED:
    case RD_EVENT_CALL_ANSWERED:
    case RD_EVENT_CALL_REJECTED:
    case RD_EVENT_CALL_ENDED:
    case RD_EVENT_MESSAGE_SENT:
    case RD_EVENT_MESSAGE_READ:
    case RD_EVENT_CONVERSATION_UPDATED:
    case RD_EVENT_UNREAD_COUNT:
    case RD_EVENT_TYPING:
    case RD_EVENT_CALL_STATUS:
    case RD_EVENT_PERSON_STATUS:
    case RD_EVENT_MESSAGE:
    case RD_EVENT_CONVERSATION:
    case RD_EVENT_PERSON:
    case RD_EVENT_INVOICE:
    default:
      break;
    }
}

static void
on_news (RdPhone *phone, RdEvent *event, const char *account, RdNewsPolicy *self)
{
  take_news (self, event, account, FALSE);
}

static void
on_missed (RdPhone *phone, RdEvent *event, const char *account, RdNewsPolicy *self)
{
  take_news (self, event, account, TRUE);
}

/* What several payments, invoices or notices are called together. */
static char *
dup_heading (const RdToast *toast)
{
  g_auto (GStrv) sums = NULL;
  g_autofree char *kind = NULL;

  if (g_str_equal (toast->type, "message"))
    {
      guint people = rd_toast_count_people (toast);

      return rd_text_for_messages (toast->items->len, people, people == 1 ? rd_toast_get_last (toast)->name : NULL);
    }
  if (g_str_equal (toast->type, "payment"))
    {
      sums = rd_toast_dup_sums (toast);
      return rd_text_for_payments (rd_toast_count_subjects (toast), (const char * const *) sums);
    }
  kind = g_strdelimit (g_strdup (toast->type), "-", '.');
  return rd_text_for_invoices (kind, rd_toast_count_subjects (toast));
}

static char *
dup_title_of (const RdToast *toast)
{
  g_autofree char *heading = NULL;

  if (toast->items->len == 1)
    return g_strdup (rd_toast_get_last (toast)->title);
  heading = dup_heading (toast);
  return toast->away ? rd_text_while_away (heading) : g_steal_pointer (&heading);
}

static RdNotifierOffers
get_offers (RdNewsPolicy *self, const RdToast *toast)
{
  RdLine *line = rd_lines_lookup (self->lines, toast->account);
  RdNotifierOffers offers = RD_NOTIFIER_OFFER_NOTHING;

  if (line == NULL || rd_line_get_mailbox (line) == NULL)
    return offers;
  if (rd_toast_get_subject (toast) != NULL && rd_site_can (rd_line_get_site (line), "send"))
    offers |= RD_NOTIFIER_OFFER_REPLY;
  /* There is nothing to be read in what did not go out. */
  if (rd_toast_get_last (toast)->subject != NULL && g_str_equal (toast->type, "message"))
    offers |= RD_NOTIFIER_OFFER_MARK_READ;
  return offers;
}

static const char *
get_severity (const RdToastItem *item)
{
  return item->sounds && item->tone == RD_TONE_WARNING ? "warning" : "notice";
}

static void
show (RdNewsPolicy *self, const RdToast *toast)
{
  const RdToastItem *last = rd_toast_get_last (toast);
  gboolean alone = toast->items->len == 1;
  const char *label = rd_lines_get_label (self->lines, toast->account);
  const char *kind = rd_toast_get_kind (toast);
  g_autofree char *title = dup_title_of (toast);
  g_autofree char *lines = alone ? g_strdup (last->text) : rd_toast_dup_lines (toast);

  if (g_str_equal (kind, "message"))
    rd_notifier_show_message (self->notifier, toast->id, title, lines, label, get_offers (self, toast));
  else if (g_str_equal (kind, "notice"))
    rd_notifier_show_notice (self->notifier, toast->id, get_severity (last), title, lines, label);
  else
    rd_notifier_show_payment (self->notifier, toast->id, title, lines, alone ? last->amount : NULL, label);
}

static void
on_burst_show (RdBurst *burst, const RdToast *toast, gboolean first, RdNewsPolicy *self)
{
  const RdToastItem *last = rd_toast_get_last (toast);

  /* How calls show is another policy's business. */
  if (g_str_equal (toast->type, "missed"))
    return;
  show (self, toast);
  if (first && last->sounds)
    play (self, toast->account, last->tone);
}

static void
on_notice (RdNotices *notices, GVariant *notice, RdNewsPolicy *self)
{
  g_autofree char *sentence = rd_text_for_fault (notice);
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, ++self->last_notice);
  const char *severity = "error";
  const char *account = "";

  g_variant_lookup (notice, "severity", "&s", &severity);
  g_variant_lookup (notice, "account", "&s", &account);
  rd_notifier_show_notice (self->notifier, id, severity, rd_lines_get_label (self->lines, account), sentence, NULL);
  if (!g_str_equal (severity, "info") && rd_quiet_allows (self->quiet, RD_QUIET_SOUND, account, NULL))
    play (self, account, g_str_equal (severity, "error") ? RD_TONE_ERROR : RD_TONE_WARNING);
}

/*
 * GObject
 */
static void
rd_news_policy_finalize (GObject *object)
{
  RdNewsPolicy *self = RD_NEWS_POLICY (object);

  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->notifier);
  g_clear_object (&self->ringer);
  g_clear_object (&self->preferences);
  g_clear_object (&self->notices);
  g_clear_object (&self->journal);
  g_clear_object (&self->quiet);
  g_clear_object (&self->burst);
  g_clear_object (&self->usher);

  G_OBJECT_CLASS (rd_news_policy_parent_class)->finalize (object);
}

static void
rd_news_policy_class_init (RdNewsPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_news_policy_finalize;

  signals[MESSAGE] = g_signal_new ("message", RD_TYPE_NEWS_POLICY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_VARIANT);
}

static void
rd_news_policy_init (RdNewsPolicy *self)
{
}

RdNewsPolicy *
rd_news_policy_new (const RdPolicyContext *context)
{
  RdNewsPolicy *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_NEWS_POLICY, NULL);
  self->phone = g_object_ref (context->phone);
  self->lines = g_object_ref (context->lines);
  self->notifier = g_object_ref (context->notifier);
  self->ringer = g_object_ref (context->ringer);
  self->preferences = g_object_ref (context->preferences);
  self->notices = g_object_ref (context->notices);
  self->journal = g_object_ref (context->journal);
  self->quiet = g_object_ref (context->quiet);
  self->burst = g_object_ref (context->burst);
  self->usher = g_object_ref (context->usher);
  g_signal_connect_object (self->phone, "news", G_CALLBACK (on_news), self, 0);
  g_signal_connect_object (self->phone, "missed", G_CALLBACK (on_missed), self, 0);
  g_signal_connect_object (self->notices, "notice", G_CALLBACK (on_notice), self, 0);
  g_signal_connect_object (self->burst, "show", G_CALLBACK (on_burst_show), self, 0);
  return self;
}

gboolean
rd_news_policy_choose_tone (const RdEvent *event, RdTone *tone)
{
  g_return_val_if_fail (event != NULL && tone != NULL, FALSE);

  *tone = RD_TONE_INFO;
  if (event->kind == RD_EVENT_INVOICE_UPDATED)
    return FALSE;
  if (event->kind == RD_EVENT_INVOICE_CREATED)
    return TRUE;
  if (is_one_of (event->type, bad_types) || is_one_of (event->invoice_status, bad_statuses))
    *tone = RD_TONE_WARNING;
  else if (event->kind == RD_EVENT_PAYMENT_RECEIVED || is_one_of (event->type, good_types)
           || g_strcmp0 (event->invoice_status, "paid") == 0)
    *tone = RD_TONE_SUCCESS;
  return TRUE;
}
