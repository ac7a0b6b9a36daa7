/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

#include "rd-match.h"

/* The list of conversations, as far as somebody scrolls. Whoever wants more of it than is known waits; one page after
 * the other is got as long as somebody does. Where the site searches itself, a search goes its own way. */

/* Pages got for one search in what is known. */
#define MAX_SEARCH_PAGES 40

typedef struct
{
  char *search; /* prepared */
  guint offset;
  guint limit;
  guint pages;  /* how many were got for it */

  /* of a search by the site */
  char *asked;
  guint page;
  guint skip;
  GPtrArray *ids;
} Listing;

typedef struct
{
  GVariant *entries;
  gboolean more;
} Answer;

static void
free_listing (gpointer data)
{
  Listing *listing = data;

  g_free (listing->search);
  g_free (listing->asked);
  g_clear_pointer (&listing->ids, g_ptr_array_unref);
  g_free (listing);
}

gboolean
rd_mailbox_can_list (RdMailbox *self)
{
  const RdAction *action = rd_profile_get_action (rd_site_get_profile (self->site), RD_MAILBOX_LIST);

  return action != NULL && rd_action_lists (action, RD_EVENT_CONVERSATION);
}

static guint
get_page_size (RdMailbox *self, const char *action)
{
  guint size = rd_action_get_page_size (rd_profile_get_action (rd_site_get_profile (self->site), action));

  return size > 0 ? size : RD_MAILBOX_PAGE;
}

RdVars *
rd_mailbox_new_page_vars (RdMailbox *self, const char *action, const char *search, guint page)
{
  RdVars *vars = rd_vars_new ();
  guint size = get_page_size (self, action);
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *limit = g_strdup_printf ("%u", size);
  g_autofree char *offset = g_strdup_printf ("%u", (page - 1) * size);

  rd_vars_set (vars, "page", number);
  rd_vars_set (vars, "limit", limit);
  rd_vars_set (vars, "offset", offset);
  rd_vars_set (vars, "search", search);
  rd_vars_set (vars, "status", "");
  return vars;
}

static gboolean
has_pages (RdMailbox *self)
{
  return rd_mailbox_uses (self, RD_MAILBOX_LIST, "page") || rd_mailbox_uses (self, RD_MAILBOX_LIST, "offset");
}

int
rd_mailbox_compare_times (gconstpointer a, gconstpointer b)
{
  const RdEvent *one = *(const RdEvent * const *) a;
  const RdEvent *other = *(const RdEvent * const *) b;

  return (one->at > other->at) - (one->at < other->at);
}

RdConversation *
rd_mailbox_keep_conversation (RdMailbox *self, const RdEvent *event, gboolean *changed)
{
  RdConversation *conversation = rd_conversations_ensure (self->conversations, event, self->own_id);
  gint64 latest = rd_clock_get_real_time (self->clock) + G_TIME_SPAN_DAY;

  *changed = conversation != NULL
             && rd_conversations_learn (self->conversations, conversation, event, self->own_id, latest);
  return conversation;
}

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  g_variant_unref (answer->entries);
  g_free (answer);
}

void
rd_mailbox_return_entries (GTask *task, GVariant *entries, gboolean more)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->entries = g_variant_ref_sink (entries);
  answer->more = more;
  g_task_return_pointer (task, answer, free_answer);
}

/* Whether enough of the site's list is known. What the line brought besides does not count: between two of those may
 * stand what no page has told yet. */
static gboolean
is_enough (RdMailbox *self, const Listing *listing, guint n)
{
  guint wanted = listing->offset + listing->limit;

  if (self->complete)
    return TRUE;
  if (n < wanted || self->pages == 0)
    return FALSE;
  return *listing->search != '\0' || self->pages * get_page_size (self, RD_MAILBOX_LIST) >= wanted;
}

/* TRUE: @task has got what it wants, as far as there is such a thing. @anyway: whatever there is must do. */
static gboolean
serve (RdMailbox *self, GTask *task, gboolean anyway)
{
  const Listing *listing = g_task_get_task_data (task);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint n = rd_conversations_list (self->conversations, listing->search, listing->offset, listing->limit, &builder);

  if (!anyway && !is_enough (self, listing, n))
    return FALSE;
  rd_mailbox_return_entries (task, g_variant_builder_end (&builder),
                             !self->complete || n > listing->offset + listing->limit);
  return TRUE;
}

static void
serve_all (RdMailbox *self)
{
  /* Whoever is served may ask for more at once: not in this round. */
  for (guint n = self->listings.length; n > 0 && self->listings.length > 0; n--)
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->listings);
      Listing *listing = g_task_get_task_data (task);

      if (!serve (self, task, ++listing->pages > MAX_SEARCH_PAGES))
        g_queue_push_tail (&self->listings, g_steal_pointer (&task));
    }
}

/* What is known is better than nothing; who wants more hears why there is none. */
static void
fail_all (RdMailbox *self, const GError *error)
{
  g_autoptr (GTask) task = NULL;

  while ((task = g_queue_pop_head (&self->listings)) != NULL)
    {
      const Listing *listing = g_task_get_task_data (task);

      if (rd_conversations_list (self->conversations, listing->search, 0, 0, NULL) > listing->offset)
        serve (self, task, TRUE);
      else
        g_task_return_error (task, g_error_copy (error));
      g_clear_object (&task);
    }
}

/* There are sites that give all there is, whichever page is asked for. */
static gboolean
is_page_again (RdMailbox *self, const RdPage *page)
{
  const char *start = page->items->len > 0 ? ((const RdEvent *) page->items->pdata[0])->key : NULL;
  gboolean again = self->pages > 0 && start != NULL && g_strcmp0 (start, self->page_start) == 0;

  g_free (self->page_start);
  self->page_start = g_strdup (start);
  return again;
}

static void
keep_page (RdMailbox *self, const RdPage *page)
{
  gboolean changed;

  for (guint i = 0; i < page->items->len; i++)
    rd_mailbox_keep_conversation (self, page->items->pdata[i], &changed);
  rd_mailbox_sum_unread (self);
}

static void
on_page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdMailbox) self = RD_MAILBOX (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);

  self->listing = FALSE;
  if (page == NULL)
    {
      fail_all (self, error);
      return;
    }
  keep_page (self, page);
  if (!self->outdated)
    {
      gboolean again = is_page_again (self, page);

      self->pages++;
      self->complete = !page->more || page->items->len == 0 || !has_pages (self) || again
                       || rd_conversations_get_size (self->conversations) >= RD_MAILBOX_MAX_CONVERSATIONS;
    }
  self->outdated = FALSE;
  serve_all (self);
  rd_mailbox_ask_page (self);
}

/* The site's own search */

static void
return_found (RdMailbox *self, GTask *task, gboolean more)
{
  const Listing *listing = g_task_get_task_data (task);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint n = MIN (listing->ids->len, listing->limit);

  for (guint i = 0; i < n; i++)
    {
      const RdConversation *conversation = rd_conversations_lookup (self->conversations, listing->ids->pdata[i]);

      if (conversation != NULL)
        g_variant_builder_add_value (&builder, rd_conversation_to_variant (conversation));
    }
  rd_mailbox_return_entries (task, g_variant_builder_end (&builder), more || listing->ids->len > listing->limit);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdMailbox *self = g_task_get_source_object (task);
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);
  gboolean more, changed;

  if (page == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < page->items->len; i++)
    {
      const RdConversation *found = rd_mailbox_keep_conversation (self, page->items->pdata[i], &changed);

      if (found != NULL && i >= listing->skip)
        g_ptr_array_add (listing->ids, g_strdup (found->id));
    }
  more = page->more && page->items->len > 0 && has_pages (self);
  listing->skip = 0;
  listing->page++;
  if (more && listing->ids->len < listing->limit && ++listing->pages < MAX_SEARCH_PAGES)
    rd_mailbox_ask_search (self, g_steal_pointer (&task));
  else
    return_found (self, task, more);
}

static void
begin_search (RdMailbox *self, GTask *task, const char *search)
{
  Listing *listing = g_task_get_task_data (task);

  listing->asked = g_strdup (search);
  listing->ids = g_ptr_array_new_with_free_func (g_free);
  listing->page = 1;
  listing->skip = listing->offset;
  if (has_pages (self))
    {
      listing->page += listing->offset / get_page_size (self, RD_MAILBOX_LIST);
      listing->skip = listing->offset % get_page_size (self, RD_MAILBOX_LIST);
    }
  rd_mailbox_ask_search (self, task);
}

void
rd_mailbox_ask_page (RdMailbox *self)
{
  g_autoptr (RdVars) vars = NULL;

  if (self->listing || g_queue_is_empty (&self->listings))
    return;
  self->listing = TRUE;
  vars = rd_mailbox_new_page_vars (self, RD_MAILBOX_LIST, "", self->pages + 1);
  rd_site_list_async (self->site, RD_MAILBOX_LIST, RD_EVENT_CONVERSATION, vars, self->cancellable, on_page_ready,
                      g_object_ref (self));
}

void
rd_mailbox_ask_search (RdMailbox *self, GTask *task)
{
  const Listing *listing = g_task_get_task_data (task);
  g_autoptr (RdVars) vars = rd_mailbox_new_page_vars (self, RD_MAILBOX_LIST, listing->asked, listing->page);

  rd_site_list_async (self->site, RD_MAILBOX_LIST, RD_EVENT_CONVERSATION, vars, self->cancellable, on_search_ready,
                      task);
}

void
rd_mailbox_forget_list (RdMailbox *self)
{
  self->outdated = self->listing;
  self->pages = 0;
  self->complete = FALSE;
}

void
rd_mailbox_stop_listing (RdMailbox *self)
{
  g_autoptr (GError) error = rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "account");
  g_autoptr (GTask) task = NULL;

  while ((task = g_queue_pop_head (&self->listings)) != NULL)
    {
      g_task_return_error (task, g_error_copy (error));
      g_clear_object (&task);
    }
}

void
rd_mailbox_list_conversations_async (RdMailbox           *self,
                                     const char          *search,
                                     guint                offset,
                                     guint                limit,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Listing *listing;

  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (search != NULL);

  task = rd_mailbox_new_task (self, callback, user_data, rd_mailbox_list_conversations_async);
  if (task == NULL)
    return;
  listing = g_new0 (Listing, 1);
  listing->search = rd_match_prepare (search);
  listing->offset = MIN (offset, RD_MAILBOX_MAX_CONVERSATIONS);
  listing->limit = CLAMP (limit, 1, 200);
  g_task_set_task_data (task, listing, free_listing);
  self->complete |= !rd_mailbox_can_list (self);
  if (*listing->search != '\0' && rd_mailbox_can_list (self) && rd_mailbox_uses (self, RD_MAILBOX_LIST, "search"))
    begin_search (self, g_steal_pointer (&task), search);
  else if (!serve (self, task, FALSE))
    {
      g_queue_push_tail (&self->listings, g_steal_pointer (&task));
      rd_mailbox_ask_page (self);
    }
}

GVariant *
rd_mailbox_list_finish (RdMailbox *self, GAsyncResult *result, gboolean *more, GError **error)
{
  Answer *answer;
  GVariant *entries;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;
  if (more != NULL)
    *more = answer->more;
  entries = g_variant_ref (answer->entries);
  free_answer (answer);
  return entries;
}
