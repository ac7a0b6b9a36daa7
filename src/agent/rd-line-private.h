/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-catch-up.h"
#include "rd-feed.h"
#include "rd-line-status.h"
#include "rd-line.h"
#include "rd-poller.h"

G_BEGIN_DECLS

/* For rd-line.c and rd-line-*.c only. */

typedef enum
{
  STAGE_STOPPED,
  STAGE_CREDENTIALS, /* being loaded */
  STAGE_NO_TOKEN,    /* nothing to sign in with: only new tokens help */
  STAGE_ASKING,      /* the site is asked for an introduction */
  STAGE_RETRY,       /* … and will be again */
  STAGE_ON_LINE,     /* the client is in charge */
} Stage;

struct _RdLine
{
  GObject parent_instance;

  RdAccountSettings *settings;
  RdProfile *profile; /* (nullable) */
  RdAccounts *accounts;
  RdSecrets *secrets;
  RdPhone *phone;
  RdMemory *memory;
  RdSite *site;           /* (nullable) if fault */
  ChannelsClient *client; /* (nullable) if fault, or if the site is only asked */
  RdFeed *feed;           /* (nullable) if fault */
  RdCatchUp *catch_up;    /* (nullable) if fault */
  RdPoller *poller;       /* (nullable) if fault */
  RdMailbox *mailbox;     /* (nullable) each, if the site has no such thing */
  RdPeople *people;
  RdInvoices *invoices;
  RdVars *given; /* what the settings say */
  RdVars *vars;  /* … and what the site has said besides */
  char *user_name;
  GError *fault;

  Stage stage;
  gboolean wanted;    /* started, and not stopped for good */
  gboolean retired;   /* nothing of it is kept any more */
  GError *trouble;  /* (nullable): why in STAGE_NO_TOKEN or STAGE_RETRY */
  gint64 next_try;  /* in STAGE_RETRY */
  guint retry;
  guint retry_s;
  GCancellable *cancellable;

  RdLineStatus *status;
  GVariant *channels;
  GVariant *site_problem;
  const char *delivery; /* static */
  gboolean heard;       /* there was a line when the status was last looked at */
  gint64 turned_at;     /* when that was last another way */
  gint64 polled_at;
  GHashTable *polled;   /* action → int64: when it was */
  gint64 gap;           /* since when what may have been missed waits for the line; 0: none */
  gboolean caught_up;   /* in this run: what was missed before it has been asked for */
  guint rounds;         /* what is done now and then while the line is in use */
  guint rounds_done;
  gboolean listing;     /* what there is to follow is asked for */
  guint writing; /* what is on its way to the disk or the keyring */
  GError *lists_error; /* (nullable): why what there is to follow could not be listed */
};

/* rd-line.c; @trouble, @error: (transfer full) (nullable) */
void rd_line_set_stage       (RdLine *self, Stage stage, GError *trouble);
/* @id, @name: (nullable): not said */
void rd_line_set_user        (RdLine *self, const char *id, const char *name);
void rd_line_set_lists_error (RdLine *self, GError *error);
/* What the user may change has changed. */
void rd_line_notify_options  (RdLine *self);
/* What the site may be asked for has changed. */
void rd_line_notify_abilities (RdLine *self);

/* rd-line-standing.c */
RdLineStatus *rd_line_build_status (RdLine *self) G_GNUC_WARN_UNUSED_RESULT;
/* What else depends on how the line stands. TRUE: `delivery` is another one. */
gboolean      rd_line_follow_status (RdLine *self);

/* rd-line-way.c */
/* Takes tokens (nullable) into use; @trouble (transfer full) (nullable): why there are none, if there should be. */
void rd_line_sign_in         (RdLine *self, const RdTokens *tokens, GError *trouble);
/* The same with those that the site has by now. */
void rd_line_go_on           (RdLine *self);
/* Somebody unlocked it: what could not be read can be now. */
void rd_line_keyring_is_open (RdLine *self);
void rd_line_set_paused      (RdLine *self, gboolean paused);

/* rd-line-facts.c */
gboolean rd_line_needs_credentials (RdLine *self);
char   **rd_line_dup_sign_in_ways  (RdLine *self) G_GNUC_WARN_UNUSED_RESULT;
char   **rd_line_dup_abilities     (RdLine *self) G_GNUC_WARN_UNUSED_RESULT;

/* rd-line-requests.c */
void rd_line_apply_sound     (RdLine *self);

/* rd-line-parts.c */
void rd_line_build_parts        (RdLine *self);
/* The user is known. */
void rd_line_introduce_to_parts (RdLine *self);
/* What happened after @since may have been missed; 0: as long as anybody remembers. */
void rd_line_catch_up           (RdLine *self, gint64 since);
/* Has what this action of the profile's would tell asked by whose business it is. */
void rd_line_poll               (RdLine *self, const char *action);
/* Whether something that may have been missed has not been asked for yet. */
gboolean rd_line_is_behind      (RdLine *self);
/* Asks now what is due, if anything is. */
void rd_line_retry_parts        (RdLine *self);
/* Nothing is asked any more, but when somebody wants to see it; what is due stays so. */
void rd_line_pause_parts        (RdLine *self);
void rd_line_stop_parts         (RdLine *self);

/* rd-line-rounds.c */
/* The channels are joined: what happened after @since may have been missed; 0: nothing was before in this run. */
void rd_line_settle        (RdLine *self, gint64 since);
void rd_line_start_rounds  (RdLine *self);
void rd_line_stop_rounds   (RdLine *self);
/* Asks again what there is to follow. */
void rd_line_refresh_lists (RdLine *self);
/* What is new may have a channel of its own. @id: (nullable) */
void rd_line_follow        (RdLine *self, const RdEvent *event);
void rd_line_follow_one    (RdLine *self, const char *variable, const char *id);

/* rd-line-keep.c */
/* For the next run: the line stood until now, unless something of what was before is still to be asked for. */
void rd_line_note_stood    (RdLine *self);
/* … and which invoices are to be paid. */
void rd_line_keep_open     (RdLine *self);
void rd_line_keep_settings (RdLine *self);
void rd_line_keep_tokens   (RdLine *self, const RdTokens *tokens);

G_END_DECLS
