/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-notice.h"

#include <glib/gi18n-lib.h>

#include "rd-text.h"

/* What notifications say, and the cleaning of what strangers want them to say. */

#define MAX_NAME 80
#define MAX_TITLE 120
#define MAX_BODY 400

/* Directional overrides let a name pretend to be another one; the rest would break the layout. */
static gboolean
is_welcome (gunichar c, gboolean lines)
{
  if (c == '\n')
    return lines;
  if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
    return FALSE;
  return !((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c);
}

/* Valid UTF-8 of at most @max characters. Angle brackets become look-alikes: summaries are plain text by the
 * specification and must not be escaped, yet some servers have taken them for markup. */
static char *
clean (const char *text, glong max, gboolean lines, gboolean brackets)
{
  g_autofree char *bounded = g_strndup (text != NULL ? text : "", (gsize) max * 6);
  g_autofree char *valid = g_utf8_make_valid (bounded, -1);
  GString *out = g_string_new (NULL);
  glong length = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (length == max)
        {
          g_string_append (out, "…");
          break;
        }
      if (!is_welcome (c, lines))
        c = g_unichar_isspace (c) ? ' ' : 0;
      else if (!brackets && (c == '<' || c == '>'))
        c = c == '<' ? 0x2039 : 0x203a;
      if (c == 0)
        continue;
      g_string_append_unichar (out, c);
      length++;
    }
  return g_strstrip (g_string_free (out, FALSE));
}

static char *
clean_peer (const char *name)
{
  g_autofree char *plain = clean (name, MAX_NAME, FALSE, FALSE);
  g_autofree char *peer = rd_text_for_peer (plain);

  return rd_text_isolate (peer);
}

static char *
join_lines (const char *first, const char *second)
{
  gboolean both = first != NULL && first[0] != '\0' && second != NULL && second[0] != '\0';

  return g_strconcat (first != NULL ? first : "", both ? "\n" : "", second != NULL ? second : "", NULL);
}

static char *
text_for_moment (gint64 when)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (when / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (then == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (then) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now))
    /* Translators: a time of day, see strftime(3) */
    return g_date_time_format (then, _("%H:%M"));
  /* Translators: a day and its time, see strftime(3) */
  return g_date_time_format (then, _("%-d %B, %H:%M"));
}

static RdNotice *
new_notice (RdNoticeKind kind, const char *id, const char *category, NotifyUrgency urgency)
{
  RdNotice *self = g_atomic_rc_box_new0 (RdNotice);

  self->kind = kind;
  self->id = g_strdup (id);
  self->key = rd_notice_make_key (kind, id);
  self->category = category;
  self->urgency = urgency;
  self->timeout = NOTIFY_EXPIRES_DEFAULT;
  return self;
}

static void
add_action (RdNotice *self, const char *name, const char *label)
{
  g_assert (self->n_actions < RD_NOTICE_MAX_ACTIONS);
  self->actions[self->n_actions].name = name;
  self->actions[self->n_actions].label = g_strdup (label);
  self->n_actions++;
}

static void
clear_notice (gpointer data)
{
  RdNotice *self = data;

  g_free (self->id);
  g_free (self->key);
  g_free (self->summary);
  g_free (self->body);
  g_free (self->discreet);
  for (gsize i = 0; i < self->n_actions; i++)
    g_free (self->actions[i].label);
}

const char *
rd_notice_kind_to_string (RdNoticeKind kind)
{
  static const char *const names[] = { "call", "missed", "payment", "message", "notice", "reminder" };

  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

char *
rd_notice_make_key (RdNoticeKind kind, const char *id)
{
  return g_strdup_printf ("%s %s", rd_notice_kind_to_string (kind), id);
}

RdNotice *
rd_notice_new_call (const char *id, const char *peer_name, const char *account_name, gboolean audio, gboolean soft,
                    gboolean can_answer)
{
  RdNotice *self = new_notice (RD_NOTICE_CALL, id, "call.incoming", NOTIFY_URGENCY_CRITICAL);
  g_autofree char *peer = clean_peer (peer_name);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);
  g_autofree char *kind = NULL;

  /* Translators: %s is a person's name */
  self->summary = g_strdup_printf (_("%s is calling"), peer);
  kind = join_lines (audio ? _("Incoming audio call") : _("Incoming video call"),
                     soft ? _("You are in another call") : NULL);
  self->body = join_lines (kind, account);
  self->discreet = g_strdup (kind);
  self->timeout = NOTIFY_EXPIRES_NEVER;
  self->own_sound = TRUE;
  if (can_answer)
    {
      add_action (self, "answer", _("Answer"));
      add_action (self, "decline", _("Decline"));
    }
  else
    add_action (self, "open", _("Open"));
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_new_missed (const char *id, const char *peer_name, const char *account_name, gint64 when,
                      gboolean can_call_back)
{
  RdNotice *self = new_notice (RD_NOTICE_MISSED, id, "call.unanswered", NOTIFY_URGENCY_NORMAL);
  g_autofree char *peer = clean_peer (peer_name);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);
  g_autofree char *moment = text_for_moment (when);

  /* Translators: %s is a person's name */
  self->summary = g_strdup_printf (_("Missed call from %s"), peer);
  self->body = join_lines (moment, account);
  self->discreet = g_strdup (moment);
  if (can_call_back)
    add_action (self, "call-back", _("Call Back"));
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_new_missed_calls (const char *id, const char *title, const char *names, const char *account_name,
                            gboolean can_call_back)
{
  RdNotice *self = new_notice (RD_NOTICE_MISSED, id, "call.unanswered", NOTIFY_URGENCY_NORMAL);
  g_autofree char *who = clean (names, MAX_BODY, TRUE, TRUE);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);

  self->summary = clean (title, MAX_TITLE, FALSE, FALSE);
  self->body = join_lines (who, account);
  self->several = TRUE;
  if (can_call_back)
    add_action (self, "call-back", _("Call Back"));
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_new_reminder (const char *id, const char *peer_name, const char *account_name, gint64 when,
                        gboolean can_call_back)
{
  RdNotice *self = new_notice (RD_NOTICE_REMINDER, id, "x-ringdown.reminder", NOTIFY_URGENCY_NORMAL);
  g_autofree char *peer = clean_peer (peer_name);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);
  g_autofree char *moment = text_for_moment (when);

  /* Translators: of a call; %s is a person's name */
  self->summary = g_strdup_printf (_("Reminder: call with %s"), peer);
  self->body = join_lines (moment, account);
  self->discreet = g_strdup (moment);
  if (can_call_back)
    add_action (self, "call-back", _("Call Back"));
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_new_payment (const char *id, const char *title, const char *body, const char *amount,
                       const char *account_name)
{
  RdNotice *self = new_notice (RD_NOTICE_PAYMENT, id, "x-ringdown.payment", NOTIFY_URGENCY_NORMAL);
  g_autofree char *heading = clean (title, MAX_TITLE, FALSE, FALSE);
  g_autofree char *text = clean (body, MAX_BODY, TRUE, TRUE);
  g_autofree char *sum = clean (amount, MAX_NAME, FALSE, TRUE);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);
  g_autofree char *with_sum = join_lines (sum, text);

  self->summary = g_strdup (heading[0] != '\0' ? heading : _("Payment received"));
  self->body = join_lines (with_sum, account);
  self->own_sound = TRUE;
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_new_message (const char *id, const char *title, const char *text, const char *account_name,
                       RdNotifierOffers offers)
{
  RdNotice *self = new_notice (RD_NOTICE_MESSAGE, id, "im.received", NOTIFY_URGENCY_NORMAL);
  g_autofree char *heading = clean (title, MAX_TITLE, FALSE, FALSE);
  g_autofree char *plain = clean (text, MAX_BODY, TRUE, TRUE);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);

  self->summary = g_strdup (heading[0] != '\0' ? heading : _("New message"));
  self->body = join_lines (plain, account);
  if (offers & RD_NOTIFIER_OFFER_REPLY)
    add_action (self, "reply", _("Reply"));
  if (offers & RD_NOTIFIER_OFFER_MARK_READ)
    add_action (self, "mark-read", _("Mark as Read"));
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_new_notice (const char *id, const char *severity, const char *title, const char *body,
                      const char *account_name)
{
  gboolean info = g_strcmp0 (severity, "info") == 0;
  RdNotice *self = new_notice (RD_NOTICE_NOTICE, id, "x-ringdown.notice",
                               info ? NOTIFY_URGENCY_LOW : NOTIFY_URGENCY_NORMAL);
  g_autofree char *heading = clean (title, MAX_TITLE, FALSE, FALSE);
  g_autofree char *text = clean (body, MAX_BODY, TRUE, TRUE);
  g_autofree char *account = clean (account_name, MAX_NAME, FALSE, TRUE);

  self->summary = g_strdup (heading[0] != '\0' ? heading : _("Ringdown"));
  self->body = join_lines (text, account);
  self->own_sound = TRUE;
  add_action (self, "default", _("Show"));
  return self;
}

RdNotice *
rd_notice_ref (RdNotice *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rd_notice_unref (RdNotice *self)
{
  g_atomic_rc_box_release_full (self, clear_notice);
}

const char *
rd_notice_get_summary (const RdNotice *self, gboolean discreet)
{
  g_return_val_if_fail (self != NULL, NULL);
  if (!discreet)
    return self->summary;
  switch (self->kind)
    {
    case RD_NOTICE_CALL:
      return _("Incoming call");
    case RD_NOTICE_MISSED:
      return self->several ? _("Missed calls") : _("Missed call");
    case RD_NOTICE_PAYMENT:
      return _("News about payments");
    case RD_NOTICE_MESSAGE:
      return _("New message");
    case RD_NOTICE_REMINDER:
      return _("Reminder of a call");
    case RD_NOTICE_NOTICE:
    default:
      return _("New notification");
    }
}

char *
rd_notice_dup_body (const RdNotice *self, gboolean markup, gboolean discreet)
{
  const char *body;

  g_return_val_if_fail (self != NULL, NULL);
  body = !discreet ? self->body : self->discreet != NULL ? self->discreet : "";
  if (markup)
    return g_markup_escape_text (body, -1);
  /* Such a server would show entities as they are written. */
  return clean (body, 2 * MAX_BODY, TRUE, FALSE);
}
