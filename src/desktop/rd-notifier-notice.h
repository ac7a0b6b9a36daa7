/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libnotify/notify.h>

#include "rd-notifier.h"

G_BEGIN_DECLS

typedef enum
{
  RD_NOTICE_CALL,
  RD_NOTICE_MISSED,
  RD_NOTICE_PAYMENT,
  RD_NOTICE_MESSAGE,
  RD_NOTICE_NOTICE,
  RD_NOTICE_REMINDER,
} RdNoticeKind;

typedef struct
{
  const char *name; /* static */
  char *label;
} RdNoticeAction;

#define RD_NOTICE_MAX_ACTIONS 3
/* An action that a server with the capability of this name shows as an entry for text. */
#define RD_NOTICE_INLINE_REPLY "inline-reply"

/**
 * RdNotice:
 *
 * One notification in words: immutable once made, so that it passes between threads. Reference counted. Names and
 * texts of others have been bounded and freed of control characters, but are not markup.
 */
typedef struct
{
  RdNoticeKind kind;
  char *id;       /* as the caller names it */
  char *key;      /* kind and id: the same key replaces */
  char *summary;
  char *body;     /* plain text; "" if none */
  char *discreet; /* (nullable): what the body says while others may look: no name, no amount, nothing of a text */
  gboolean several;
  const char *category;
  NotifyUrgency urgency;
  int timeout;
  gboolean own_sound; /* we make the sound ourselves */
  RdNoticeAction actions[RD_NOTICE_MAX_ACTIONS];
  gsize n_actions;
} RdNotice;

const char *rd_notice_kind_to_string (RdNoticeKind kind);
char       *rd_notice_make_key       (RdNoticeKind kind, const char *id) G_GNUC_WARN_UNUSED_RESULT;

RdNotice *rd_notice_new_call    (const char *id, const char *peer_name, const char *account_name, gboolean audio,
                                 gboolean soft, gboolean can_answer) G_GNUC_WARN_UNUSED_RESULT;
/* @when: µs since the epoch */
RdNotice *rd_notice_new_missed  (const char *id, const char *peer_name, const char *account_name, gint64 when,
                                 gboolean can_call_back) G_GNUC_WARN_UNUSED_RESULT;
RdNotice *rd_notice_new_missed_calls (const char *id, const char *title, const char *names, const char *account_name,
                                      gboolean can_call_back) G_GNUC_WARN_UNUSED_RESULT;
RdNotice *rd_notice_new_reminder (const char *id, const char *peer_name, const char *account_name, gint64 when,
                                  gboolean can_call_back) G_GNUC_WARN_UNUSED_RESULT;
RdNotice *rd_notice_new_payment (const char *id, const char *title, const char *body, const char *amount,
                                 const char *account_name) G_GNUC_WARN_UNUSED_RESULT;
RdNotice *rd_notice_new_message (const char *id, const char *title, const char *text, const char *account_name,
                                 RdNotifierOffers offers) G_GNUC_WARN_UNUSED_RESULT;
RdNotice *rd_notice_new_notice  (const char *id, const char *severity, const char *title, const char *body,
                                 const char *account_name) G_GNUC_WARN_UNUSED_RESULT;
RdNotice *rd_notice_ref         (RdNotice *self);
void      rd_notice_unref       (RdNotice *self);

/* @discreet: while the screen is locked: what kind of thing it is, and nothing more. */
const char *rd_notice_get_summary (const RdNotice *self, gboolean discreet);
/* What is sent as the body: escaped if the server takes it for markup. */
char       *rd_notice_dup_body    (const RdNotice *self, gboolean markup, gboolean discreet) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdNotice, rd_notice_unref)

G_END_DECLS
