/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-setup-desk.h"

#include "rd-account-trial.h"
#include "rd-dbus-error.h"
#include "rd-discovery.h"
#include "rd-fault.h"
#include "rd-profile-entry.h"
#include "rd-setup.h"

/* Setting accounts up, as bus clients ask for it: each request is an errand that is run for its caller and for nobody
 * else. What an account needs is known to RdAccountDraft, what a test is to RdAccountTrial. */

#define MAX_ERRANDS 16
#define MAX_ADDRESS 2048
#define MAX_SETTINGS (384 * 1024) /* a profile of 256 KiB, and the rest */

struct _RdSetupDesk
{
  GObject parent_instance;

  RdProfiles *profiles;
  RdLines *lines;
  SoupSession *session;
  RdTickets *tickets;
  GPtrArray *errands; /* Errand, not owned */
};

G_DEFINE_FINAL_TYPE (RdSetupDesk, rd_setup_desk, G_TYPE_OBJECT)

typedef struct
{
  RdSetupDesk *desk;
  GDBusMethodInvocation *invocation; /* (transfer full); NULL once it is answered */
  GCancellable *cancellable;
  guint watch;
  RdAccountTrial *trial; /* (nullable) each */
  RdAccountDraft *draft;
  RdSite *site;
} Errand;

static void
errand_free (Errand *errand)
{
  g_ptr_array_remove_fast (errand->desk->errands, errand);
  g_clear_handle_id (&errand->watch, g_bus_unwatch_name);
  g_clear_object (&errand->trial);
  g_clear_pointer (&errand->draft, rd_account_draft_free);
  g_clear_object (&errand->site);
  g_clear_object (&errand->cancellable);
  g_clear_object (&errand->desk);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

/* @errand may be gone afterwards. */
static void
cancel (Errand *errand)
{
  if (errand->trial != NULL)
    rd_account_trial_cancel (errand->trial);
  else
    g_cancellable_cancel (errand->cancellable);
}

static void
on_caller_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_debug ("%s has left the bus: what it wanted is let go", name);
  cancel (user_data);
}

static void
return_fault (GDBusMethodInvocation *invocation, RdFaultCode code, const char *where)
{
  g_autoptr (GError) error = rd_fault_new (code, NULL, 0, NULL, where);

  rd_dbus_error_return (invocation, error);
}

/* @errand is over. */
static void
answer (Errand *errand, GVariant *value)
{
  g_dbus_method_invocation_return_value (g_steal_pointer (&errand->invocation), value);
}

static void
answer_error (Errand *errand, const GError *error)
{
  g_autoptr (GError) cancelled = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    error = cancelled = rd_fault_new (RD_FAULT_WRONG_STATE, NULL, 0, NULL, "test");
  rd_dbus_error_return (g_steal_pointer (&errand->invocation), error);
}

/* (nullable): NULL: too much is going on, which the caller is told */
static Errand *
begin (RdSetupDesk *self, GDBusMethodInvocation *invocation)
{
  const char *sender = g_dbus_method_invocation_get_sender (invocation);
  Errand *errand;

  if (self->errands->len >= MAX_ERRANDS)
    {
      return_fault (invocation, RD_FAULT_TOO_LARGE, "set-up");
      return NULL;
    }
  errand = g_new0 (Errand, 1);
  errand->desk = g_object_ref (self);
  errand->invocation = invocation;
  errand->cancellable = g_cancellable_new ();
  if (sender != NULL)
    errand->watch
      = g_bus_watch_name_on_connection (g_dbus_method_invocation_get_connection (invocation), sender,
                                        G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_caller_vanished, errand, NULL);
  g_ptr_array_add (self->errands, errand);
  return errand;
}

static Errand *
begin_with_draft (RdSetupDesk *self, GDBusMethodInvocation *invocation, GVariant *settings)
{
  g_autoptr (RdAccountDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  Errand *errand;

  if (g_variant_get_size (settings) > MAX_SETTINGS)
    error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "settings");
  else
    draft = rd_account_draft_new (settings, &error);
  if (draft == NULL)
    {
      rd_dbus_error_return (invocation, error);
      return NULL;
    }
  errand = begin (self, invocation);
  if (errand != NULL)
    errand->draft = g_steal_pointer (&draft);
  return errand;
}

/* What a site says of itself */

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = rd_discovery_look_finish (result, &error);

  if (settings != NULL)
    answer (errand, g_variant_new ("(@a{sv})", settings));
  else if (g_error_matches (error, RD_FAULT, RD_FAULT_NOT_FOUND))
    answer (errand, g_variant_new ("(a{sv})", NULL));
  else
    answer_error (errand, error);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (RdProfile) profile = rd_discovery_fetch_finish (result, &text, &error);
  g_autofree char *data = NULL;
  RdProfile *known;
  GVariantDict dict;

  if (profile == NULL)
    {
      answer_error (errand, error);
      return;
    }
  known = rd_profiles_lookup (errand->desk->profiles, rd_profile_get_id (profile));
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "profile", "s", rd_profile_get_id (profile));
  g_variant_dict_insert_value (&dict, "profile-entry", rd_profile_entry_new (known != NULL ? known : profile));
  if (known == NULL)
    {
      data = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
      g_variant_dict_insert (&dict, "profile-data", "s", data);
    }
  answer (errand, g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)));
}

/* Testing */

static void
on_tested (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = NULL;
  g_autoptr (GVariant) steps = rd_account_trial_run_finish (RD_ACCOUNT_TRIAL (source), result, &ticket, &error);

  if (steps != NULL)
    answer (errand, g_variant_new ("(@aa{sv}s)", steps, ticket));
  else
    answer_error (errand, error);
}

static void
cancel_test_of (RdSetupDesk *self, const char *sender)
{
  for (guint i = 0; i < self->errands->len; i++)
    {
      Errand *errand = self->errands->pdata[i];

      if (errand->trial != NULL && errand->invocation != NULL
          && g_strcmp0 (g_dbus_method_invocation_get_sender (errand->invocation), sender) == 0)
        {
          cancel (errand);
          return;
        }
    }
}

/* Adding */

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_lines_add_finish (RD_LINES (source), result, &error);

  if (id == NULL)
    {
      answer_error (errand, error);
      return;
    }
  if (errand->draft->ticket != NULL)
    rd_tickets_drop (errand->desk->tickets, errand->draft->ticket);
  answer (errand, g_variant_new ("(s)", id));
}

static void
add_line (Errand *errand)
{
  rd_lines_add_async (errand->desk->lines, errand->draft->settings, errand->draft->tokens, on_added, errand);
}

static void
on_profile_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_profiles_add_finish (RD_PROFILES (source), result, &error) != NULL)
    add_line (g_steal_pointer (&errand));
  else
    answer_error (errand, error);
}

/* Nothing is kept before nothing can be refused any more. */
static void
keep (Errand *errand)
{
  g_autoptr (Errand) owned = errand;
  const RdAccountDraft *draft = errand->draft;
  g_autoptr (GError) error = NULL;

  if (!rd_lines_check (errand->desk->lines, draft->settings, draft->profile, &error))
    answer_error (errand, error);
  else if (draft->profile_text != NULL)
    rd_profiles_add_async (errand->desk->profiles, draft->profile_text, -1, on_profile_kept,
                           g_steal_pointer (&owned));
  else
    add_line (g_steal_pointer (&owned));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_account_draft_sign_in_finish (result, &error))
    keep (g_steal_pointer (&errand));
  else
    answer_error (errand, error);
}

static void
on_profile_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (Errand) owned = errand;
  RdAccountDraft *draft = errand->draft;
  RdSetupDesk *desk = errand->desk;
  g_autoptr (GError) error = NULL;

  if (!rd_account_draft_find_profile_finish (result, &error)
      || !rd_lines_check (desk->lines, draft->settings, draft->profile, &error))
    {
      answer_error (errand, error);
      return;
    }
  errand->site
    = rd_site_new (draft->profile, desk->session, draft->settings->site, draft->settings->insecure, &error);
  if (errand->site == NULL)
    answer_error (errand, error);
  else
    rd_account_draft_sign_in_async (draft, errand->site, desk->tickets, errand->cancellable, on_signed_in,
                                    g_steal_pointer (&owned));
}

/*
 * GObject
 */
static void
rd_setup_desk_finalize (GObject *object)
{
  RdSetupDesk *self = RD_SETUP_DESK (object);

  g_clear_pointer (&self->errands, g_ptr_array_unref);
  g_clear_object (&self->profiles);
  g_clear_object (&self->lines);
  g_clear_object (&self->session);
  g_clear_object (&self->tickets);

  G_OBJECT_CLASS (rd_setup_desk_parent_class)->finalize (object);
}

static void
rd_setup_desk_class_init (RdSetupDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_setup_desk_finalize;
}

static void
rd_setup_desk_init (RdSetupDesk *self)
{
  self->tickets = rd_tickets_new ();
  self->errands = g_ptr_array_new ();
}

RdSetupDesk *
rd_setup_desk_new (RdProfiles *profiles, RdLines *lines, SoupSession *session)
{
  RdSetupDesk *self;

  g_return_val_if_fail (RD_IS_PROFILES (profiles), NULL);
  g_return_val_if_fail (RD_IS_LINES (lines), NULL);
  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);

  self = g_object_new (RD_TYPE_SETUP_DESK, NULL);
  self->profiles = g_object_ref (profiles);
  self->lines = g_object_ref (lines);
  self->session = g_object_ref (session);
  return self;
}

void
rd_setup_desk_discover (RdSetupDesk *self, GDBusMethodInvocation *invocation, const char *address)
{
  Errand *errand;

  g_return_if_fail (RD_IS_SETUP_DESK (self));
  g_return_if_fail (address != NULL);

  if (strlen (address) > MAX_ADDRESS)
    {
      return_fault (invocation, RD_FAULT_BAD_INPUT, "site");
      return;
    }
  errand = begin (self, invocation);
  if (errand != NULL)
    rd_discovery_look_async (self->session, address, errand->cancellable, on_discovered, errand);
}

void
rd_setup_desk_read (RdSetupDesk *self, GDBusMethodInvocation *invocation, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = NULL;

  g_return_if_fail (RD_IS_SETUP_DESK (self));
  g_return_if_fail (text != NULL);

  settings = rd_setup_read (text, -1, &error);
  if (settings != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@a{sv})", settings));
  else
    rd_dbus_error_return (invocation, error);
}

void
rd_setup_desk_fetch (RdSetupDesk *self, GDBusMethodInvocation *invocation, const char *site, const char *url)
{
  Errand *errand;

  g_return_if_fail (RD_IS_SETUP_DESK (self));
  g_return_if_fail (site != NULL && url != NULL);

  if (strlen (site) > MAX_ADDRESS || strlen (url) > MAX_ADDRESS)
    {
      return_fault (invocation, RD_FAULT_BAD_INPUT, "profile-url");
      return;
    }
  errand = begin (self, invocation);
  if (errand != NULL)
    rd_discovery_fetch_async (self->session, site, url, errand->cancellable, on_fetched, errand);
}

void
rd_setup_desk_test (RdSetupDesk *self, GDBusMethodInvocation *invocation, GVariant *settings)
{
  Errand *errand;

  g_return_if_fail (RD_IS_SETUP_DESK (self));
  g_return_if_fail (settings != NULL);

  cancel_test_of (self, g_dbus_method_invocation_get_sender (invocation));
  errand = begin_with_draft (self, invocation, settings);
  if (errand == NULL)
    return;
  errand->trial = rd_account_trial_new (g_steal_pointer (&errand->draft), self->profiles, self->session, self->tickets);
  rd_account_trial_run_async (errand->trial, on_tested, errand);
}

void
rd_setup_desk_add (RdSetupDesk *self, GDBusMethodInvocation *invocation, GVariant *settings)
{
  Errand *errand;

  g_return_if_fail (RD_IS_SETUP_DESK (self));
  g_return_if_fail (settings != NULL);

  errand = begin_with_draft (self, invocation, settings);
  if (errand != NULL)
    rd_account_draft_find_profile_async (errand->draft, self->profiles, self->session, errand->cancellable,
                                         on_profile_found, errand);
}
