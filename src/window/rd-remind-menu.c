/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-remind-menu.h"

#include <glib/gi18n.h>

/* When to be reminded of a call. */

#define HOUR 60

static void
append_item (GMenu *menu, const char *action, guint64 id, guint minutes)
{
  GVariant *target = id != 0 ? g_variant_new ("(tu)", id, minutes) : g_variant_new_uint32 (minutes);
  g_autoptr (GMenuItem) item = NULL;
  g_autofree char *label = NULL;

  if (minutes == HOUR)
    label = g_strdup (_ ("Remind Me in 1 _Hour"));
  else
    label = g_strdup_printf (ngettext ("Remind Me in %u _Minute", "Remind Me in %u _Minutes", minutes), minutes);
  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

void
rd_remind_menu_append (GMenu *menu, const char *action, guint64 id, guint minutes)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (action != NULL && minutes > 0);

  if (minutes != HOUR)
    append_item (section, action, id, minutes);
  append_item (section, action, id, HOUR);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

char *
rd_remind_menu_dup_news (guint minutes)
{
  if (minutes == HOUR)
    return g_strdup (_ ("You will be reminded in 1 hour."));
  return g_strdup_printf (
    ngettext ("You will be reminded in %u minute.", "You will be reminded in %u minutes.", minutes), minutes);
}
