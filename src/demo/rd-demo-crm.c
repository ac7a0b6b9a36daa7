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
#define MAX_MESSAGES 1000
#define MAX_MESSAGE_CHARS 5000

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
  GPtrArray *messages;
  gint64 last_call;
  gint64 last_message;
};

G_DEFINE_FINAL_TYPE (RdDemoCrm, rd_demo_crm, G_TYPE_OBJECT)

static void
drop_tokens (RdDemoCrm *self, RdDemoPerson *person)
{
  rd_demo_site_revoke (self->site, person->access);
  g_clear_pointer (&person->access, g_free);
  g_clear_pointer (&person->refresh, g_free);
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

/* As the site sends it: nested, with the sender beside it */
static JsonObject *
message_event (const RdDemoPerson *sender, JsonObject *message)
{
  JsonObject *object = json_object_new ();
  JsonObject *who = json_object_new ();

  json_object_set_int_member (who, "id", sender->id);
  json_object_set_string_member (who, "email", sender->email);
  json_object_set_string_member (who, "first_name", sender->first_name);
  json_object_set_string_member (who, "last_name", sender->last_name);
  json_object_set_object_member (object, "message", json_object_ref (message));
  json_object_set_object_member (object, "sender", who);
  return object;
}

static JsonObject *
conversation_event (JsonObject *message)
{
  JsonObject *object = json_object_new ();
  JsonObject *last = json_object_new ();
  JsonObject *parties = json_object_new ();

  json_object_set_null_member (object, "conversation_id");
  json_object_set_string_member (last, "content", rd_demo_json_get_string (message, "content"));
  json_object_set_string_member (last, "created_at", rd_demo_json_get_string (message, "created_at"));
  json_object_set_object_member (object, "last_message", last);
  json_object_set_int_member (object, "sender_id", rd_demo_json_get_id (message, "sender_id"));
  json_object_set_int_member (parties, "sender_id", rd_demo_json_get_id (message, "sender_id"));
  json_object_set_int_member (parties, "recipient_id", rd_demo_json_get_id (message, "recipient_id"));
  json_object_set_object_member (object, "message", parties);
  return object;
}

static JsonObject *
make_message (RdDemoCrm *self, gint64 from, gint64 to, const char *text)
{
  JsonObject *message = json_object_new ();

  json_object_set_int_member (message, "id", ++self->last_message);
  json_object_set_int_member (message, "sender_id", from);
  json_object_set_int_member (message, "recipient_id", to);
  json_object_set_string_member (message, "content", text);
  json_object_set_null_member (message, "subject");
  rd_demo_json_set_time (message, "created_at", g_get_real_time ());
  json_object_set_boolean_member (message, "is_read", FALSE);
  json_object_set_null_member (message, "organization_id");
  return message;
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
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
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
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
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

GPtrArray *
rd_demo_crm_get_messages (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->messages;
}

RdDemoChannels *
rd_demo_crm_get_channels (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), NULL);

  return self->channels;
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
  drop_tokens (self, person);
  person->access = rd_demo_random_hex (24);
  person->refresh = rd_demo_random_hex (24);
  rd_demo_site_grant (self->site, person->access, user);
  return person;
}

void
rd_demo_crm_expire_access (RdDemoCrm *self, gint64 user)
{
  RdDemoPerson *person;

  g_return_if_fail (RD_IS_DEMO_CRM (self));

  person = rd_demo_people_lookup (self->people, user);
  g_return_if_fail (person != NULL);
  rd_demo_site_revoke (self->site, person->access);
}

void
rd_demo_crm_sign_out (RdDemoCrm *self, gint64 user)
{
  RdDemoPerson *person;

  g_return_if_fail (RD_IS_DEMO_CRM (self));

  person = rd_demo_people_lookup (self->people, user);
  g_return_if_fail (person != NULL);
  drop_tokens (self, person);
}

void
rd_demo_crm_announce (RdDemoCrm *self, RdDemoCall *call, const char *event)
{
  const char *url;

  g_return_if_fail (RD_IS_DEMO_CRM (self));
  g_return_if_fail (call != NULL && event != NULL);

  url = rd_demo_site_get_url (self->site);
  rd_demo_crm_tell (self, call->initiator->id, event, rd_demo_call_to_event (call, call->initiator->id, url));
  if (call->recipient != NULL)
    rd_demo_crm_tell (self, call->recipient->id, event, rd_demo_call_to_event (call, call->recipient->id, url));
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

gint64
rd_demo_crm_send_message (RdDemoCrm *self, gint64 from, gint64 to, const char *text, GError **error)
{
  RdDemoPerson *sender, *recipient;
  JsonObject *message;
  JsonObject *unread;
  gint64 count = 0;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), 0);

  sender = rd_demo_people_lookup (self->people, from);
  recipient = rd_demo_people_lookup (self->people, to);
  if (sender == NULL || recipient == NULL || sender == recipient)
    {
      g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_FORBIDDEN, "You cannot send messages to this user");
      return 0;
    }
  if (text == NULL || *text == '\0' || g_utf8_strlen (text, -1) > MAX_MESSAGE_CHARS)
    {
      g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, "A message has 1 to 5000 characters");
      return 0;
    }
  if (self->messages->len >= MAX_MESSAGES)
    g_ptr_array_remove_index (self->messages, 0);
  message = make_message (self, from, to, text);
  g_ptr_array_add (self->messages, message);
  /* The site's code really fires it twice, once from its view and once from a signal of the model. */
  for (int i = 0; i < 2; i++)
    {
      rd_demo_crm_tell (self, to, "new-message", message_event (sender, message));
      rd_demo_crm_tell (self, from, "new-message", message_event (sender, message));
    }
  rd_demo_crm_tell (self, to, "conversation-updated", conversation_event (message));
  rd_demo_crm_tell (self, from, "conversation-updated", conversation_event (message));
  for (guint i = 0; i < self->messages->len; i++)
    {
      JsonObject *other = g_ptr_array_index (self->messages, i);

      if (rd_demo_json_get_id (other, "recipient_id") == to && !json_object_get_boolean_member (other, "is_read"))
        count++;
    }
  unread = json_object_new ();
  json_object_set_int_member (unread, "unread_count", count);
  rd_demo_crm_tell (self, to, "unread-count-updated", unread);
  return self->last_message;
}
