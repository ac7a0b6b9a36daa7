/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-checkup.h"

G_BEGIN_DECLS

/* A text for somebody who is to help, in English like the log: versions, settings, how the lines stand, what has
 * failed. Told from the start so that nothing private is in it; and what looks like a secret is taken out of all of it
 * at the end. */

/* @account: a number in place of its name; @steps: aa{sv} of its checkup */
void  rd_report_add_account (GString *report, guint account, RdLine *line, GVariant *steps);
/* (transfer full): the system and the session; it looks at the disk */
char *rd_report_dup_system  (void) G_GNUC_WARN_UNUSED_RESULT;
/* Versions, this desktop, the settings. @system: of rd_report_dup_system() */
void  rd_report_add_system  (GString *report, const char *system, const RdCheckupContext *context);
/* @errors: aa{sv} as of rd_error_log_list() */
void  rd_report_add_errors  (GString *report, GVariant *errors);
void  rd_report_add_steps   (GString *report, GVariant *steps);
/* (transfer full): @text without what looks like a token, a cookie, an e-mail address or a person's folder */
char *rd_report_scrub       (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
