/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-operator.h"

#include "rd-fault.h"

/* What the user does goes to the site; what the site says goes to the phone. */

#define MAX_WHOM 254
#define MAX_MESSAGE 500

enum
{
  BUSY_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdOperator
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdRooms *rooms;
  GHashTable *busy;    /* RdCall → static string */
  GHashTable *placing; /* ids of accounts that a call is being placed with */
};

G_DEFINE_FINAL_TYPE (RdOperator, rd_operator, G_TYPE_OBJECT)

/* One thing that a user can do to a call. */
typedef struct
{
  const char *busy;
  const char *action; /* of the profile */
  void (*note) (RdPhone *phone, RdCall *call);
  RdCallState states[2];
} Deed;

static const Deed answer = { "answering", "answer", rd_phone_note_answering,
                             { RD_CALL_RINGING_IN, RD_CALL_RINGING_IN } };
static const Deed decline = { "declining", "reject", rd_phone_note_declining,
                              { RD_CALL_RINGING_IN, RD_CALL_RINGING_IN } };
static const Deed hang_up = { "hanging-up", "end", rd_phone_note_hanging_up,
                              { RD_CALL_ACTIVE, RD_CALL_RINGING_OUT } };

static void
set_busy (RdOperator *self, RdCall *call, const char *busy)
{
  if (busy != NULL)
    g_hash_table_insert (self->busy, g_object_ref (call), (char *) busy);
  else
    g_hash_table_remove (self->busy, call);
  g_signal_emit (self, signals[BUSY_CHANGED], 0, call);
}

static GTask *
new_task (RdOperator *self, GAsyncReadyCallback callback, gpointer user_data, gpointer tag)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static void
return_fault (GTask *task, RdFaultCode code, const char *where)
{
  g_task_return_error (task, rd_fault_new (code, NULL, 0, NULL, where));
}

/* A reply speaks of the call it was asked about; what it says of others is left to their own events. */
static void
take_reply (RdOperator *self, RdCall *call, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      RdEvent *event = events->pdata[i];

      if (g_strcmp0 (event->call_id, rd_call_get_id (call)) == 0)
        rd_phone_handle (self->phone, rd_call_get_account (call), event, RD_ORIGIN_REPLY);
    }
  rd_phone_note_accepted (self->phone, call);
  rd_rooms_consider (self->rooms, call);
}

/* Whether the site said no, or whether nobody knows what became of the request. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, RD_FAULT, RD_FAULT_REFUSED) || g_error_matches (error, RD_FAULT, RD_FAULT_FORBIDDEN)
         || g_error_matches (error, RD_FAULT, RD_FAULT_NOT_FOUND)
         || g_error_matches (error, RD_FAULT, RD_FAULT_SIGNED_OUT)
         || g_error_matches (error, RD_FAULT, RD_FAULT_BAD_INPUT)
         || g_error_matches (error, RD_FAULT, RD_FAULT_UNSUPPORTED);
}

static void
take_failure (RdOperator *self, RdCall *call, GError **error)
{
  rd_phone_note_failed (self->phone, call, is_refusal (*error));
  if (rd_call_get_state (call) != RD_CALL_ANSWERED_ELSEWHERE)
    return;
  /* Another device was faster: there is nothing wrong with the site. */
  g_clear_error (error);
  *error = rd_fault_new (RD_FAULT_WRONG_STATE, NULL, 0, NULL, "answer");
}

static void
on_deed_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdOperator *self = g_task_get_source_object (task);
  RdCall *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = rd_site_act_finish_calls (RD_SITE (source), result, &error);

  if (events == NULL)
    take_failure (self, call, &error);
  else
    take_reply (self, call, events);
  set_busy (self, call, NULL);
  if (events == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* @task: (transfer full) */
static void
do_deed (RdOperator *self, RdCall *call, const Deed *deed, RdVars *vars, GTask *task)
{
  g_autoptr (GTask) owned = task;
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));
  RdCallState state = rd_call_get_state (call);

  if (line == NULL || rd_line_get_site (line) == NULL)
    {
      return_fault (owned, RD_FAULT_NOT_FOUND, "account");
      return;
    }
  if ((state != deed->states[0] && state != deed->states[1]) || g_hash_table_contains (self->busy, call))
    {
      return_fault (owned, RD_FAULT_WRONG_STATE, deed->action);
      return;
    }
  rd_vars_set (vars, "call.id", rd_call_get_id (call));
  deed->note (self->phone, call);
  set_busy (self, call, deed->busy);
  g_task_set_task_data (owned, g_object_ref (call), g_object_unref);
  rd_site_act_async (rd_line_get_site (line), deed->action, vars, NULL, on_deed_done, g_steal_pointer (&owned));
}

/* What is said to a caller beside the refusal. */
typedef struct
{
  RdCall *call;
  char *message;
} Parting;

static void
free_parting (gpointer data)
{
  Parting *parting = data;

  g_object_unref (parting->call);
  g_free (parting->message);
  g_free (parting);
}

/* The call is declined all the same, and who hears of this must not think otherwise. @task: (transfer full) */
static void
return_unsaid (GTask *task, const GError *error)
{
  g_autoptr (GTask) owned = task;
  RdFaultCode code = error->domain == RD_FAULT ? (RdFaultCode) error->code : RD_FAULT_INTERNAL;

  g_task_return_error (owned, rd_fault_new (code, rd_fault_get_host (error), rd_fault_get_status (error),
                                            rd_fault_get_said (error), "decline-message"));
}

static void
on_parting_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) message = rd_mailbox_send_finish (RD_MAILBOX (source), result, &error);

  if (message != NULL)
    g_task_return_boolean (task, TRUE);
  else
    return_unsaid (g_steal_pointer (&task), error);
}

static void
on_caller_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Parting *parting = g_task_get_task_data (task);
  const char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) found = rd_mailbox_find_conversation_finish (RD_MAILBOX (source), result, &error);

  if (found == NULL || !g_variant_lookup (found, "id", "&s", &id))
    return_unsaid (g_steal_pointer (&task), error);
  else
    rd_mailbox_send_async (RD_MAILBOX (source), id, parting->message, on_parting_sent, g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
send_parting (RdOperator *self, GTask *task)
{
  g_autoptr (GTask) owned = task;
  const Parting *parting = g_task_get_task_data (owned);
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (parting->call));
  RdMailbox *mailbox = line != NULL ? rd_line_get_mailbox (line) : NULL;
  const char *peer = rd_call_get_peer_id (parting->call);
  g_autoptr (GError) error = NULL;

  if (mailbox == NULL || *peer == '\0' || !rd_site_can (rd_line_get_site (line), "send"))
    {
      error = rd_fault_new (RD_FAULT_UNSUPPORTED, NULL, 0, NULL, NULL);
      return_unsaid (g_steal_pointer (&owned), error);
      return;
    }
  rd_mailbox_find_conversation_async (mailbox, peer, rd_call_get_peer_name (parting->call), on_caller_found,
                                      g_steal_pointer (&owned));
}

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdOperator *self = RD_OPERATOR (source);
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    send_parting (self, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Whether the site takes a word with the refusal. */
static gboolean
takes_message (RdOperator *self, RdCall *call)
{
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));
  RdSite *site = line != NULL ? rd_line_get_site (line) : NULL;
  const RdAction *action = site != NULL ? rd_profile_get_action (rd_site_get_profile (site), decline.action) : NULL;

  return action != NULL && rd_action_uses (action, "message");
}

static void
on_placed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdOperator *self = g_task_get_source_object (task);
  const char *account = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdEvent) event = rd_site_place_finish (RD_SITE (source), result, &error);

  g_hash_table_remove (self->placing, account);
  if (event == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* The account may have been removed while its site was asked. */
  if (rd_lines_lookup (self->lines, account) != NULL)
    {
      rd_phone_note_placed (self->phone, account, event->call_id);
      rd_phone_handle (self->phone, account, event, RD_ORIGIN_REPLY);
    }
  g_task_return_pointer (task, g_strdup (event->call_id), g_free);
}

static gboolean
is_text (const char *text, gsize max)
{
  if (*text == '\0' || strlen (text) > max || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

/*
 * GObject
 */
static void
rd_operator_finalize (GObject *object)
{
  RdOperator *self = RD_OPERATOR (object);

  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->placing, g_hash_table_unref);
  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->rooms);

  G_OBJECT_CLASS (rd_operator_parent_class)->finalize (object);
}

static void
rd_operator_class_init (RdOperatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_operator_finalize;

  signals[BUSY_CHANGED] = g_signal_new ("busy-changed", RD_TYPE_OPERATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_operator_init (RdOperator *self)
{
  self->busy = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->placing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RdOperator *
rd_operator_new (RdPhone *phone, RdLines *lines, RdRooms *rooms)
{
  RdOperator *self;

  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (RD_IS_LINES (lines), NULL);
  g_return_val_if_fail (RD_IS_ROOMS (rooms), NULL);

  self = g_object_new (RD_TYPE_OPERATOR, NULL);
  self->phone = g_object_ref (phone);
  self->lines = g_object_ref (lines);
  self->rooms = g_object_ref (rooms);
  return self;
}

void
rd_operator_answer_async (RdOperator          *self,
                          RdCall              *call,
                          const char          *activation_token,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (RdVars) vars = NULL;

  g_return_if_fail (RD_IS_OPERATOR (self));
  g_return_if_fail (RD_IS_CALL (call));

  vars = rd_vars_new ();
  if (!g_hash_table_contains (self->busy, call))
    rd_rooms_expect (self->rooms, call, activation_token);
  do_deed (self, call, &answer, vars, new_task (self, callback, user_data, rd_operator_answer_async));
}

void
rd_operator_decline_async (RdOperator          *self,
                           RdCall              *call,
                           const char          *message,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (RdVars) vars = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RD_IS_OPERATOR (self));
  g_return_if_fail (RD_IS_CALL (call));

  task = new_task (self, callback, user_data, rd_operator_decline_async);
  vars = rd_vars_new ();
  /* Where the site takes one, there is none to be taken. */
  rd_vars_set (vars, "message", "");
  if (message != NULL && *message != '\0')
    {
      if (!is_text (message, MAX_MESSAGE))
        {
          return_fault (task, RD_FAULT_BAD_INPUT, "message");
          return;
        }
      rd_vars_set (vars, "message", message);
      if (!takes_message (self, call))
        {
          Parting *parting = g_new0 (Parting, 1);

          parting->call = g_object_ref (call);
          parting->message = g_strdup (message);
          g_task_set_task_data (task, parting, free_parting);
          task = new_task (self, on_declined, g_steal_pointer (&task), rd_operator_decline_async);
        }
    }
  do_deed (self, call, &decline, vars, g_steal_pointer (&task));
}

void
rd_operator_hang_up_async (RdOperator *self, RdCall *call, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RdVars) vars = NULL;

  g_return_if_fail (RD_IS_OPERATOR (self));
  g_return_if_fail (RD_IS_CALL (call));

  vars = rd_vars_new ();
  do_deed (self, call, &hang_up, vars, new_task (self, callback, user_data, rd_operator_hang_up_async));
}

gboolean
rd_operator_call_finish (RdOperator *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rd_operator_place_async (RdOperator          *self,
                         const char          *account,
                         const char          *whom,
                         gboolean             audio,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  RdLine *line;

  g_return_if_fail (RD_IS_OPERATOR (self));
  g_return_if_fail (account != NULL && whom != NULL);

  task = new_task (self, callback, user_data, rd_operator_place_async);
  line = rd_lines_find_caller (self->lines, account, &error);
  if (line == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!is_text (whom, MAX_WHOM))
    {
      return_fault (task, RD_FAULT_BAD_INPUT, "whom");
      return;
    }
  /* A double click is one call. */
  if (!g_hash_table_add (self->placing, g_strdup (rd_line_get_id (line))))
    {
      return_fault (task, RD_FAULT_WRONG_STATE, "place");
      return;
    }
  g_task_set_task_data (task, g_strdup (rd_line_get_id (line)), g_free);
  rd_site_place_async (rd_line_get_site (line), whom, audio, NULL, on_placed, g_steal_pointer (&task));
}

char *
rd_operator_place_finish (RdOperator *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
rd_operator_get_busy (RdOperator *self, RdCall *call)
{
  const char *busy;

  g_return_val_if_fail (RD_IS_OPERATOR (self), "");

  busy = g_hash_table_lookup (self->busy, call);
  return busy != NULL ? busy : "";
}
