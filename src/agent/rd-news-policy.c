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
  RdWindowLauncher *launcher;
  RdNotices *notices;
  RdJournal *journal;
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

static void
play (RdNewsPolicy *self, RdTone tone)
{
  if (rd_preferences_get_tones (self->preferences))
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

/* What a payment comes to, by what it says itself or by its invoice. */
static gboolean
get_money (RdLine *line, const RdEvent *event, gint64 *money)
{
  g_autofree char *currency = NULL;

  if (rd_money_parse (event->paid_amount, money) && *money > 0)
    return TRUE;
  if (rd_money_parse (event->amount, money))
    return TRUE;
  return rd_line_get_invoices (line) != NULL
         && rd_invoices_get_payment (rd_line_get_invoices (line), event, money, &currency);
}

/* Whether the user wants to see it at once; all is listed. A payment of which nobody knows how much it is may be a
 * large one. */
static gboolean
is_wanted (RdNewsPolicy *self, const RdEvent *event, const char *account)
{
  RdLine *line = rd_lines_lookup (self->lines, account);
  const RdAccountSettings *settings = line != NULL ? rd_line_get_settings (line) : NULL;
  gint64 threshold;
  gint64 money;

  if (settings == NULL)
    return TRUE;
  if (!rd_account_settings_wants (settings, toast_of (event->kind)))
    return FALSE;
  return event->kind != RD_EVENT_PAYMENT_RECEIVED || !rd_money_parse (settings->threshold, &threshold)
         || !get_money (line, event, &money) || money >= threshold;
}

/* What catch-up finds has no words of the site's. */
static char *
dup_title (const RdEvent *event)
{
  if (event->title != NULL && *event->title != '\0')
    return g_strdup (event->title);
  if (event->kind == RD_EVENT_PAYMENT_RECEIVED)
    return rd_text_for_payments (1, NULL);
  return rd_text_for_invoices (rd_event_kind_to_string (event->kind), 1);
}

static void
show_payment (RdNewsPolicy *self, const RdEvent *event, const char *account)
{
  g_autoptr (GVariant) record = rd_record_new_for_payment (event, account, g_get_real_time ());
  g_autofree char *id = g_strdup_printf ("%s/%s", account, event->key);
  g_autofree char *amount = rd_text_for_amount (event->amount, event->currency);
  g_autofree char *title = dup_title (event);
  RdTone tone;

  rd_journal_add_payment (self->journal, record);
  if (!is_wanted (self, event, account))
    return;
  rd_notifier_show_payment (self->notifier, id, title, event->body, amount, rd_lines_get_label (self->lines, account));
  if (rd_news_policy_choose_tone (event, &tone))
    play (self, tone);
}

static void
show_message (RdNewsPolicy *self, const RdEvent *event, const char *account)
{
  g_autoptr (GVariant) record = rd_record_new_for_message (event, account, g_get_real_time ());
  g_autofree char *id = g_strdup_printf ("%s/%s", account, event->key);

  g_signal_emit (self, signals[MESSAGE], 0, record);
  if (!is_wanted (self, event, account))
    return;
  rd_notifier_show_message (self->notifier, id, event->sender_name, event->text,
                            rd_lines_get_label (self->lines, account), RD_NOTIFIER_OFFER_NOTHING);
  play (self, RD_TONE_INFO);
}

static void
on_news (RdPhone *phone, RdEvent *event, const char *account, RdNewsPolicy *self)
{
  switch (event->kind)
    {
    case RD_EVENT_PAYMENT_RECEIVED:
    case RD_EVENT_INVOICE_CREATED:
    case RD_EVENT_INVOICE_UPDATED:
    case RD_EVENT_INVOICE_STATUS:
    case RD_EVENT_NOTICE:
      show_payment (self, event, account);
      break;
    case RD_EVENT_MESSAGE_NEW:
      show_message (self, event, account);
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
on_notice (RdNotices *notices, GVariant *notice, RdNewsPolicy *self)
{
  g_autofree char *sentence = rd_text_for_fault (notice);
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, ++self->last_notice);
  const char *severity = "error";
  const char *account = "";

  g_variant_lookup (notice, "severity", "&s", &severity);
  g_variant_lookup (notice, "account", "&s", &account);
  rd_notifier_show_notice (self->notifier, id, severity, rd_lines_get_label (self->lines, account), sentence);
}

static void
on_notifier_action (RdNotifier *notifier, const char *kind, const char *id, const char *action, const char *token,
                    RdNewsPolicy *self)
{
  const char *page = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (kind, "payment"))
    page = "payments";
  else if (g_str_equal (kind, "message") || g_str_equal (kind, "notice"))
    page = "";
  if (page != NULL && !rd_window_launcher_open (self->launcher, page, token, &error))
    g_message ("The window: %s", error->message);
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
  g_clear_object (&self->launcher);
  g_clear_object (&self->notices);
  g_clear_object (&self->journal);

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
  self->launcher = g_object_ref (context->launcher);
  self->notices = g_object_ref (context->notices);
  self->journal = g_object_ref (context->journal);
  g_signal_connect_object (self->phone, "news", G_CALLBACK (on_news), self, 0);
  g_signal_connect_object (self->phone, "missed", G_CALLBACK (on_news), self, 0);
  g_signal_connect_object (self->notices, "notice", G_CALLBACK (on_notice), self, 0);
  g_signal_connect_object (self->notifier, "action", G_CALLBACK (on_notifier_action), self, 0);
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
