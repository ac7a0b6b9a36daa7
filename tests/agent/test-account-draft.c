/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-account-draft.h"
#include "rd-fault.h"
#include "rd-test.h"

/* What a bus client may give for a new account, and what a test of one leaves behind. */

#define CRM "'site': <'https://crm.example.org'>, 'profile': <'crm'>, 'key': <'k'>, 'cluster': <'eu'>"

static RdAccountDraft *
make (const char *text, GError **error)
{
  g_autoptr (GVariant) settings = g_variant_ref_sink (g_variant_new_parsed (text));

  return rd_account_draft_new (settings, error);
}

static void
refuse (const char *text, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountDraft) draft = make (text, &error);

  g_assert_null (draft);
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, where);
}

static void
test_credentials (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountDraft) none = make ("{" CRM "}", &error);
  g_autoptr (RdAccountDraft) empty = NULL, password = NULL, token = NULL, ticket = NULL;

  g_assert_no_error (error);
  g_assert_false (rd_account_draft_has_credentials (none));
  empty = make ("{" CRM ", 'token': <''>, 'login': <''>, 'password': <''>, 'ticket': <''>}", &error);
  g_assert_no_error (error);
  g_assert_false (rd_account_draft_has_credentials (empty));
  password = make ("{" CRM ", 'login': <'ada'>, 'password': <'secret'>}", &error);
  g_assert_no_error (error);
  g_assert_true (rd_account_draft_has_credentials (password));
  token = make ("{" CRM ", 'token': <'abc'>, 'refresh-token': <'def'>}", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token->tokens->refresh_token, ==, "def");
  g_assert_true (rd_account_draft_has_credentials (token));
  ticket = make ("{" CRM ", 'ticket': <'t'>}", &error);
  g_assert_no_error (error);
  g_assert_true (rd_account_draft_has_credentials (ticket));
}

static void
test_refused (void)
{
  refuse ("{" CRM ", 'login': <'ada'>}", "password");
  refuse ("{" CRM ", 'password': <'secret'>}", "login");
  refuse ("{" CRM ", 'password': <7>}", "password");
  refuse ("{" CRM ", 'token': <'line\nbreak'>}", "token");
  refuse ("{" CRM ", 'refresh-token': <@as []>}", "refresh-token");
  refuse ("{" CRM ", 'profile-data': <1>}", "profile-data");
  refuse ("{'site': <'https://crm.example.org'>}", "profile");
  refuse ("{" CRM ", 'surprise': <1>}", "surprise");
}

/* The profile at an address says itself what it is called. */
static void
test_profile_url (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountDraft) draft
    = make ("{'site': <'https://crm.example.org'>, 'profile-url': <'https://crm.example.org/p.json'>}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (draft->profile_url, ==, "https://crm.example.org/p.json");
  g_assert_null (draft->profile);
}

static char *
put (RdTickets *tickets, const char *site, const char *user)
{
  g_autoptr (RdTokens) tokens = rd_tokens_new ("access", "refresh");
  const RdTicket ticket = { .site = (char *) site, .profile = (char *) "crm", .user_id = (char *) user,
                            .tokens = tokens };

  return rd_tickets_put (tickets, &ticket);
}

static gboolean
is_good (RdTickets *tickets, const char *name, const char *site, const char *profile)
{
  g_autoptr (GError) error = NULL;
  const RdTicket *ticket = rd_tickets_find (tickets, name, site, profile, &error);

  if (ticket == NULL)
    g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  else
    g_assert_cmpstr (ticket->tokens->refresh_token, ==, "refresh");
  return ticket != NULL;
}

static void
test_tickets (void)
{
  g_autoptr (RdTickets) tickets = rd_tickets_new ();
  g_autofree char *first = put (tickets, "https://a", "7");

  g_assert_true (is_good (tickets, first, "https://a", "crm"));
  /* Nobody's tokens go to another site, or to this one as another kind. */
  g_assert_false (is_good (tickets, first, "https://b", "crm"));
  g_assert_false (is_good (tickets, first, "https://a", "team"));
  g_assert_false (is_good (tickets, "", "https://a", "crm"));
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *name = put (tickets, "https://a", NULL);

      g_assert_cmpstr (name, !=, first);
      g_assert_true (is_good (tickets, name, "https://a", "crm"));
      if (i == 7)
        {
          rd_tickets_drop (tickets, name);
          g_assert_false (is_good (tickets, name, "https://a", "crm"));
        }
    }
  /* A bounded number: the oldest went. */
  g_assert_false (is_good (tickets, first, "https://a", "crm"));
  g_assert_finalize_object (g_steal_pointer (&tickets));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/account-draft/credentials", test_credentials);
  g_test_add_func ("/agent/account-draft/refused", test_refused);
  g_test_add_func ("/agent/account-draft/profile-url", test_profile_url);
  g_test_add_func ("/agent/account-draft/tickets", test_tickets);
  return g_test_run ();
}
