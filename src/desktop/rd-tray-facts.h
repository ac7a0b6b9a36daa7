/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the tray's menu shows, as it is at one moment. All strings are owned and never NULL; names are as strangers
 * wrote them. */

typedef struct
{
  char *account;
  char *name;
  char *state; /* as Account1's, or "polling": the site is asked, for want of a line */
} RdTrayLine;

typedef enum
{
  RD_TRAY_CALL_RINGING_IN,
  RD_TRAY_CALL_RINGING_OUT,
  RD_TRAY_CALL_ACTIVE,
} RdTrayCallState;

typedef struct
{
  char *key; /* what ::chosen names it by */
  char *name;
  RdTrayCallState state;
  gboolean can_answer;
  gboolean can_write; /* a message may go with the refusal */
  gboolean silenced;  /* it makes no sound, or none any more */
  gboolean busy;      /* the site is being asked */
} RdTrayCall;

typedef struct
{
  char *key;
  char *name;
} RdTrayPerson;

typedef struct
{
  GPtrArray *lines;   /* of RdTrayLine */
  GPtrArray *calls;   /* of RdTrayCall: the live ones */
  GPtrArray *people;  /* of RdTrayPerson: whom to call again */
  GPtrArray *texts;   /* of char: to decline with */
  guint remind_minutes;
  guint missed;
  gboolean quiet;     /* do not disturb */
  gint64 quiet_until; /* µs since the epoch; 0: not known */
  gboolean hide_names;
  gint64 now;
} RdTrayFacts;

RdTrayFacts *rd_tray_facts_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void         rd_tray_facts_free       (RdTrayFacts *self);
/* As it should be: one that the user has closed is. Where the site is only asked, no call would ring. */
gboolean     rd_tray_line_is_fine     (const RdTrayLine *line);
void         rd_tray_facts_add_line   (RdTrayFacts *self, const char *account, const char *name, const char *state);
/* (transfer none): the new one, to be completed */
RdTrayCall  *rd_tray_facts_add_call   (RdTrayFacts *self, const char *key, const char *name, RdTrayCallState state);
void         rd_tray_facts_add_person (RdTrayFacts *self, const char *key, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdTrayFacts, rd_tray_facts_free)

G_END_DECLS
