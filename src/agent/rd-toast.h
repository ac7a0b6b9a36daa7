/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-ringer.h"

G_BEGIN_DECLS

/* One thing that a toast tells of. Strings are (nullable). */
typedef struct
{
  char *subject;   /* what a click shows: the id of a conversation, of an invoice */
  char *person;    /* who it is from: tells two of the same name apart */
  char *name;      /* the same for people to read */
  char *title;
  char *text;
  gboolean known;  /* money and currency are for certain */
  gint64 money;
  gboolean so_far; /* money is what its invoice has come to, and not what came in by this alone */
  char *currency;
  char *amount;    /* the same for people to read; also of what is not known for certain */
  gboolean sounds; /* with … */
  RdTone tone;     /* … this, if it comes first */
  GObject *thing;  /* whatever belongs to it */
  gboolean told;   /* it is in what stands */
} RdToastItem;

RdToastItem *rd_toast_item_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void         rd_toast_item_free (RdToastItem *self);

/* A toast and what it tells of: one thing, or several of the same account and type that came together. */
typedef struct
{
  char *id;         /* unique in this run */
  char *account;
  char *type;       /* as of Account1's Toasts, and "missed" (calls), "unsent" (replies) */
  gboolean away;    /* it happened while there was no line */
  GPtrArray *items; /* RdToastItem, oldest first, at least one; what has been dealt with is gone */
} RdToast;

RdToast *rd_toast_new  (const char *id, const char *account, const char *type, gboolean away) G_GNUC_WARN_UNUSED_RESULT;
void     rd_toast_free (RdToast *self);
/* What sort of notification it is, as of RdNotifier's ::action. */
const char *rd_toast_get_kind     (const RdToast *self);
/* (transfer none): the newest */
const RdToastItem *rd_toast_get_last (const RdToast *self);
/* (nullable) (transfer none): what all of it is about, if that is one thing */
const char *rd_toast_get_subject  (const RdToast *self);
/* (nullable) (transfer none): the newest of what stands, if all that stands is about one thing: what whoever deals with
 * it has seen. */
const RdToastItem *rd_toast_get_seen (const RdToast *self);
/* How many different things it is about; one of which that is not known counts for itself. */
guint    rd_toast_count_subjects  (const RdToast *self);
/* How many people it is from; 0: that is not known of all. */
guint    rd_toast_count_people    (const RdToast *self);
/* (nullable) (transfer full) (array zero-terminated): what it comes to, for people to read, one for each currency;
 * NULL: not all amounts are known, or not all currencies where any is, and what is known is no sum. */
char   **rd_toast_dup_sums        (const RdToast *self);
/* (transfer full): the last few texts, one a line, and who said them if several people did; "" if there are none */
char    *rd_toast_dup_lines       (const RdToast *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdToastItem, rd_toast_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdToast, rd_toast_free)

G_END_DECLS
