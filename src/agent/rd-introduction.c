/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-introduction.h"

#include "rd-fault.h"

/* Who are we, and what do we follow? Asked before the channels are joined, one question after the other, and only where
 * the account's settings do not say it already. */

/* In the order of asking: what is listed first may be needed to list the next. */
static const struct
{
  const char *variable;
  const char *action;
} lists[] = {
  { "workspace.id", "workspaces" },
  { "invoice.id", "invoices" },
  { "conversation.id", "conversations" },
};

typedef struct
{
  RdIntroduction *answer;
  RdVars *vars;
  guint next; /* of lists */
} Ask;

static void
ask_free (Ask *self)
{
  g_clear_pointer (&self->answer, rd_introduction_free);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_free (self);
}

static void
finish (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&ask->answer), (GDestroyNotify) rd_introduction_free);
}

/* The newest come first. */
static void
take_list (Ask *ask, const char *variable, char **values)
{
  if (g_strv_length (values) > RD_INTRODUCTION_MAX)
    for (guint i = RD_INTRODUCTION_MAX; values[i] != NULL; i++)
      g_clear_pointer (&values[i], g_free);
  if (values[0] != NULL)
    rd_vars_set_list (ask->answer->lists, variable, (const char * const *) values);
}

static gboolean
is_wanted (RdSite *site, Ask *ask, guint i)
{
  return rd_vars_get (ask->vars, lists[i].variable) == NULL
         && rd_profile_joins_with (rd_site_get_profile (site), lists[i].variable)
         && rd_site_can (site, lists[i].action);
}

static void
ask_list (GTask *task, GAsyncReadyCallback callback)
{
  Ask *ask = g_task_get_task_data (task);
  RdSite *site = g_task_get_source_object (task);
  g_autoptr (RdVars) extra = NULL;

  while (ask->next < G_N_ELEMENTS (lists) && !is_wanted (site, ask, ask->next))
    ask->next++;
  if (ask->next == G_N_ELEMENTS (lists))
    {
      finish (task);
      return;
    }
  extra = rd_vars_copy (ask->answer->lists);
  rd_vars_set (extra, "page", "1");
  rd_vars_set (extra, "offset", "0");
  rd_vars_set (extra, "limit", G_STRINGIFY (RD_INTRODUCTION_MAX));
  if (ask->answer->user_id != NULL)
    rd_vars_set (extra, "user.id", ask->answer->user_id);
  rd_site_act_async (site, lists[ask->next].action, extra, g_task_get_cancellable (task), callback,
                     g_object_ref (task));
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  RdSite *site = RD_SITE (source);
  const RdAction *action = rd_profile_get_action (rd_site_get_profile (site), lists[ask->next].action);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) values = NULL;

  body = rd_site_act_finish (site, result, &error);
  if (error != NULL && ask->answer->lists_error == NULL)
    ask->answer->lists_error = g_steal_pointer (&error);
  if (body != NULL)
    {
      values = rd_action_dup_list (action, body, lists[ask->next].variable);
      take_list (ask, lists[ask->next].variable, values);
    }
  ask->next++;
  ask_list (task, on_list_ready);
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
  ask_list (task, on_list_ready);
}

void
rd_introduction_free (RdIntroduction *self)
{
  if (self == NULL)
    return;
  g_free (self->user_id);
  g_free (self->user_name);
  g_clear_pointer (&self->lists, rd_vars_unref);
  g_clear_error (&self->lists_error);
  g_free (self);
}

const char *
rd_introduction_get_action (const char *variable)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    if (strcmp (lists[i].variable, variable) == 0)
      return lists[i].action;
  return NULL;
}

void
rd_introduction_ask_async (RdSite              *site,
                           RdVars              *vars,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Ask *ask;

  g_return_if_fail (RD_IS_SITE (site));
  g_return_if_fail (vars != NULL);

  task = g_task_new (site, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_introduction_ask_async);
  ask = g_new0 (Ask, 1);
  ask->answer = g_new0 (RdIntroduction, 1);
  ask->answer->lists = rd_vars_new ();
  ask->vars = rd_vars_copy (vars);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);

  if (rd_vars_get (vars, "user.id") == NULL && rd_site_can (site, "user"))
    rd_site_act_async (site, "user", NULL, cancellable, on_user_ready, g_object_ref (task));
  else
    ask_list (task, on_list_ready);
}

RdIntroduction *
rd_introduction_ask_finish (RdSite *site, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, site), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
