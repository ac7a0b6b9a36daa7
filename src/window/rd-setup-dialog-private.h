/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-colour-choice.h"
#include "rd-setup-dialog.h"
#include "rd-setup-server.h"
#include "rd-setup-steps.h"
#include "rd-sign-in-form.h"

G_BEGIN_DECLS

typedef enum
{
  RD_SETUP_PAGE_ADDRESS,
  RD_SETUP_PAGE_SUMMARY,
  RD_SETUP_PAGE_SERVER,
  RD_SETUP_PAGE_SIGN_IN,
  RD_SETUP_PAGE_TEST,
  RD_SETUP_PAGE_NAME,
} RdSetupPage;

struct _RdSetupDialog
{
  AdwWindow parent_instance;

  RdDBusAgent1 *agent;
  GCancellable *cancellable;
  GVariant *settings; /* what the site, a link or a file presets; a{sv}, without secrets */
  char *setup;        /* (nullable): a text that waits to be read */
  char *ticket;       /* (nullable): for what the last test signed in with */
  GArray *visited;    /* of RdSetupPage, for going back */
  RdSetupPage page;
  gboolean busy;
  gboolean tested;

  GtkWidget *cancel;
  GtkWidget *back;
  GtkButton *next;
  GtkSpinner *spinner;
  GtkScrolledWindow *scroller;
  GtkWidget *error_box;
  GtkLabel *error;
  GtkWidget *by_hand;
  GtkStack *stack;
  GtkEditable *address;
  AdwPreferencesGroup *summary_group;
  GtkListBox *summary;
  RdSetupServer *server;
  RdSignInForm *form;
  GtkLabel *test_text;
  RdSetupSteps *steps;
  GtkWidget *test_buttons;
  GtkWidget *change;
  GtkWidget *anyway;
  GtkEditable *name;
  RdColourChoice *colour;
};

/* The pages: rd-setup-dialog.c */
char       *rd_setup_dialog_dup_text       (GtkEditable *editable);
/* (nullable): a string of the chosen profile */
const char *rd_setup_dialog_profile_string (RdSetupDialog *self, const char *key);
gboolean    rd_setup_dialog_needs_sign_in  (RdSetupDialog *self);
void        rd_setup_dialog_go_to          (RdSetupDialog *self, RdSetupPage page);
/* On from the summary or the form. */
void        rd_setup_dialog_leave_site     (RdSetupDialog *self);
/* Begins a request, or ends it. */
void        rd_setup_dialog_set_busy       (RdSetupDialog *self, gboolean busy);
/* @sentence: (nullable) */
void        rd_setup_dialog_show_error     (RdSetupDialog *self, const char *sentence);
/* Ends a request that failed; %FALSE: it was cancelled, and nobody wants to know. */
gboolean    rd_setup_dialog_fail           (RdSetupDialog *self, const GError *error);

/* What the agent is asked: rd-setup-requests.c */
void        rd_setup_dialog_discover       (RdSetupDialog *self, const char *address);
/* Without asking the site: the form, with its address. */
void        rd_setup_dialog_begin_by_hand  (RdSetupDialog *self);
void        rd_setup_dialog_read_setup     (RdSetupDialog *self, const char *text);
/* Whether the site has its profile itself, so that it must be fetched first; then it goes on by itself. */
gboolean    rd_setup_dialog_fetch_profile  (RdSetupDialog *self);
void        rd_setup_dialog_test           (RdSetupDialog *self);
void        rd_setup_dialog_add            (RdSetupDialog *self);
/* (transfer full): the host of the site, as the form has it */
char       *rd_setup_dialog_dup_host       (RdSetupDialog *self);

G_END_DECLS
