/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-people-kind.h"

#include "rd-person-status.h"

/* People as pages. */

static GVariant *
dup_arguments (const char *search, const char *filter, guint offset, guint limit)
{
  return g_variant_new ("(suu)", search, offset, limit);
}

const RdPagedKind rd_people_kind = {
  .method = "ListPeople",
  .changed_signal = "PersonChanged",
  .reset_signal = "PeopleReset",
  .search_keys = { "name", "detail" },
  .dup_arguments = dup_arguments,
  .compare = rd_person_compare,
};
