/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-key-guard.h"
#include "rd-model.h"
#include "rd-toaster.h"

G_BEGIN_DECLS

#define RD_TYPE_WINDOW (rd_window_get_type ())
G_DECLARE_FINAL_TYPE (RdWindow, rd_window, RD, WINDOW, AdwApplicationWindow)

/**
 * RdWindow:
 *
 * The handset: live calls above its pages ("calls", "messages", "people", "payments", "accounts"). A view of RdModel;
 * its actions are
 * "win.…" of rd-window-actions.c.
 */
GtkWindow  *rd_window_new           (GtkApplication *application, RdModel *model, RdClockFunc clock);
/* The user's settings: the window's size, and what its preferences show. Before it is presented. */
void        rd_window_set_settings  (RdWindow *self, GSettings *settings);
/* (nullable) (transfer none): NULL where the schema is not installed */
GSettings  *rd_window_get_settings  (RdWindow *self);
/* One of its pages, at once or when an account has it; anything else changes nothing */
void        rd_window_show_page     (RdWindow *self, const char *page);
/* The assistant, with a set-up link or file's text to be looked at first. Nothing happens without an agent. */
void        rd_window_show_setup    (RdWindow *self, const char *text);
/* One of an account's conversations, on its page; at once or when it is known. */
void        rd_window_show_conversation (RdWindow *self, const char *account, const char *conversation);
/* One of an account's invoices, likewise. */
void        rd_window_show_invoice  (RdWindow *self, const char *account, const char *invoice);
/* The conversation with a person. */
void        rd_window_show_person   (RdWindow *self, const char *account, const char *person);
/* Puts the focus where the shown page is searched. */
void        rd_window_start_search  (RdWindow *self);
/* Shows the window for a call: without the focus, and deaf to keys for a moment. */
void        rd_window_show_for_call (RdWindow *self);
/* While the agent is being started, and (nullable) why it could not be. */
void        rd_window_set_starting  (RdWindow *self, gboolean starting, const char *error);
RdModel    *rd_window_get_model     (RdWindow *self);
/* (nullable) (transfer none) */
RdCallCard *rd_window_find_card     (RdWindow *self, const char *account, const char *call);
RdToaster  *rd_window_get_toaster   (RdWindow *self);
RdKeyGuard *rd_window_get_key_guard (RdWindow *self);
/* Registers the .ui files and icons; before the first window. */
void        rd_window_init_resources (void);

G_END_DECLS
