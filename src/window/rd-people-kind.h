/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-paged-source.h"

G_BEGIN_DECLS

/* How People1 is asked for pages, for RdPagedList. */
extern const RdPagedKind rd_people_kind;

G_END_DECLS
