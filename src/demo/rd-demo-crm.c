/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-crm-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The CRM itself: who is there, which calls there are, who may do what with them, and who is told. */

#define MAX_CALLS 1000

G_DEFINE_QUARK (rd-demo-error-quark, rd_demo_error)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoCrm
{
  GObject parent_instance;

  RdDemoSite *site;
  RdDemoChannels *channels;
  char *app_id;
  GPtrArray *people;
  GPtrArray *calls;
  RdDemoMail *mail;
  GPtrArray *sockets;  /* of its own line, RdDemoSocket */
  GHashTable *refresh_tokens;  /* → its user */
  gint64 last_call;
  gint64 last_issue;
};

G_DEFINE_FINAL_TYPE (RdDemoCrm, rd_demo_crm, G_TYPE_OBJECT)

static gboolean
is_of_user (gpointer key, gpointer value, gpointer user_data)
{
  return *(const gint64 *) value == *(const gint64 *) user_data;
}

static gboolean
check_move (RdDemoCall *call, gint64 user, const char *action, GError **error)
{
  gboolean recipient = call->recipient != NULL && call->recipient->id == user;
  gboolean pending = strcmp (call->status, "pending") == 0;
  const char *said = NULL;

  if (strcmp (action, "answer") == 0 && !recipient)
    said = "Only the recipient can answer this call";
  else if (strcmp (action, "answer") == 0 && !pending)
    said = "Call is not in answerable state";
  else if (strcmp (action, "reject") == 0 && !recipient)
    said = "Only the recipient can reject this call";
  else if (strcmp (action, "reject") == 0 && !pending)
    said = "Call is not in rejectable state";
  else if (strcmp (action, "answer") != 0 && strcmp (action, "reject") != 0 && strcmp (action, "end") != 0)
    said = "Invalid action";
  if (said != NULL)
    g_set_error_literal (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, said);
  return said == NULL;
}

/* Over both ways, the site's own WebSocket and Channels: a client takes one of them. */
static void
tell_of_call (RdDemoCrm *self, gint64 user, const char *event, JsonObject *data)
{
  rd_demo_crm_tell_line (self, user, event, data);
  rd_demo_crm_tell (self, user, event, data);
}

/* GObject */

static void
rd_demo_crm_dispose (GObject *object)
{
  RdDemoCrm *self = RD_DEMO_CRM (object);

  if (self->site != NULL)
    rd_demo_site_stop (self->site);
  g_clear_object (&self->site);
  g_clear_object (&self->channels);
  G_OBJECT_CLASS (rd_demo_crm_parent_class)->dispose (object);
}

static void
rd_demo_crm_finalize (GObject *object)
{
  RdDemoCrm *self = RD_DEMO_CRM (object);

  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->refresh_tokens, g_hash_table_unref);
  g_clear_pointer (&self->sockets, g_ptr_array_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->mail, rd_demo_mail_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  G_OBJECT_CLASS (rd_demo_crm_parent_class)->finalize (object);
}

static void
rd_demo_crm_class_init (RdDemoCrmClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_crm_dispose;
  object_class->finalize = rd_demo_crm_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RD_TYPE_DEMO_CRM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rd_demo_crm_init (RdDemoCrm *self)
{
  self->site = rd_demo_site_new ();
  self->people = rd_demo_people_new ();
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_demo_call_free);
  self->mail = rd_demo_mail_new ();
  self->refresh_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  rd_demo_crm_install_line (self);
  rd_demo_crm_install_sign_in (self);
  rd_demo_crm_install_calls (self);
  rd_demo_crm_install_messages (self);
}

RdDemoCrm *
rd_demo_crm_new (RdDemoChannels *channels, const char *app_id)
{
  RdDemoCrm *self;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (channels), NULL);
  g_return_val_if_fail (app_id != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_CRM, NULL);
  self->channels = g_object_ref (channels);
  self->app_id = g_strdup (app_id);
  return self;
}

RdDemoSite *
rd_demo_crm_get_site (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->site;
}

GPtrArray *
rd_demo_crm_get_people (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->people;
}

GPtrArray *
rd_demo_crm_get_calls (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->calls;
}

RdDemoMail *
rd_demo_crm_get_mail (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->mail;
}

RdDemoChannels *
rd_demo_crm_get_channels (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->channels;
}

GPtrArray *
rd_demo_crm_get_sockets (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->sockets;
}

const char *
rd_demo_crm_get_app_id (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->app_id;
}

void
rd_demo_crm_tell (RdDemoCrm *self, gint64 user, const char *event, JsonObject *data)
{
  g_autofree char *channel = g_strdup_printf ("private-user-%" G_GINT64_FORMAT, user);
  g_autofree char *text = rd_demo_json_take_text (data);

  rd_demo_channels_trigger (self->channels, self->app_id, channel, event, text);
}

void
rd_demo_crm_emit_changed (RdDemoCrm *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
rd_demo_crm_refuse (RdDemoRequest *request, const GError *error)
{
  guint status = 400;

  if (g_error_matches (error, RD_DEMO_ERROR, RD_DEMO_ERROR_FORBIDDEN))
    status = 403;
  else if (g_error_matches (error, RD_DEMO_ERROR, RD_DEMO_ERROR_NOT_FOUND))
    status = 404;
  rd_demo_request_fail (request, status, "error", error->message);
}

RdDemoCall *
rd_demo_crm_lookup_call (RdDemoCrm *self, gint64 id)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  for (guint i = 0; i < self->calls->len; i++)
    {
      RdDemoCall *call = g_ptr_array_index (self->calls, i);

      if (call->id == id)
        return call;
    }
  return NULL;
}

RdDemoCall *
rd_demo_crm_find_active (RdDemoCrm *self, gint64 user)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  for (guint i = self->calls->len; i > 0; i--)
    {
      RdDemoCall *call = g_ptr_array_index (self->calls, i - 1);

      if (rd_demo_call_is_live (call) && rd_demo_call_includes (call, user))
        return call;
    }
  return NULL;
}

RdDemoPerson *
rd_demo_crm_sign_in (RdDemoCrm *self, gint64 user)
{
  RdDemoPerson *person;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  person = rd_demo_people_lookup (self->people, user);
  g_return_val_if_fail (person != NULL, NULL);
  g_free (person->access);
  g_free (person->refresh);
  person->access = rd_demo_random_hex (24);
  person->refresh = rd_demo_random_hex (24);
  rd_demo_site_grant (self->site, person->access, user);
  g_hash_table_insert (self->refresh_tokens, g_strdup (person->refresh), g_memdup2 (&user, sizeof user));
  return person;
}

RdDemoPerson *
rd_demo_crm_renew (RdDemoCrm *self, const char *refresh)
{
  const gint64 *found;
  gint64 user;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  found = refresh != NULL ? g_hash_table_lookup (self->refresh_tokens, refresh) : NULL;
  if (found == NULL)
    return NULL;
  user = *found;
  g_hash_table_remove (self->refresh_tokens, refresh);
  return rd_demo_crm_sign_in (self, user);
}

void
rd_demo_crm_expire_access (RdDemoCrm *self, gint64 user)
{
  g_return_if_fail (RD_IS_DEMO_CRM (self));

  rd_demo_site_revoke_user (self->site, user);
}

void
rd_demo_crm_sign_out (RdDemoCrm *self, gint64 user)
{
  g_return_if_fail (RD_IS_DEMO_CRM (self));

  rd_demo_site_revoke_user (self->site, user);
  g_hash_table_foreach_remove (self->refresh_tokens, is_of_user, &user);
}

void
rd_demo_crm_announce (RdDemoCrm *self, RdDemoCall *call, const char *event)
{
  const char *url;

  g_return_if_fail (RD_IS_DEMO_CRM (self));
  g_return_if_fail (call != NULL && event != NULL);

  url = rd_demo_site_get_url (self->site);
  tell_of_call (self, call->initiator->id, event, rd_demo_call_to_event (call, call->initiator->id, url));
  if (call->recipient != NULL)
    tell_of_call (self, call->recipient->id, event, rd_demo_call_to_event (call, call->recipient->id, url));
}

RdDemoCall *
rd_demo_crm_place (RdDemoCrm *self, gint64 from, gint64 to, gboolean audio, GError **error)
{
  RdDemoPerson *initiator, *recipient;
  RdDemoCall *call;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  initiator = rd_demo_people_lookup (self->people, from);
  recipient = rd_demo_people_lookup (self->people, to);
  if (initiator == NULL || (recipient == NULL && to != 0))
    {
      g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_NOT_FOUND, "User not found");
      return NULL;
    }
  if (initiator == recipient)
    {
      g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, "Cannot call yourself");
      return NULL;
    }
  if (recipient != NULL
      && (!recipient->available || strcmp (recipient->status, "busy") == 0
          || strcmp (recipient->status, "offline") == 0))
    {
      g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, "%s is not available for calls",
                   recipient->full_name);
      return NULL;
    }
  if (self->calls->len >= MAX_CALLS)
    g_ptr_array_remove_index (self->calls, 0);
  call = rd_demo_call_new (++self->last_call, initiator, recipient, audio);
  g_ptr_array_add (self->calls, call);
  rd_demo_crm_announce (self, call, "call-initiated");
  rd_demo_crm_emit_changed (self);
  return call;
}

gboolean
rd_demo_crm_act (RdDemoCrm *self, gint64 user, gint64 id, const char *action, GError **error)
{
  RdDemoCall *call;
  const char *event;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  call = rd_demo_crm_lookup_call (self, id);
  if (call == NULL || !rd_demo_call_includes (call, user))
    {
      g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_NOT_FOUND, "Call not found");
      return FALSE;
    }
  if (!check_move (call, user, action, error))
    return FALSE;
  if (strcmp (action, "end") == 0 && !rd_demo_call_is_live (call))
    return TRUE;
  if (strcmp (action, "answer") == 0)
    {
      rd_demo_call_set_status (call, "active");
      event = "call-answered";
    }
  else if (strcmp (action, "reject") == 0)
    {
      rd_demo_call_set_status (call, "rejected");
      event = "call-rejected";
    }
  else
    {
      rd_demo_call_set_status (call, "completed");
      event = "call-ended";
    }
  rd_demo_crm_announce (self, call, event);
  rd_demo_crm_emit_changed (self);
  return TRUE;
}

void
rd_demo_crm_set_presence (RdDemoCrm *self, gint64 user, const char *status, gboolean available, const char *message)
{
  RdDemoPerson *person;

  g_return_if_fail (RD_IS_DEMO_CRM (self));

  person = rd_demo_people_lookup (self->people, user);
  g_return_if_fail (person != NULL);
  rd_demo_person_set_presence (person, status, message);
  person->available = available;
  rd_demo_crm_emit_changed (self);
}

void
rd_demo_crm_tell_issue (RdDemoCrm *self, const char *event, const char *title, const char *status)
{
  JsonObject *data = json_object_new ();
  JsonObject *issue = json_object_new ();
  g_autofree char *number = NULL;

  g_return_if_fail (RD_IS_DEMO_CRM (self));
  g_return_if_fail (event != NULL && title != NULL && status != NULL);

  if (strcmp (event, "issue-created") == 0 || self->last_issue == 0)
    self->last_issue++;
  number = g_strdup_printf ("ISS-%04d", (int) self->last_issue);
  json_object_set_int_member (issue, "id", self->last_issue);
  json_object_set_string_member (issue, "issue_number", number);
  json_object_set_string_member (issue, "title", title);
  json_object_set_string_member (issue, "status", status);
  json_object_set_string_member (issue, "priority", "medium");
  json_object_set_object_member (data, "issue", issue);
  if (strcmp (event, "issue-status-changed") == 0)
    json_object_set_string_member (data, "old_status", "open");
  rd_demo_crm_tell (self, RD_DEMO_YOU, event, data);
}

void
rd_demo_crm_add_people (RdDemoCrm *self, guint count)
{
  g_return_if_fail (RD_IS_DEMO_CRM (self));

  rd_demo_people_add (self->people, count);
  rd_demo_crm_emit_changed (self);
}

void
rd_demo_crm_add_conversations (RdDemoCrm *self, guint count)
{
  gint64 now = g_get_real_time ();

  g_return_if_fail (RD_IS_DEMO_CRM (self));

  if (self->people->len < count + RD_DEMO_STAFF)
    rd_demo_people_add (self->people, count + RD_DEMO_STAFF - self->people->len);
  for (guint i = 0; i < count; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (self->people, self->people->len - count + i);
      gint64 at = now - (gint64) (count - i) * 10 * G_TIME_SPAN_MINUTE;
      g_autofree char *text = g_strdup_printf ("Question %u about the contract", i + 1);
      RdDemoMessage *question = rd_demo_mail_add (self->mail, person->id, RD_DEMO_YOU, text, NULL, at);
      RdDemoMessage *answer = rd_demo_mail_add (self->mail, RD_DEMO_YOU, person->id, "I will look into it", NULL,
                                                at + G_TIME_SPAN_MINUTE);

      if (question != NULL)
        rd_demo_mail_mark_read (self->mail, question);
      if (answer != NULL)
        rd_demo_mail_mark_read (self->mail, answer);
    }
  rd_demo_crm_emit_changed (self);
}
