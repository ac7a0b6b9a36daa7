/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-introduction.h"

#include "rd-fault.h"

/* Who are we, and what do we follow? Asked once, before the channels are joined, and only where the account's settings
 * do not say it already. */

typedef struct
{
  RdIntroduction *answer;
  gboolean invoices;
} Ask;

static void
ask_free (Ask *self)
{
  g_clear_pointer (&self->answer, rd_introduction_free);
  g_free (self);
}

static void
finish (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&ask->answer), (GDestroyNotify) rd_introduction_free);
}

static void
on_invoices_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  RdSite *site = RD_SITE (source);
  g_autoptr (JsonNode) body = NULL;

  body = rd_site_act_finish (site, result, &ask->answer->invoices_error);
  if (body != NULL)
    ask->answer->invoices
      = rd_action_dup_list (rd_profile_get_action (rd_site_get_profile (site), "invoices"), body, "invoice.id");
  finish (task);
}

static void
ask_invoices (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);
  RdSite *site = g_task_get_source_object (task);
  g_autoptr (RdVars) vars = NULL;

  if (!ask->invoices || !rd_site_can (site, "invoices"))
    {
      finish (task);
      return;
    }
  vars = rd_vars_new ();
  if (ask->answer->user_id != NULL)
    rd_vars_set (vars, "user.id", ask->answer->user_id);
  rd_site_act_async (site, "invoices", vars, g_task_get_cancellable (task), on_invoices_ready, g_object_ref (task));
}

static void
on_user_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  RdSite *site = RD_SITE (source);
  const RdAction *action = rd_profile_get_action (rd_site_get_profile (site), "user");
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;

  body = rd_site_act_finish (site, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (body != NULL)
    {
      ask->answer->user_id = rd_action_dup_value (action, body, "id");
      ask->answer->user_name = rd_action_dup_value (action, body, "name");
    }
  if (ask->answer->user_id == NULL || *ask->answer->user_id == '\0')
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_REPLY, rd_site_get_host (site), 0, NULL, "user"));
      return;
    }
  ask_invoices (task);
}

void
rd_introduction_free (RdIntroduction *self)
{
  if (self == NULL)
    return;
  g_free (self->user_id);
  g_free (self->user_name);
  g_strfreev (self->invoices);
  g_clear_error (&self->invoices_error);
  g_free (self);
}

void
rd_introduction_ask_async (RdSite              *site,
                           gboolean             user,
                           gboolean             invoices,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Ask *ask;

  g_return_if_fail (RD_IS_SITE (site));

  task = g_task_new (site, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_introduction_ask_async);
  ask = g_new0 (Ask, 1);
  ask->answer = g_new0 (RdIntroduction, 1);
  ask->invoices = invoices;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);

  if (user && rd_site_can (site, "user"))
    rd_site_act_async (site, "user", NULL, cancellable, on_user_ready, g_object_ref (task));
  else
    ask_invoices (task);
}

RdIntroduction *
rd_introduction_ask_finish (RdSite *site, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, site), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
