/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_SIGN_IN_FORM (rd_sign_in_form_get_type ())
G_DECLARE_FINAL_TYPE (RdSignInForm, rd_sign_in_form, RD, SIGN_IN_FORM, GtkWidget)

/**
 * RdSignInForm:
 *
 * What one signs in with: a login and a password, or a token pasted from the site, as the site has it. The secrets are
 * in its entries and nowhere else.
 *
 * Signal `changed`: what is_complete() says may be different now.
 */
/* @ways: "password", "token"; @login: "username" or "email"; @site: who is signed in to, for people */
void        rd_sign_in_form_set_ways      (RdSignInForm *self, const char *const *ways, const char *login,
                                           const char *site);
gboolean    rd_sign_in_form_is_complete   (RdSignInForm *self);
/* Whether by password; else by token. */
gboolean    rd_sign_in_form_uses_password (RdSignInForm *self);
/* (transfer full) */
char       *rd_sign_in_form_dup_login     (RdSignInForm *self);
/* The entries' own text: not to be copied further than into a message to the agent. */
const char *rd_sign_in_form_get_password  (RdSignInForm *self);
char       *rd_sign_in_form_dup_token     (RdSignInForm *self);
char       *rd_sign_in_form_dup_refresh_token (RdSignInForm *self);
/* Empties what is secret. */
void        rd_sign_in_form_clear_secrets (RdSignInForm *self);
void        rd_sign_in_form_focus         (RdSignInForm *self);

G_END_DECLS
