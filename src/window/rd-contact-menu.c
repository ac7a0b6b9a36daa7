/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-contact-menu.h"

#include <glib/gi18n.h>

/* Who never rings, and who always does. */

static gboolean
has (GVariant *contacts, const char *account, const char *person)
{
  GVariantIter iter;
  const char *one, *other;

  if (contacts == NULL)
    return FALSE;
  g_variant_iter_init (&iter, contacts);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &one, &other, NULL))
    if (g_strcmp0 (one, account) == 0 && g_strcmp0 (other, person) == 0)
      return TRUE;
  return FALSE;
}

static void
append_item (GMenu *menu, const char *label, const char *account, const char *person, const char *name,
             const char *treatment)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.contact", "(ssss)", account, person, name, treatment);
  g_menu_append_item (menu, item);
}

const char *
rd_contact_get_treatment (RdModel *model, const char *account, const char *person)
{
  g_autoptr (RdDBusQuiet1) quiet = NULL;

  g_return_val_if_fail (RD_IS_MODEL (model), "normal");

  quiet = g_list_model_get_item (rd_model_get_quiet (model), 0);
  if (quiet == NULL)
    return "normal";
  if (has (rd_dbus_quiet1_get_muted (quiet), account, person))
    return "muted";
  return has (rd_dbus_quiet1_get_vips (quiet), account, person) ? "vip" : "normal";
}

void
rd_contact_menu_append (GMenu *menu, RdModel *model, const char *account, const char *person, const char *name)
{
  g_autoptr (GMenu) section = g_menu_new ();
  const char *treatment;

  g_return_if_fail (G_IS_MENU (menu));
  g_return_if_fail (RD_IS_MODEL (model));

  if (person == NULL || *person == '\0' || g_list_model_get_n_items (rd_model_get_quiet (model)) == 0)
    return;
  treatment = rd_contact_get_treatment (model, account, person);
  if (g_str_equal (treatment, "muted"))
    append_item (section, _ ("Unm_ute This Person"), account, person, name, "normal");
  else
    append_item (section, _ ("M_ute This Person"), account, person, name, "muted");
  if (g_str_equal (treatment, "vip"))
    append_item (section, _ ("No Longer _Always Ring"), account, person, name, "normal");
  else
    append_item (section, _ ("_Always Ring for This Person"), account, person, name, "vip");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}
