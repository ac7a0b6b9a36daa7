/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_CONTACT_BUTTON (rd_contact_button_get_type ())
G_DECLARE_FINAL_TYPE (RdContactButton, rd_contact_button, RD, CONTACT_BUTTON, GtkWidget)

/**
 * RdContactButton:
 *
 * A menu of what else there is about somebody: whether they ring, and their page on the site. Shows who never rings and
 * who always does.
 */
void rd_contact_button_set_model   (RdContactButton *self, RdModel *model);
/* @person: "": nobody in particular, a group. @page, @page_id: as Account1.OpenPage */
void rd_contact_button_set_contact (RdContactButton *self, const char *account, const char *person, const char *name,
                                    const char *page, const char *page_id);
void rd_contact_button_popup       (RdContactButton *self);

G_END_DECLS
