/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "part-fixture.h"
#include "rd-mailbox.h"

G_BEGIN_DECLS

/* A mailbox of user 7, called Grace. What it tells of, as lines: "conversation ID UNREAD TEXT", "message ID STATE TEXT"
 * (ID of one that the site has not accepted: its local one), "typing CONVERSATION NAMES", "unread N", "reset", "missed
 * ID TEXT". */
typedef struct
{
  PartFixture part;
  RdMailbox *mailbox;
} MailboxFixture;

void      mailbox_fixture_set_up    (MailboxFixture *f, gconstpointer profile);
void      mailbox_fixture_tear_down (MailboxFixture *f, gconstpointer profile);
/* Has the mailbox handle a packet: FILE's member as the profile reads EVENT. */
void      mailbox_fixture_handle    (MailboxFixture *f, const char *channel, const char *event, const char *file,
                                     const char *packet);
/* The same for text. */
void      mailbox_fixture_take      (MailboxFixture *f, const char *channel, const char *event, const char *json);
/* The CRM's new-message: @from and @to are people's ids; sent so many seconds after noon */
void      mailbox_fixture_new       (MailboxFixture *f, int id, int from, int to, const char *text, int seconds);
/* Each asks, waits, and asserts that it went well. (transfer full): one column of what came, and whether there is more
 * in @more (out) (nullable) */
char     *mailbox_fixture_list      (MailboxFixture *f, const char *search, guint offset, guint limit, const char *key,
                                     gboolean *more);
char     *mailbox_fixture_history   (MailboxFixture *f, const char *conversation, const char *before, guint limit,
                                     const char *key, gboolean *more);
/* Asserts how it ends: RD_FAULT code, or -1: well */
void      mailbox_fixture_expect    (MailboxFixture *f, GAsyncResult *result, int code);

G_END_DECLS
