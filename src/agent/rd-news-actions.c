/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-news-actions.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-text.h"

/* From a toast back to the mailbox and the window, and from the mailbox to the toasts that it makes needless. */

struct _RdNewsActions
{
  GObject parent_instance;

  RdLines *lines;
  RdNotifier *notifier;
  RdWindowLauncher *launcher;
  RdNotices *notices;
  RdBurst *burst;
};

G_DEFINE_FINAL_TYPE (RdNewsActions, rd_news_actions, G_TYPE_OBJECT)

/* A reply or a mark on its way. */
typedef struct
{
  RdNewsActions *self;
  char *account;
  char *conversation;
  char *name; /* (nullable) */
  char *text; /* (nullable) */
} Deed;

static Deed *
deed_new (RdNewsActions *self, const char *account, const char *conversation, const char *name, const char *text)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->self = g_object_ref (self);
  deed->account = g_strdup (account);
  deed->conversation = g_strdup (conversation);
  deed->name = g_strdup (name);
  deed->text = g_strdup (text);
  return deed;
}

static void
deed_free (Deed *deed)
{
  g_object_unref (deed->self);
  g_free (deed->account);
  g_free (deed->conversation);
  g_free (deed->name);
  g_free (deed->text);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

/* (nullable) (transfer none) */
static RdMailbox *
find_mailbox (RdNewsActions *self, const char *account)
{
  RdLine *line = rd_lines_lookup (self->lines, account);

  return line != NULL ? rd_line_get_mailbox (line) : NULL;
}

/* What was written must not be lost: the conversation keeps it as a message that failed, as long as this run lasts. */
static void
say_unsent (const Deed *deed, const GError *error)
{
  g_autoptr (GVariant) fault = rd_dbus_error_dup_detail (error);
  g_autofree char *reason = rd_text_for_fault (fault);
  RdToastItem *item = rd_toast_item_new ();

  item->subject = g_strdup (deed->conversation);
  item->person = g_strdup (deed->conversation);
  item->name = g_strdup (deed->name);
  item->title = rd_text_for_unsent (deed->name);
  item->text = rd_text_for_lost (reason, deed->text);
  item->sounds = TRUE;
  item->tone = RD_TONE_ERROR;
  rd_burst_add_alone (deed->self->burst, deed->account, "unsent", item);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_mailbox_mark_read_finish (RD_MAILBOX (source), result, &error))
    return;
  /* Who has replied has read it, and has heard that the reply went out. */
  if (deed->text == NULL)
    rd_notices_say (deed->self->notices, "error", deed->account, NULL, error);
}

static void
mark_read (RdNewsActions *self, const char *account, const char *conversation, const char *reply)
{
  RdMailbox *mailbox = find_mailbox (self, account);

  if (mailbox != NULL)
    rd_mailbox_mark_read_async (mailbox, conversation, on_marked, deed_new (self, account, conversation, NULL, reply));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Deed) deed = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) message = rd_mailbox_send_finish (RD_MAILBOX (source), result, &error);

  if (message == NULL)
    say_unsent (deed, error);
  else
    mark_read (deed->self, deed->account, deed->conversation, deed->text);
}

static void
on_notifier_reply (RdNotifier *notifier, const char *id, const char *text, RdNewsActions *self)
{
  const RdToast *toast = rd_burst_lookup (self->burst, id);
  /* Whom it is for is who stood there, whoever has written since. */
  const RdToastItem *seen = toast != NULL ? rd_toast_get_seen (toast) : NULL;
  RdMailbox *mailbox = seen != NULL ? find_mailbox (self, toast->account) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Deed) deed = NULL;

  deed = deed_new (self, toast != NULL ? toast->account : "", seen != NULL ? seen->subject : NULL,
                   seen != NULL ? seen->name : NULL, text);
  rd_burst_forget (self->burst, id);
  if (mailbox != NULL)
    {
      rd_mailbox_send_async (mailbox, deed->conversation, text, on_sent, deed);
      g_steal_pointer (&deed);
      return;
    }
  error = rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "account");
  say_unsent (deed, error);
}

static void
mark_toast_read (RdNewsActions *self, const RdToast *toast)
{
  g_autoptr (GHashTable) conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *account = g_strdup (toast->account);
  GHashTableIter iter;
  gpointer conversation;

  for (guint i = 0; i < toast->items->len; i++)
    {
      const RdToastItem *item = toast->items->pdata[i];

      /* Nobody has read what came too late to be seen. */
      if (item->subject != NULL && item->told)
        g_hash_table_add (conversations, g_strdup (item->subject));
    }
  /* Each that is marked may take the toast away. */
  g_hash_table_iter_init (&iter, conversations);
  while (g_hash_table_iter_next (&iter, &conversation, NULL))
    mark_read (self, account, conversation, NULL);
}

/* @toast: (nullable): one that is known no more */
static void
open_window (RdNewsActions *self, const char *kind, const RdToast *toast, const char *token)
{
  const char *subject = toast != NULL ? rd_toast_get_subject (toast) : NULL;
  RdWindowView view = { .page = "" };
  g_autoptr (GError) error = NULL;

  if (subject != NULL)
    view.account = toast->account;
  if (g_str_equal (kind, "message"))
    {
      view.page = "messages";
      view.conversation = subject;
    }
  else if (g_str_equal (kind, "payment"))
    {
      view.page = "payments";
      view.invoice = subject;
    }
  if (!rd_window_launcher_open_view (self->launcher, &view, token, &error))
    g_message ("The window: %s", error->message);
}

static void
on_notifier_action (RdNotifier *notifier, const char *kind, const char *id, const char *action, const char *token,
                    RdNewsActions *self)
{
  const RdToast *toast = rd_burst_lookup (self->burst, id);

  /* How calls show is another policy's business. */
  if (g_str_equal (kind, "missed") || g_str_equal (kind, "reminder"))
    return;
  if (g_str_equal (action, "mark-read"))
    {
      if (toast != NULL)
        mark_toast_read (self, toast);
    }
  else
    open_window (self, kind, toast, token);
  /* There are servers that leave a notification standing after a click. */
  rd_notifier_withdraw (self->notifier, kind, id);
  rd_burst_forget (self->burst, id);
}

static void
on_burst_withdraw (RdBurst *burst, const RdToast *toast, RdNewsActions *self)
{
  rd_notifier_withdraw (self->notifier, rd_toast_get_kind (toast), toast->id);
}

/* Read here or on another device. */
static void
on_conversation_changed (RdMailbox *mailbox, GVariant *conversation, RdNewsActions *self)
{
  const char *id = NULL;
  guint32 unread = 1;

  if (g_variant_lookup (conversation, "id", "&s", &id) && g_variant_lookup (conversation, "unread", "u", &unread)
      && unread == 0)
    rd_burst_drop (self->burst, rd_mailbox_get_account (mailbox), "message", id);
}

static void
on_unread_changed (RdMailbox *mailbox, GParamSpec *pspec, RdNewsActions *self)
{
  if (rd_mailbox_get_unread (mailbox) == 0)
    rd_burst_drop (self->burst, rd_mailbox_get_account (mailbox), "message", NULL);
}

static void
on_line_added (RdLines *lines, RdLine *line, RdNewsActions *self)
{
  RdMailbox *mailbox = rd_line_get_mailbox (line);

  if (mailbox == NULL)
    return;
  g_signal_connect_object (mailbox, "conversation-changed", G_CALLBACK (on_conversation_changed), self, 0);
  g_signal_connect_object (mailbox, "notify::unread", G_CALLBACK (on_unread_changed), self, 0);
}

static void
on_line_removed (RdLines *lines, RdLine *line, RdNewsActions *self)
{
  rd_burst_drop (self->burst, rd_line_get_id (line), NULL, NULL);
}

/*
 * GObject
 */
static void
rd_news_actions_finalize (GObject *object)
{
  RdNewsActions *self = RD_NEWS_ACTIONS (object);

  g_clear_object (&self->lines);
  g_clear_object (&self->notifier);
  g_clear_object (&self->launcher);
  g_clear_object (&self->notices);
  g_clear_object (&self->burst);

  G_OBJECT_CLASS (rd_news_actions_parent_class)->finalize (object);
}

static void
rd_news_actions_class_init (RdNewsActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_news_actions_finalize;
}

static void
rd_news_actions_init (RdNewsActions *self)
{
}

RdNewsActions *
rd_news_actions_new (const RdPolicyContext *context)
{
  RdNewsActions *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_NEWS_ACTIONS, NULL);
  self->lines = g_object_ref (context->lines);
  self->notifier = g_object_ref (context->notifier);
  self->launcher = g_object_ref (context->launcher);
  self->notices = g_object_ref (context->notices);
  self->burst = g_object_ref (context->burst);
  g_signal_connect_object (self->notifier, "action", G_CALLBACK (on_notifier_action), self, 0);
  g_signal_connect_object (self->notifier, "reply", G_CALLBACK (on_notifier_reply), self, 0);
  g_signal_connect_object (self->burst, "withdraw", G_CALLBACK (on_burst_withdraw), self, 0);
  g_signal_connect_object (self->lines, "line-added", G_CALLBACK (on_line_added), self, 0);
  g_signal_connect_object (self->lines, "line-removed", G_CALLBACK (on_line_removed), self, 0);
  return self;
}
