/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-setup-dialog-private.h"

#include <glib/gi18n.h>

#include "rd-platform.h"
#include "rd-setup-summary.h"

/* What the assistant asks the agent, and what becomes of the answers. */

/* A test tries six steps, each with a deadline of its own. */
#define TEST_TIMEOUT_MS 120000
#define SETUP_MAX_BYTES (64 * 1024)

static void
take_settings (RdSetupDialog *self, GVariant *settings, const char *origin)
{
  g_autofree char *host = NULL;
  g_autofree char *title = NULL;
  g_autofree char *markup = NULL;
  const char *name = "";

  g_clear_pointer (&self->settings, g_variant_unref);
  self->settings = g_variant_ref_sink (settings);
  rd_setup_server_fill (self->server, settings);
  rd_setup_summary_fill (self->summary, settings, rd_setup_dialog_profile_string (self, "name"));
  host = rd_setup_summary_dup_host (settings);
  /* Translators: %s is a host's name */
  title = g_strdup_printf (_ ("Set up %s?"), host);
  markup = g_markup_escape_text (title, -1);
  adw_preferences_group_set_title (self->summary_group, markup);
  adw_preferences_group_set_description (self->summary_group, origin);
  g_variant_lookup (settings, "name", "&s", &name);
  gtk_editable_set_text (self->name, name);
}

/* What people type of an address, as a URL. */
static char *
dup_site (RdSetupDialog *self)
{
  g_autofree char *address = rd_setup_dialog_dup_text (self->address);

  return strstr (address, "://") != NULL ? g_steal_pointer (&address) : g_strconcat ("https://", address, NULL);
}

void
rd_setup_dialog_begin_by_hand (RdSetupDialog *self)
{
  g_autofree char *site = dup_site (self);
  const char *known = "";
  GVariantDict dict;

  g_return_if_fail (RD_IS_SETUP_DIALOG (self));

  /* Who comes here again finds what was typed. */
  if (self->settings != NULL)
    g_variant_lookup (self->settings, "site", "&s", &known);
  if (g_strcmp0 (known, site) != 0)
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "site", "s", site);
      take_settings (self, g_variant_dict_end (&dict), NULL);
    }
  rd_setup_dialog_go_to (self, RD_SETUP_PAGE_SERVER);
}

static void
on_discover_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSetupDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_agent1_call_discover_site_finish (RD_DBUS_AGENT1 (source), &settings, result, &error))
    {
      if (rd_setup_dialog_fail (self, error))
        gtk_widget_set_visible (self->by_hand, TRUE);
      return;
    }
  rd_setup_dialog_set_busy (self, FALSE);
  if (g_variant_n_children (settings) > 0)
    {
      take_settings (self, settings, _ ("This is what the site says of itself."));
      rd_setup_dialog_go_to (self, RD_SETUP_PAGE_SUMMARY);
      return;
    }
  rd_setup_dialog_begin_by_hand (self);
}

void
rd_setup_dialog_discover (RdSetupDialog *self, const char *address)
{
  g_return_if_fail (RD_IS_SETUP_DIALOG (self));

  rd_setup_dialog_set_busy (self, TRUE);
  rd_dbus_agent1_call_discover_site (self->agent, address, self->cancellable, on_discover_ready, self);
}

static void
on_read_setup_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSetupDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_agent1_call_read_setup_finish (RD_DBUS_AGENT1 (source), &settings, result, &error))
    {
      rd_setup_dialog_fail (self, error);
      return;
    }
  rd_setup_dialog_set_busy (self, FALSE);
  take_settings (self, settings,
                 _ ("Somebody has prepared this for you. Go on only if you know who: nothing of it is used, and "
                    "nobody has been asked, before you do."));
  rd_setup_dialog_go_to (self, RD_SETUP_PAGE_SUMMARY);
}

void
rd_setup_dialog_read_setup (RdSetupDialog *self, const char *text)
{
  g_return_if_fail (RD_IS_SETUP_DIALOG (self));

  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > SETUP_MAX_BYTES)
    {
      rd_setup_dialog_show_error (self, _ ("This is no set-up link or file. Ask for a new one where you got it from."));
      return;
    }
  rd_setup_dialog_set_busy (self, TRUE);
  rd_dbus_agent1_call_read_setup (self->agent, text, self->cancellable, on_read_setup_ready, self);
}

/* What stands for the profile's address from now on. */
static void
take_profile (RdSetupDialog *self, GVariant *profile)
{
  GVariantDict dict;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_dict_init (&dict, self->settings);
  g_variant_dict_remove (&dict, "profile-url");
  g_variant_iter_init (&iter, profile);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_dict_insert_value (&dict, name, value);
  take_settings (self, g_variant_dict_end (&dict), adw_preferences_group_get_description (self->summary_group));
}

static void
on_fetch_profile_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSetupDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GVariant) profile = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_agent1_call_fetch_profile_finish (RD_DBUS_AGENT1 (source), &profile, result, &error))
    {
      rd_setup_dialog_fail (self, error);
      return;
    }
  rd_setup_dialog_set_busy (self, FALSE);
  take_profile (self, profile);
  rd_setup_dialog_leave_site (self);
}

gboolean
rd_setup_dialog_fetch_profile (RdSetupDialog *self)
{
  const char *site = "";
  const char *url = NULL;

  g_return_val_if_fail (RD_IS_SETUP_DIALOG (self), FALSE);

  if (self->page != RD_SETUP_PAGE_SUMMARY || !g_variant_lookup (self->settings, "profile-url", "&s", &url))
    return FALSE;
  g_variant_lookup (self->settings, "site", "&s", &site);
  rd_setup_dialog_set_busy (self, TRUE);
  rd_dbus_agent1_call_fetch_profile (self->agent, site, url, self->cancellable, on_fetch_profile_ready, self);
  return TRUE;
}

char *
rd_setup_dialog_dup_host (RdSetupDialog *self)
{
  g_autoptr (GVariant) settings = NULL;
  GVariantDict dict;

  g_return_val_if_fail (RD_IS_SETUP_DIALOG (self), g_strdup (""));

  g_variant_dict_init (&dict, NULL);
  rd_setup_server_collect (self->server, &dict);
  settings = g_variant_ref_sink (g_variant_dict_end (&dict));
  return rd_setup_summary_dup_host (settings);
}

static void
insert_secrets (RdSetupDialog *self, GVariantDict *settings)
{
  if (!rd_setup_dialog_needs_sign_in (self))
    return;
  if (self->ticket != NULL)
    g_variant_dict_insert (settings, "ticket", "s", self->ticket);
  else if (rd_sign_in_form_uses_password (self->form))
    {
      g_autofree char *login = rd_sign_in_form_dup_login (self->form);

      g_variant_dict_insert (settings, "login", "s", login);
      g_variant_dict_insert (settings, "password", "s", rd_sign_in_form_get_password (self->form));
    }
  else
    {
      g_autofree char *token = rd_sign_in_form_dup_token (self->form);
      g_autofree char *refresh_token = rd_sign_in_form_dup_refresh_token (self->form);

      g_variant_dict_insert (settings, "token", "s", token);
      if (*refresh_token != '\0')
        g_variant_dict_insert (settings, "refresh-token", "s", refresh_token);
    }
}

/* @settings: to be ended by the caller */
static void
collect (RdSetupDialog *self, GVariantDict *settings)
{
  g_autofree char *name = rd_setup_dialog_dup_text (self->name);
  const char *colour = rd_colour_choice_get_colour (self->colour);

  g_variant_dict_init (settings, self->settings);
  rd_setup_server_collect (self->server, settings);
  g_variant_dict_remove (settings, "name");
  /* The form's profile is the one that counts. */
  g_variant_dict_remove (settings, "profile-url");
  g_variant_dict_remove (settings, "profile-entry");
  if (*name != '\0')
    g_variant_dict_insert (settings, "name", "s", name);
  if (*colour != '\0')
    g_variant_dict_insert (settings, "colour", "s", colour);
  insert_secrets (self, settings);
}

static void
show_test_text (RdSetupDialog *self)
{
  const char *text;

  if (self->busy)
    text = _ ("Ringdown tries what you have given. Nothing is kept yet.");
  else if (self->tested)
    text = _ ("All is well.");
  else
    text = _ ("One step failed. Go back and change what it names, or try again.");
  gtk_label_set_text (self->test_text, text);
}

static void
on_test_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSetupDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autoptr (GVariant) steps = NULL;
  g_autofree char *ticket = NULL;
  const char *failed;

  if (reply == NULL)
    {
      if (rd_setup_dialog_fail (self, error))
        gtk_label_set_text (self->test_text, "");
      return;
    }
  g_variant_get (reply, "(@aa{sv}s)", &steps, &ticket);
  rd_setup_steps_show (self->steps, steps);
  failed = rd_setup_steps_get_failed (self->steps);
  self->tested = failed == NULL;
  g_free (self->ticket);
  self->ticket = *ticket != '\0' ? g_steal_pointer (&ticket) : NULL;
  if (self->tested && self->ticket != NULL)
    rd_sign_in_form_clear_secrets (self->form);
  /* A line that is down now may be up tomorrow; who cannot sign in has no account. */
  gtk_widget_set_visible (self->anyway, (self->ticket != NULL || !rd_setup_dialog_needs_sign_in (self)) &&
                                          (g_strcmp0 (failed, "connection") == 0 ||
                                           g_strcmp0 (failed, "channels") == 0));
  rd_setup_dialog_set_busy (self, FALSE);
  show_test_text (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->next));
}

void
rd_setup_dialog_test (RdSetupDialog *self)
{
  GVariantDict settings;

  g_return_if_fail (RD_IS_SETUP_DIALOG (self));

  self->tested = FALSE;
  g_clear_pointer (&self->ticket, g_free);
  rd_setup_steps_wait (self->steps);
  rd_setup_dialog_set_busy (self, TRUE);
  show_test_text (self);
  collect (self, &settings);
  g_dbus_proxy_call (G_DBUS_PROXY (self->agent), "TestAccount",
                     g_variant_new ("(@a{sv})", g_variant_dict_end (&settings)), G_DBUS_CALL_FLAGS_NONE,
                     TEST_TIMEOUT_MS, self->cancellable, on_test_ready, self);
}

static void
on_add_account_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSetupDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autofree char *account = NULL;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!rd_dbus_agent1_call_add_account_finish (RD_DBUS_AGENT1 (source), &account, result, &error))
    {
      rd_setup_dialog_fail (self, error);
      return;
    }
  rd_sign_in_form_clear_secrets (self->form);
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.page", "s", "accounts");
  gtk_window_destroy (GTK_WINDOW (self));
}

void
rd_setup_dialog_add (RdSetupDialog *self)
{
  GVariantDict settings;

  g_return_if_fail (RD_IS_SETUP_DIALOG (self));

  rd_setup_dialog_set_busy (self, TRUE);
  collect (self, &settings);
  rd_dbus_agent1_call_add_account (self->agent, g_variant_dict_end (&settings), self->cancellable,
                                   on_add_account_ready, self);
}
