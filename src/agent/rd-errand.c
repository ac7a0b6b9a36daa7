/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-errand.h"

/* One that is under way, for what is said if it fails. */
typedef struct
{
  RdNotices *notices;
  char *account;
  char *call; /* (nullable) */
} Errand;

static Errand *
errand_new (RdNotices *notices, const char *account, const char *call)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->notices = g_object_ref (notices);
  errand->account = g_strdup (account);
  errand->call = g_strdup (call);
  return errand;
}

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->notices);
  g_free (errand->account);
  g_free (errand->call);
  g_free (errand);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
on_call_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;

  if (!rd_operator_call_finish (RD_OPERATOR (source), result, &error))
    rd_notices_say (errand->notices, "error", errand->account, errand->call, error);
}

static void
on_placed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Errand) errand = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_operator_place_finish (RD_OPERATOR (source), result, &error);

  if (id == NULL)
    rd_notices_say (errand->notices, "error", errand->account, errand->call, error);
}

static Errand *
errand_new_for_call (RdNotices *notices, RdCall *call)
{
  return errand_new (notices, rd_call_get_account (call), rd_call_get_id (call));
}

void
rd_errand_answer (RdOperator *operator, RdNotices *notices, RdCall *call, const char *token)
{
  g_return_if_fail (RD_IS_OPERATOR (operator) && RD_IS_NOTICES (notices) && RD_IS_CALL (call));

  rd_operator_answer_async (operator, call, token, on_call_done, errand_new_for_call (notices, call));
}

void
rd_errand_decline (RdOperator *operator, RdNotices *notices, RdCall *call, const char *message)
{
  g_return_if_fail (RD_IS_OPERATOR (operator) && RD_IS_NOTICES (notices) && RD_IS_CALL (call));

  rd_operator_decline_async (operator, call, message, on_call_done, errand_new_for_call (notices, call));
}

void
rd_errand_hang_up (RdOperator *operator, RdNotices *notices, RdCall *call)
{
  g_return_if_fail (RD_IS_OPERATOR (operator) && RD_IS_NOTICES (notices) && RD_IS_CALL (call));

  rd_operator_hang_up_async (operator, call, on_call_done, errand_new_for_call (notices, call));
}

void
rd_errand_place (RdOperator *operator, RdNotices *notices, const char *account, const char *whom, gboolean audio,
                 const char *about)
{
  g_return_if_fail (RD_IS_OPERATOR (operator) && RD_IS_NOTICES (notices));
  g_return_if_fail (account != NULL && whom != NULL);

  rd_operator_place_async (operator, account, whom, audio, on_placed, errand_new (notices, account, about));
}
