/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-call-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rd-contact-menu.h"
#include "rd-remind-menu.h"
#include "rd-text.h"

/* More about a call that rings. */

#define REMIND_MINUTES 10
#define LABEL_MAX 60

/* A text of the user's own may have underlines, which are none of ours. */
static char *
dup_label (const char *text)
{
  g_autofree char *clean = rd_text_clean (text, LABEL_MAX);
  g_auto (GStrv) parts = g_strsplit (clean, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
append_text (GMenu *menu, const char *text)
{
  g_autofree char *label = dup_label (text);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "call.decline-with", "s", text);
  g_menu_append_item (menu, item);
}

static void
append_decline (GMenu *menu, GSettings *settings)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_auto (GStrv) own = settings != NULL ? g_settings_get_strv (settings, "decline-texts") : NULL;
  const char *text;
  guint i;

  for (i = 0; (text = rd_text_get_decline (i)) != NULL; i++)
    append_text (section, text);
  for (i = 0; own != NULL && own[i] != NULL && i < RD_TEXT_DECLINE_OWN_MAX; i++)
    append_text (section, own[i]);
  g_menu_append (section, _ ("_Other Message…"), "call.decline-other");
  g_menu_append_section (menu, _ ("Decline with a Message"), G_MENU_MODEL (section));
}

GMenuModel *
rd_call_menu_new (RdDBusCall1 *call, RdModel *model, GSettings *settings)
{
  GMenu *menu = g_menu_new ();
  RdDBusAccount1 *account;
  const char *peer;

  g_return_val_if_fail (RD_DBUS_IS_CALL1 (call), NULL);
  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  account = rd_model_find_account (model, rd_dbus_call1_get_account (call));
  peer = rd_dbus_call1_get_peer_id (call);
  if (rd_dbus_call1_get_can_answer (call) && account != NULL && rd_model_account_can (account, "send"))
    append_decline (menu, settings);
  rd_remind_menu_append (menu, "call.remind", 0,
                         settings != NULL ? g_settings_get_uint (settings, "remind-minutes") : REMIND_MINUTES);
  rd_contact_menu_append (menu, model, rd_dbus_call1_get_account (call), peer, rd_dbus_call1_get_peer_name (call));
  return G_MENU_MODEL (menu);
}
