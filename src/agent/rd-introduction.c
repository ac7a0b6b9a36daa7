/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-introduction.h"

#include "rd-fault.h"

/* Who are we, and what do we follow? Asked before the channels are joined, one question after the other, and only where
 * the account's settings do not say it already. */

/* A site whose pages are smaller than this has more pages than are worth it. */
#define MAX_PAGES 10

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
  guint page; /* of that */
  GPtrArray *values;
} Ask;

static void
ask_free (Ask *self)
{
  g_clear_pointer (&self->answer, rd_introduction_free);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_ptr_array_unref (self->values);
  g_free (self);
}

static void
finish (GTask *task)
{
  Ask *ask = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&ask->answer), (GDestroyNotify) rd_introduction_free);
}

static gboolean
has_value (const Ask *ask, const char *value)
{
  return g_ptr_array_find_with_equal_func (ask->values, value, g_str_equal, NULL);
}

/* The newest come first. TRUE: there was something new, and there is room for more of it. */
static gboolean
take_page (Ask *ask, char **values)
{
  guint before = ask->values->len;

  for (guint i = 0; values[i] != NULL && ask->values->len < RD_INTRODUCTION_MAX; i++)
    if (!has_value (ask, values[i]))
      g_ptr_array_add (ask->values, g_strdup (values[i]));
  return ask->values->len > before && ask->values->len < RD_INTRODUCTION_MAX;
}

static void
end_list (Ask *ask)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  for (guint i = 0; i < ask->values->len; i++)
    g_strv_builder_add (builder, ask->values->pdata[i]);
  values = g_strv_builder_end (builder);
  if (values[0] != NULL)
    rd_vars_set_list (ask->answer->lists, lists[ask->next].variable, (const char * const *) values);
  g_ptr_array_set_size (ask->values, 0);
  ask->page = 0;
  ask->next++;
}

static gboolean
is_wanted (RdSite *site, Ask *ask, guint i)
{
  return rd_vars_get (ask->vars, lists[i].variable) == NULL
         && rd_profile_joins_with (rd_site_get_profile (site), lists[i].variable)
         && rd_site_can (site, lists[i].action);
}

static RdVars *
new_page_vars (const Ask *ask)
{
  RdVars *vars = rd_vars_copy (ask->answer->lists);
  g_autofree char *page = g_strdup_printf ("%u", ask->page + 1);
  g_autofree char *offset = g_strdup_printf ("%u", ask->values->len);

  rd_vars_set (vars, "page", page);
  rd_vars_set (vars, "offset", offset);
  rd_vars_set (vars, "limit", G_STRINGIFY (RD_INTRODUCTION_MAX));
  if (ask->answer->user_id != NULL)
    rd_vars_set (vars, "user.id", ask->answer->user_id);
  return vars;
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
  extra = new_page_vars (ask);
  rd_site_act_async (site, lists[ask->next].action, extra, g_task_get_cancellable (task), callback,
                     g_object_ref (task));
}

/* One that does not say whether it goes on is asked no further. */
static gboolean
goes_on (const Ask *ask, const RdAction *action, JsonNode *body)
{
  return ask->page < MAX_PAGES && (rd_action_uses (action, "page") || rd_action_uses (action, "offset"))
         && rd_action_has_more (action, body) == RD_EVENT_YES;
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
  ask->page++;
  if (body != NULL)
    values = rd_action_dup_list (action, body, lists[ask->next].variable);
  if (body == NULL || !take_page (ask, values) || !goes_on (ask, action, body))
    end_list (ask);
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
  ask->values = g_ptr_array_new_with_free_func (g_free);
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
