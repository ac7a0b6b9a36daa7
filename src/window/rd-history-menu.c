/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-history-menu.h"

#include <glib/gi18n.h>

#include "rd-contact-menu.h"
#include "rd-history-entry.h"
#include "rd-remind-menu.h"

/* What a row of the history offers. What its account's site cannot do is not offered, nor anything of an account that
 * is gone, but to forget it. */

static void
append_item (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static void
append_person (GMenu *menu, RdDBusAccount1 *account, RdRecord *entry)
{
  const char *id = rd_dbus_account1_get_id (account);
  const char *peer = rd_record_get_string (entry, "peer-id");

  if (*peer == '\0')
    return;
  if (rd_dbus_account1_get_can_call (account))
    {
      append_item (menu, _ ("Video _Call"), "win.call", g_variant_new ("(ssb)", id, peer, FALSE));
      append_item (menu, _ ("Audio Ca_ll"), "win.call", g_variant_new ("(ssb)", id, peer, TRUE));
    }
  if (rd_model_account_can (account, "messages") && !rd_history_entry_is (entry, "message"))
    append_item (menu, _ ("_Write a Message"), "win.message", g_variant_new ("(ss)", id, peer));
}

static void
append_rest (GMenu *menu, RdDBusAccount1 *account, RdRecord *entry)
{
  const char *id = rd_dbus_account1_get_id (account);
  const char *invoice = rd_record_get_string (entry, "invoice-id");
  const char *conversation = rd_record_get_string (entry, "conversation");

  if (*conversation != '\0' && rd_model_account_can (account, "messages"))
    append_item (menu, _ ("Show _Conversation"), "win.conversation", g_variant_new ("(ss)", id, conversation));
  if (*invoice != '\0' && rd_model_account_can (account, "invoices"))
    append_item (menu, _ ("Show _Invoice"), "win.show-invoice", g_variant_new ("(ss)", id, invoice));
}

/* Where on the site there is more about it: who called, the invoice, the conversation. */
static void
append_site (GMenu *menu, RdDBusAccount1 *account, RdRecord *entry)
{
  const char *kind = "", *id = "";

  if (rd_history_entry_is (entry, "call"))
    {
      kind = "person";
      id = rd_record_get_string (entry, "peer-id");
    }
  else if (rd_history_entry_is (entry, "message"))
    {
      kind = "conversation";
      id = rd_record_get_string (entry, "conversation");
    }
  else if (*rd_record_get_string (entry, "invoice-id") != '\0')
    {
      kind = "invoice";
      id = rd_record_get_string (entry, "invoice-id");
    }
  append_item (menu, _ ("Open on the _Site"), "win.open-page",
               g_variant_new ("(sss)", rd_dbus_account1_get_id (account), *id != '\0' ? kind : "", id));
}

static void
append_account (GMenu *menu, RdModel *model, RdDBusAccount1 *account, RdRecord *entry, guint remind_minutes)
{
  g_autoptr (GMenu) section = g_menu_new ();
  const char *peer = rd_record_get_string (entry, "peer-id");

  append_person (section, account, entry);
  append_rest (section, account, entry);
  append_site (section, account, entry);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  if (rd_history_entry_is (entry, "call") && *peer != '\0')
    rd_remind_menu_append (menu, "win.history-remind", rd_record_get_number (entry, "id"), remind_minutes);
  rd_contact_menu_append (menu, model, rd_dbus_account1_get_id (account), peer,
                          rd_record_get_string (entry, "peer-name"));
}

GMenuModel *
rd_history_menu_new (RdModel *model, RdRecord *entry, guint remind_minutes)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  RdDBusAccount1 *account;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);
  g_return_val_if_fail (RD_IS_RECORD (entry), NULL);

  account = rd_model_find_account (model, rd_record_get_string (entry, "account"));
  if (account != NULL)
    append_account (menu, model, account, entry, remind_minutes);
  append_item (section, _ ("_Remove from History…"), "win.history-remove",
               g_variant_new_uint64 (rd_record_get_number (entry, "id")));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}
