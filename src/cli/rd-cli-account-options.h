/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-cli-private.h"

G_BEGIN_DECLS

/* What `account add` and `account test` take: an account's settings and its secrets, from options, from a set-up link
 * or file, from the site itself, and for what is still missing from the terminal. */
typedef struct
{
  char *profile;
  char *site;
  char *user_id;
  char *name;
  char *key;
  char *host;
  int port;
  char *path;
  gboolean no_tls;
  char *cluster;
  char **vars;
  char *colour;
  char *sound;
  char *setup;
  gboolean yes;
  char *login;
  char *password_file;
  char *token_file;
  char *refresh_token_file;
  gboolean insecure;
} RdCliAccountOptions;

extern const GOptionEntry rd_cli_account_options[];

/* (transfer full): the settings as AddAccount wants them, checked and complete, secrets among them; (nullable) with
 * @error. Starts the agent. */
GVariant *rd_cli_account_options_settle (RdCliAccountOptions *self, RdCli *cli,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* rd-cli-account-ask.c: asks on the terminal for what is not there; @secrets (a{sv}) as rd-cli-account-options.c has
 * it. @base: (nullable): what is known besides the options */
gboolean rd_cli_account_ask (RdCliAccountOptions *self, RdCli *cli, GVariant *base, GVariantDict *secrets,
                             GError **error);
/* (nullable) (transfer full): ListProfiles' entry for @id, or the one that @base (nullable) brings along; NULL without
 * error: there is none */
GVariant *rd_cli_account_find_profile (RdCli *cli, GVariant *base, const char *id, GError **error);
/* (nullable) (transfer full): a set-up link as it is, or the text of a set-up file, of which no more is read than one
 * may have */
char     *rd_cli_account_read_setup   (const char *given, GError **error);

G_END_DECLS
