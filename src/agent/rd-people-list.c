/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-people-private.h"

#include "rd-match.h"

/* The list of people, asked from the site while somebody looks. Who asks again within the minute gets what is known. */

#define MAX_PAGES 20
#define PAGE 100
#define REFRESH_MS 60000
/* So long after somebody asked he may still be looking. */
#define LOOK_MS 120000

typedef struct
{
  char *search; /* prepared */
  guint offset;
  guint limit;
  gboolean more;
} Listing;

static void
free_listing (gpointer data)
{
  g_free (((Listing *) data)->search);
  g_free (data);
}

static gboolean
uses (RdPeople *self, const char *variable)
{
  return rd_action_uses (rd_profile_get_action (rd_site_get_profile (self->site), "people"), variable);
}

static void
serve (RdPeople *self, GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint n = rd_roster_list (self->roster, listing->search, listing->offset, listing->limit, &builder);

  listing->more = n > listing->offset && n - listing->offset > listing->limit;
  g_task_return_pointer (task, g_variant_ref_sink (g_variant_builder_end (&builder)), (GDestroyNotify) g_variant_unref);
}

/* @error: (nullable): what is known must do if there is any */
static void
serve_all (RdPeople *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  while ((task = g_queue_pop_head (&self->listings)) != NULL)
    {
      if (error != NULL && self->asked_at == 0 && self->online == 0)
        g_task_return_error (task, g_error_copy (error));
      else
        serve (self, task);
      g_clear_object (&task);
    }
}

static RdVars *
new_page_vars (RdPeople *self)
{
  RdVars *vars = rd_vars_new ();
  guint said = rd_action_get_page_size (rd_profile_get_action (rd_site_get_profile (self->site), "people"));
  guint size = said > 0 ? said : PAGE;
  g_autofree char *number = g_strdup_printf ("%u", self->page);
  g_autofree char *offset = g_strdup_printf ("%u", (self->page - 1) * size);
  g_autofree char *limit = g_strdup_printf ("%u", size);

  rd_vars_set (vars, "page", number);
  rd_vars_set (vars, "offset", offset);
  rd_vars_set (vars, "limit", limit);
  rd_vars_set (vars, "search", "");
  return vars;
}

static void
complete (RdPeople *self, const GError *error)
{
  self->asking = FALSE;
  if (error == NULL)
    self->asked_at = rd_clock_get_real_time (self->clock);
  else
    g_debug ("%s: who is there: %s", self->account, error->message);
  serve_all (self, error);
  rd_people_beat (self);
}

static void
take_page (RdPeople *self, const RdPage *page, gboolean last)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < page->items->len; i++)
    {
      const RdEvent *item = page->items->pdata[i];
      const RdPerson *person;

      /* What is listed of our user is older than what he has chosen. */
      if (self->outdated && self->own_id != NULL && g_strcmp0 (item->person_id, self->own_id) == 0)
        continue;
      person = rd_roster_learn (self->roster, item);
      if (person != NULL)
        g_ptr_array_add (changed, g_strdup (person->id));
    }
  if (last)
    rd_roster_end_list (self->roster, changed);
  rd_people_emit_changes (self, changed);
}

static void
on_page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdPeople) self = RD_PEOPLE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);
  gboolean last;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (page == NULL)
    {
      complete (self, error);
      return;
    }
  last = !page->more || page->items->len == 0 || self->page >= MAX_PAGES ||
         (!uses (self, "page") && !uses (self, "offset"));
  take_page (self, page, last);
  if (last)
    complete (self, NULL);
  else
    rd_people_ask_page (self);
}

static gboolean
on_refresh_timeout (gpointer user_data)
{
  RdPeople *self = RD_PEOPLE (user_data);

  self->refresh = 0;
  if (rd_clock_get_real_time (self->clock) - self->looked_at > LOOK_MS * RD_PEOPLE_MS)
    return G_SOURCE_REMOVE;
  rd_people_ask (self);
  self->refresh = rd_clock_add_timeout (self->clock, REFRESH_MS, on_refresh_timeout, self);
  return G_SOURCE_REMOVE;
}

gboolean
rd_people_can_ask (RdPeople *self)
{
  const RdAction *action = rd_profile_get_action (rd_site_get_profile (self->site), "people");

  return action != NULL && rd_action_lists (action, RD_EVENT_PERSON);
}

void
rd_people_ask (RdPeople *self)
{
  if (self->asking || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->asking = TRUE;
  self->outdated = FALSE;
  self->page = 0;
  rd_roster_begin_list (self->roster);
  rd_people_ask_page (self);
}

void
rd_people_ask_page (RdPeople *self)
{
  g_autoptr (RdVars) vars = NULL;

  self->page++;
  vars = new_page_vars (self);
  rd_site_list_async (self->site, "people", RD_EVENT_PERSON, vars, self->cancellable, on_page_ready,
                      g_object_ref (self));
}

void
rd_people_pause (RdPeople *self)
{
  g_return_if_fail (RD_IS_PEOPLE (self));

  if (self->refresh != 0)
    rd_clock_remove_timeout (self->clock, self->refresh);
  self->refresh = 0;
}

void
rd_people_stop_listing (RdPeople *self)
{
  g_autoptr (GError) error = rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "account");
  g_autoptr (GTask) task = NULL;

  rd_people_pause (self);
  while ((task = g_queue_pop_head (&self->listings)) != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      g_clear_object (&task);
    }
}

void
rd_people_catch_up (RdPeople *self)
{
  g_return_if_fail (RD_IS_PEOPLE (self));

  /* Without anybody who looks, only what our user's own status is has to be known, once. */
  if (rd_people_can_ask (self) && (self->asked_at == 0 || self->refresh != 0))
    rd_people_ask (self);
}

void
rd_people_list_async (RdPeople            *self,
                      const char          *search,
                      guint                offset,
                      guint                limit,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  gint64 now;
  Listing *listing;

  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (search != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_people_list_async);
  listing = g_new0 (Listing, 1);
  listing->search = rd_match_prepare (search);
  listing->offset = offset;
  listing->limit = CLAMP (limit, 1, 200);
  g_task_set_task_data (task, listing, free_listing);
  if (!rd_people_can_ask (self) || g_cancellable_is_cancelled (self->cancellable))
    {
      serve (self, task);
      return;
    }
  now = rd_clock_get_real_time (self->clock);
  self->looked_at = now;
  if (self->refresh == 0)
    self->refresh = rd_clock_add_timeout (self->clock, REFRESH_MS, on_refresh_timeout, self);
  if (self->asked_at != 0 && now - self->asked_at < REFRESH_MS * RD_PEOPLE_MS)
    serve (self, task);
  else
    {
      g_queue_push_tail (&self->listings, g_steal_pointer (&task));
      rd_people_ask (self);
    }
}

GVariant *
rd_people_list_finish (RdPeople *self, GAsyncResult *result, gboolean *more, GError **error)
{
  const Listing *listing;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  listing = g_task_get_task_data (G_TASK (result));
  if (more != NULL)
    *more = listing->more;
  return g_task_propagate_pointer (G_TASK (result), error);
}
