/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-browser.h"
#include "rd-dbus.h"
#include "rd-line.h"

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNT_OBJECT (rd_account_object_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountObject, rd_account_object, RD, ACCOUNT_OBJECT, RdDBusAccount1Skeleton)

/* io.github.ringdown.Account1 of one line. */
RdAccountObject *rd_account_object_new (RdLine *line, RdBrowser *browser) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
