/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-catch-up.h"
#include "rd-feed.h"
#include "rd-line-status.h"
#include "rd-line.h"

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
  RdSite *site;           /* (nullable) if fault */
  ChannelsClient *client; /* (nullable) if fault */
  RdFeed *feed;           /* (nullable) if fault */
  RdCatchUp *catch_up;    /* (nullable) if fault */
  RdMailbox *mailbox;     /* (nullable) each, if the site has no such thing */
  RdPeople *people;
  RdInvoices *invoices;
  RdVars *vars;
  char *user_name;
  GError *fault;

  Stage stage;
  GError *trouble;  /* (nullable): why in STAGE_NO_TOKEN or STAGE_RETRY */
  gint64 next_try;  /* in STAGE_RETRY */
  guint retry;
  guint retry_s;
  GCancellable *cancellable;

  RdLineStatus *status;
  GVariant *channels;
  GVariant *site_problem;
  guint writing; /* what is on its way to the disk or the keyring */
  GError *invoices_error; /* (nullable): why the invoices could not be listed */
};

/* Takes tokens (nullable) into use; @trouble (transfer full) (nullable): why there are none, if there should be. */
void rd_line_sign_in (RdLine *self, const RdTokens *tokens, GError *trouble);

/* rd-line-parts.c */
void rd_line_build_parts        (RdLine *self);
/* The user is known. */
void rd_line_introduce_to_parts (RdLine *self);
void rd_line_catch_up_parts     (RdLine *self, gint64 since);
void rd_line_stop_parts         (RdLine *self);

/* rd-line-keep.c */
void rd_line_keep_settings (RdLine *self);
void rd_line_keep_tokens   (RdLine *self, const RdTokens *tokens);

G_END_DECLS
