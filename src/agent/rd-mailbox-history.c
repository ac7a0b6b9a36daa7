/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

/* What was said in one conversation, for somebody who looks at it: from what is at hand, else from the site, page by
 * page backwards. Sites page by number, by offset, by the oldest message that is known, by its time, or not at
 * all. */

#define MAX_PAGES 10
#define MS G_GINT64_CONSTANT (1000)

typedef struct
{
  char *conversation;
  char *before; /* "": the newest */
  guint limit;
  guint pages;  /* how many were got for it */
  gboolean newest; /* the page under way is the first */
  guint page;      /* how many pages were asked by number */
  guint gaps;      /* as many as there were when it was asked for */
} Look;

static void
free_look (gpointer data)
{
  Look *look = data;

  g_free (look->conversation);
  g_free (look->before);
  g_free (look);
}

static guint
get_page_size (RdMailbox *self)
{
  guint size = rd_action_get_page_size (rd_profile_get_action (rd_site_get_profile (self->site), "messages"));

  return size > 0 ? size : RD_MAILBOX_PAGE;
}

/* Behind the last message that is wanted; -1: the one before which they are wanted is not at hand. */
static int
find_end (const Look *look, RdStretch *stretch)
{
  if (*look->before != '\0')
    return rd_stretch_index (stretch, look->before);
  return stretch->loaded && stretch->newer == 0 ? (int) stretch->messages->len : -1;
}

/* TRUE: the look has got what it wants. @anyway: whatever there is must do. */
static gboolean
serve (RdMailbox *self, GTask *task, gboolean anyway)
{
  const Look *look = g_task_get_task_data (task);
  RdStretch *stretch = rd_messages_use (self->messages, look->conversation);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  int end = find_end (look, stretch);
  guint start;

  /* The newest may have been let go, whether or not the oldest are at hand. */
  if (end < 0 && !anyway && (*look->before == '\0' || !stretch->loaded || !stretch->whole))
    return FALSE;
  if (end < 0)
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "message"));
      return TRUE;
    }
  start = (guint) end > look->limit ? (guint) end - look->limit : 0;
  if ((guint) end < look->limit && !stretch->whole && !anyway)
    return FALSE;
  for (guint i = start; i < (guint) end; i++)
    g_variant_builder_add_value (&builder, rd_message_to_variant (stretch->messages->pdata[i], look->conversation));
  rd_mailbox_return_entries (task, g_variant_builder_end (&builder), start > 0 || !stretch->whole);
  return TRUE;
}

/* The oldest that the site knows; NULL: there is none at hand. */
static const RdMessage *
get_oldest (RdStretch *stretch)
{
  for (guint i = 0; i < stretch->messages->len; i++)
    if (((const RdMessage *) stretch->messages->pdata[i])->id != NULL)
      return stretch->messages->pdata[i];
  return NULL;
}

/* A time is told without its microseconds: the last message that is known comes along once more. */
static char *
format_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : NULL;

  return seconds != NULL ? g_strdup_printf ("%s.%03dZ", seconds, (int) (at % G_USEC_PER_SEC / MS)) : g_strdup ("");
}

static void
set_number (RdVars *vars, const char *name, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  rd_vars_set (vars, name, text);
}

static void
set_place (RdMailbox *self, Look *look, RdStretch *stretch, RdVars *vars)
{
  guint size = get_page_size (self);
  const RdMessage *oldest = look->newest ? NULL : get_oldest (stretch);
  g_autofree char *time = oldest != NULL ? format_time (oldest->at + MS) : NULL;
  guint passed = oldest != NULL ? rd_stretch_count (stretch) + stretch->newer : 0;

  rd_vars_set (vars, "before", oldest != NULL ? oldest->id : "");
  rd_vars_set (vars, "before-time", oldest != NULL ? time : "");
  set_number (vars, "limit", size);
  set_number (vars, "offset", passed);
  /* What came in since has pushed the rest on: a page may hold some that are known, and leaves none out. */
  look->page = MAX (look->page + 1, passed / size + 1);
  set_number (vars, "page", look->page);
}

static gboolean
has_pages (RdMailbox *self)
{
  static const char * const names[] = { "page", "offset", "before", "before-time" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (rd_mailbox_uses (self, "messages", names[i]))
      return TRUE;
  return FALSE;
}

/* There are sites that give all there is at once: of more than can be kept, those that follow what is at hand. */
static guint
bound_page (const Look *look, RdStretch *stretch, GPtrArray *items)
{
  const RdMessage *oldest = look->newest ? NULL : get_oldest (stretch);

  if (items->len <= RD_MAILBOX_MAX_MESSAGES)
    return 0;
  while (oldest != NULL && items->len > 0 && ((const RdEvent *) items->pdata[items->len - 1])->at > oldest->at)
    g_ptr_array_remove_index (items, items->len - 1);
  return items->len > RD_MAILBOX_MAX_MESSAGES ? items->len - RD_MAILBOX_MAX_MESSAGES : 0;
}

/* Newer than what is at hand, where that does not reach to the newest. */
static gboolean
is_let_go (RdStretch *stretch, const RdEvent *event)
{
  guint n = stretch->messages->len;

  return stretch->newer > 0 && n > 0 && event->at > ((const RdMessage *) stretch->messages->pdata[n - 1])->at;
}

/* How many were not known. @left: how many of the page's oldest were not kept. */
static guint
keep_page (RdMailbox *self, const Look *look, RdStretch *stretch, const RdPage *page, guint *left)
{
  guint before;

  g_ptr_array_sort (page->items, rd_mailbox_compare_times);
  *left = bound_page (look, stretch, page->items);
  /* What the line has brought, before this page was asked for or since, has no hole, and goes on from the page's end.
   * What is older than the page may have one between. */
  if (look->newest && *left < page->items->len)
    rd_messages_cut (self->messages, stretch, ((const RdEvent *) page->items->pdata[*left])->at);
  before = rd_messages_get_size (self->messages);
  for (guint i = *left; i < page->items->len; i++)
    {
      RdEvent *event = page->items->pdata[i];
      gboolean ours = rd_conversations_is_ours (event, self->own_id);

      if (event->message_id == NULL || is_let_go (stretch, event)
          || (ours && rd_mailbox_take_echo (self, stretch, event)))
        continue;
      rd_messages_take (self->messages, stretch, event, ours, 0);
    }
  return rd_messages_get_size (self->messages) - before;
}

static void
on_page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdMailbox *self = g_task_get_source_object (task);
  Look *look = g_task_get_task_data (task);
  RdStretch *stretch = rd_messages_use (self->messages, look->conversation);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);
  guint added, left;

  if (page == NULL)
    {
      /* What is at hand is better than nothing, if there is any. */
      if (find_end (look, stretch) > 0)
        serve (self, task, TRUE);
      else
        g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* There was a gap meanwhile: what this page came before is not at hand any more, or it is older than the gap. */
  if ((look->gaps != self->gaps || (!look->newest && !stretch->loaded)) && ++look->pages < MAX_PAGES)
    {
      rd_mailbox_ask_history (self, g_steal_pointer (&task));
      return;
    }
  added = keep_page (self, look, stretch, page, &left);
  if (left == 0 && (!page->more || !has_pages (self)
                    || (added == 0 && !look->newest && !rd_mailbox_uses (self, "messages", "page"))))
    stretch->whole = TRUE;
  stretch->loaded |= look->newest;
  look->newest = FALSE;
  if (serve (self, task, ++look->pages >= MAX_PAGES))
    rd_messages_trim (self->messages, stretch, *look->before != '\0');
  else
    rd_mailbox_ask_history (self, g_steal_pointer (&task));
}

void
rd_mailbox_ask_history (RdMailbox *self, GTask *task)
{
  Look *look = g_task_get_task_data (task);
  RdConversation *conversation = rd_conversations_lookup (self->conversations, look->conversation);
  RdStretch *stretch = rd_messages_use (self->messages, look->conversation);
  g_autoptr (RdVars) vars = NULL;

  if (conversation == NULL)
    {
      rd_mailbox_return_fault (task, RD_FAULT_NOT_FOUND, "conversation");
      return;
    }
  vars = rd_mailbox_new_vars (conversation);
  if (!stretch->loaded || (*look->before == '\0' && stretch->newer > 0))
    look->newest = TRUE;
  /* Those that were let go while somebody scrolled back are asked for again from the newest on. */
  if (look->newest && stretch->newer > 0)
    rd_messages_reset (self->messages, stretch);
  look->gaps = self->gaps;
  set_place (self, look, stretch, vars);
  rd_site_list_async (self->site, "messages", RD_EVENT_MESSAGE, vars, self->cancellable, on_page_ready, task);
}

void
rd_mailbox_list_messages_async (RdMailbox           *self,
                                const char          *conversation,
                                const char          *before,
                                guint                limit,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Look *look;

  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (conversation != NULL && before != NULL);

  task = rd_mailbox_new_task (self, callback, user_data, rd_mailbox_list_messages_async);
  if (task == NULL)
    return;
  if (rd_conversations_lookup (self->conversations, conversation) == NULL)
    {
      rd_mailbox_return_fault (g_steal_pointer (&task), RD_FAULT_NOT_FOUND, "conversation");
      return;
    }
  look = g_new0 (Look, 1);
  look->conversation = g_strdup (conversation);
  look->before = g_strdup (before);
  look->limit = CLAMP (limit, 1, 200);
  g_task_set_task_data (task, look, free_look);
  if (!rd_site_can (self->site, "messages"))
    {
      RdStretch *stretch = rd_messages_use (self->messages, conversation);

      stretch->loaded = stretch->whole = TRUE;
    }
  if (!serve (self, task, FALSE))
    rd_mailbox_ask_history (self, g_steal_pointer (&task));
}
