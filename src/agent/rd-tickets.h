/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-tokens.h"

G_BEGIN_DECLS

#define RD_TYPE_TICKETS (rd_tickets_get_type ())
G_DECLARE_FINAL_TYPE (RdTickets, rd_tickets, RD, TICKETS, GObject)

/* What a sign-in gave. A ticket is good for the site and the profile that it was got with, and for nothing else. */
typedef struct
{
  char *site;
  char *profile;
  char *user_id;   /* (nullable) */
  RdTokens *tokens;
} RdTicket;

/**
 * RdTickets:
 *
 * Sign-ins that were tried and went well, for ten minutes: who tested an account need not type a password again to add
 * it. In memory alone, a bounded number of them.
 */
RdTickets      *rd_tickets_new  (void) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the ticket's name, which nobody can guess. @ticket is copied. */
char           *rd_tickets_put  (RdTickets *self, const RdTicket *ticket) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none): RD_FAULT_BAD_INPUT if there is none (any more) of this name for this site and this profile */
const RdTicket *rd_tickets_find (RdTickets *self, const char *name, const char *site, const char *profile,
                                 GError **error);
void            rd_tickets_drop (RdTickets *self, const char *name);

G_END_DECLS
