/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-model.h"

G_BEGIN_DECLS

/* How somebody is treated when it rings: Quiet1.SetContact's "normal", "muted", "vip". */
const char *rd_contact_get_treatment (RdModel *model, const char *account, const char *person);
/* What may be made of that, as a section of a menu; activates "win.contact". Nothing without an id: who is not known
 * cannot be told apart. */
void        rd_contact_menu_append   (GMenu *menu, RdModel *model, const char *account, const char *person,
                                      const char *name);

G_END_DECLS
