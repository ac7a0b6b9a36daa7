/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-conversations.h"
#include "rd-fault.h"
#include "rd-mailbox.h"
#include "rd-messages.h"
#include "rd-seen.h"

G_BEGIN_DECLS

/* For rd-mailbox.c and rd-mailbox-*.c only. */

#define RD_MAILBOX_MAX_CONVERSATIONS 20000
#define RD_MAILBOX_MAX_MESSAGES 1000
/* What is asked for where neither the site nor anybody else says how much. */
#define RD_MAILBOX_PAGE 25
#define RD_MAILBOX_MAX_TEXT 5000
/* The action that lists conversations. */
#define RD_MAILBOX_LIST "conversations"

typedef struct
{
  char *conversation;
  char *sender;
  char *name;
  gint64 until; /* µs */
} RdTypist;

struct _RdMailbox
{
  GObject parent_instance;

  RdSite *site;
  char *account;
  RdClock *clock;
  GCancellable *cancellable;
  char *own_id;   /* (nullable) */
  char *own_name; /* (nullable) */

  RdConversations *conversations;
  RdMessages *messages;
  RdSeen *seen;   /* ids of messages that were counted */
  RdSeen *heard;  /* what the line brought, as a list of conversations would show it */
  guint unread;
  gboolean counted; /* the site itself says how many are unread */
  guint gaps;       /* of the line, so far */

  /* rd-mailbox-list.c */
  GQueue listings;  /* GTask: who waits for more of the list */
  gboolean listing;  /* a page is under way… */
  gboolean outdated; /* … of a list that was forgotten meanwhile */
  guint pages;      /* how many were got since the last reset */
  char *page_start; /* (nullable): what the last one began with */
  gboolean complete;

  /* rd-mailbox-send.c */
  guint sent;      /* how many, for their local ids */
  GPtrArray *held; /* RdEvent: our own messages, back before the reply that says which one they are */

  /* rd-mailbox-typing.c */
  GPtrArray *typists; /* RdTypist */
  guint typists_timer;
  char *typing_in;    /* (nullable): where our user types */
  gint64 typing_told; /* when the site was told so */
  guint typing_timer;
  gboolean telling; /* the site is being told */
  GQueue tellings;  /* Telling: what it is to be told then */

  /* rd-mailbox-catch-up.c */
  gboolean due;
  gint64 due_since;
  gint64 asked_until; /* of what polling has found */
  gboolean catching_up;
  gboolean owing; /* what is under way asks for what was missed */
  gboolean asking_unread;
  guint told_unread;  /* how often the line has told of what is unread… */
  guint asked_unread; /* … and had, when the site was asked */
  guint retry;
  gboolean paused; /* what fails is not asked again by itself */
  guint retry_s;
};

/* rd-mailbox.c */
void        rd_mailbox_emit_conversation (RdMailbox *self, const RdConversation *conversation);
void        rd_mailbox_emit_message      (RdMailbox *self, const RdStretch *stretch, const RdMessage *message);
void        rd_mailbox_emit_reset        (RdMailbox *self);
void        rd_mailbox_emit_typing       (RdMailbox *self, const char *conversation, char **names);
void        rd_mailbox_emit_missed       (RdMailbox *self, RdEvent *event);
/* By what is known: the site's own count, else the sum. */
void        rd_mailbox_set_unread        (RdMailbox *self, guint unread);
void        rd_mailbox_sum_unread        (RdMailbox *self);
/* Puts a message of the site's where it belongs, without a word to anybody. */
void        rd_mailbox_keep_message      (RdMailbox *self, RdStretch *stretch, const RdEvent *event);
/* Whether the profile's action takes this variable. */
gboolean    rd_mailbox_uses              (RdMailbox *self, const char *action, const char *variable);
RdVars     *rd_mailbox_new_vars          (RdConversation *conversation) G_GNUC_WARN_UNUSED_RESULT;
/* A task of a caller's, for as long as the mailbox is at work; NULL: it has been answered. */
GTask      *rd_mailbox_new_task          (RdMailbox *self, GAsyncReadyCallback callback, gpointer user_data,
                                          gpointer tag) G_GNUC_WARN_UNUSED_RESULT;
/* @task: (transfer full) */
void        rd_mailbox_return_fault      (GTask *task, RdFaultCode code, const char *where);

/* rd-mailbox-list.c */
gboolean    rd_mailbox_can_list          (RdMailbox *self);
void        rd_mailbox_forget_list       (RdMailbox *self);
RdVars     *rd_mailbox_new_page_vars     (RdMailbox *self, const char *action, const char *search,
                                          guint page) G_GNUC_WARN_UNUSED_RESULT;
/* (GCompareFunc) of RdEvent **, oldest first */
int         rd_mailbox_compare_times     (gconstpointer a, gconstpointer b);
/* What a list holds, into the conversations; (transfer none) the entry's. */
RdConversation *rd_mailbox_keep_conversation (RdMailbox *self, const RdEvent *event, gboolean *changed);
void        rd_mailbox_stop_listing      (RdMailbox *self);
/* The next page, if somebody waits for it. */
void        rd_mailbox_ask_page          (RdMailbox *self);
/* @task: (transfer full) */
void        rd_mailbox_ask_search        (RdMailbox *self, GTask *task);
/* What rd_mailbox_list_finish() returns. @entries: floating */
void        rd_mailbox_return_entries    (GTask *task, GVariant *entries, gboolean more);

/* rd-mailbox-history.c: @task: (transfer full) */
void        rd_mailbox_ask_history       (RdMailbox *self, GTask *task);

/* rd-mailbox-send.c: TRUE: it is one that was sent here; whoever waits for it has been told. */
gboolean    rd_mailbox_take_echo         (RdMailbox *self, RdStretch *stretch, RdEvent *event);

/* rd-mailbox-read.c; @task: (transfer full) */
void        rd_mailbox_ask_mark          (RdMailbox *self, GTask *task);
void        rd_mailbox_ask_unread        (RdMailbox *self);

/* rd-mailbox-typing.c */
void        rd_mailbox_handle_typing     (RdMailbox *self, const RdEvent *event);
/* What was typed is here. */
void        rd_mailbox_end_typing        (RdMailbox *self, const char *conversation, const char *sender);
/* Our user's ends, for this conversation. */
void        rd_mailbox_end_own_typing    (RdMailbox *self, const char *conversation);
void        rd_mailbox_stop_typing       (RdMailbox *self);
/* One timer for the first who falls silent. */
void        rd_mailbox_time_typists      (RdMailbox *self);
void        rd_typist_free               (gpointer data);

/* rd-mailbox-catch-up.c */
/* The line brought this message: lists that show it without its id have nothing new. */
void        rd_mailbox_note_heard        (RdMailbox *self, const RdConversation *conversation, const RdEvent *event);
void        rd_mailbox_go_on_catching_up (RdMailbox *self);
void        rd_mailbox_stop_catching_up  (RdMailbox *self);
/* The next page of a round, (transfer full). */
void        rd_mailbox_ask_round         (gpointer round);
/* The history of its next room, (transfer full). */
void        rd_mailbox_ask_room          (gpointer round);

G_END_DECLS
