/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-call-object.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-records.h"

/* A live call on the bus. */

#define MAX_TOKEN 1024

struct _RdCallObject
{
  RdDBusCall1Skeleton parent_instance;

  RdCall *call;
  RdPhone *phone;
  RdOperator *operator;
  RdRooms *rooms;
  RdReminders *reminders;
};

/* FALSE: the invocation has been answered. Missing is fine; a wrong type or a too long text is not. */
static gboolean
read_option (GDBusMethodInvocation *invocation, GVariant *options, const char *name, gsize max, const char **text)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (options, name, NULL);
  g_autoptr (GError) error = NULL;

  *text = NULL;
  if (value == NULL)
    return TRUE;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) && g_variant_get_size (value) <= max)
    {
      /* Points into @options, which outlives the handler. */
      g_variant_lookup (options, name, "&s", text);
      if (*text != NULL && **text == '\0')
        *text = NULL;
      return TRUE;
    }
  error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, name);
  rd_dbus_error_return (invocation, error);
  return FALSE;
}

static void
on_operator_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_operator_call_finish (RD_OPERATOR (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_answer (RdDBusCall1 *object, GDBusMethodInvocation *invocation, GVariant *options)
{
  RdCallObject *self = RD_CALL_OBJECT (object);
  const char *token;

  if (read_option (invocation, options, "activation-token", MAX_TOKEN, &token))
    rd_operator_answer_async (self->operator, self->call, token, on_operator_done, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_decline (RdDBusCall1 *object, GDBusMethodInvocation *invocation, GVariant *options)
{
  RdCallObject *self = RD_CALL_OBJECT (object);
  const char *message;

  if (read_option (invocation, options, "message", MAX_TOKEN, &message))
    rd_operator_decline_async (self->operator, self->call, message, on_operator_done, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_hang_up (RdDBusCall1 *object, GDBusMethodInvocation *invocation)
{
  RdCallObject *self = RD_CALL_OBJECT (object);

  rd_operator_hang_up_async (self->operator, self->call, on_operator_done, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_silence (RdDBusCall1 *object, GDBusMethodInvocation *invocation)
{
  RdCallObject *self = RD_CALL_OBJECT (object);
  g_autoptr (GError) error = NULL;

  if (rd_call_get_state (self->call) != RD_CALL_RINGING_IN)
    {
      error = rd_fault_new (RD_FAULT_WRONG_STATE, NULL, 0, NULL, "silence");
      rd_dbus_error_return (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  rd_phone_silence (self->phone, self->call);
  rd_dbus_call1_complete_silence (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* Not now, but not never: who is reminded need not hear it ring on. */
static gboolean
on_handle_remind (RdDBusCall1 *object, GDBusMethodInvocation *invocation, guint minutes)
{
  RdCallObject *self = RD_CALL_OBJECT (object);
  g_autoptr (GVariant) record = rd_record_new_for_call (self->call);
  g_autoptr (GError) error = NULL;

  if (rd_call_get_state (self->call) != RD_CALL_RINGING_IN)
    error = rd_fault_new (RD_FAULT_WRONG_STATE, NULL, 0, NULL, "remind");
  else if (rd_reminders_add (self->reminders, record, minutes, &error))
    rd_phone_silence (self->phone, self->call);
  if (error != NULL)
    rd_dbus_error_return (invocation, error);
  else
    rd_dbus_call1_complete_remind (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_room_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_rooms_open_finish (RD_ROOMS (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_open_room (RdDBusCall1 *object, GDBusMethodInvocation *invocation, GVariant *options)
{
  RdCallObject *self = RD_CALL_OBJECT (object);
  g_autoptr (GError) error = NULL;
  const char *token;

  if (!read_option (invocation, options, "activation-token", MAX_TOKEN, &token))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  /* A room is for those who have taken the call. */
  if (rd_call_get_state (self->call) != RD_CALL_ACTIVE)
    {
      error = rd_fault_new (RD_FAULT_WRONG_STATE, NULL, 0, NULL, "room");
      rd_dbus_error_return (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  rd_rooms_open_async (self->rooms, self->call, token, on_room_opened, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
call1_iface_init (RdDBusCall1Iface *iface)
{
  iface->handle_answer = on_handle_answer;
  iface->handle_decline = on_handle_decline;
  iface->handle_hang_up = on_handle_hang_up;
  iface->handle_silence = on_handle_silence;
  iface->handle_open_room = on_handle_open_room;
  iface->handle_remind = on_handle_remind;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdCallObject, rd_call_object, RD_DBUS_TYPE_CALL1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_CALL1, call1_iface_init))

static void
on_operator_busy_changed (RdOperator *operator, RdCall *call, RdCallObject *self)
{
  if (call == self->call)
    rd_call_object_update (self);
}

static void
on_room_problem_changed (RdRooms *rooms, RdCall *call, RdCallObject *self)
{
  if (call == self->call)
    rd_call_object_update (self);
}

/*
 * GObject
 */
static void
rd_call_object_finalize (GObject *object)
{
  RdCallObject *self = RD_CALL_OBJECT (object);

  g_clear_object (&self->call);
  g_clear_object (&self->phone);
  g_clear_object (&self->operator);
  g_clear_object (&self->rooms);
  g_clear_object (&self->reminders);

  G_OBJECT_CLASS (rd_call_object_parent_class)->finalize (object);
}

static void
rd_call_object_class_init (RdCallObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_call_object_finalize;
}

static void
rd_call_object_init (RdCallObject *self)
{
}

RdCallObject *
rd_call_object_new (RdCall *call, const char *account_name, RdPhone *phone, RdOperator *operator, RdRooms *rooms,
                    RdReminders *reminders)
{
  RdCallObject *self;

  g_return_val_if_fail (RD_IS_CALL (call), NULL);
  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (RD_IS_OPERATOR (operator), NULL);
  g_return_val_if_fail (RD_IS_ROOMS (rooms), NULL);
  g_return_val_if_fail (RD_IS_REMINDERS (reminders), NULL);

  self = g_object_new (RD_TYPE_CALL_OBJECT, NULL);
  self->call = g_object_ref (call);
  self->phone = g_object_ref (phone);
  self->operator = g_object_ref (operator);
  self->rooms = g_object_ref (rooms);
  self->reminders = g_object_ref (reminders);
  rd_dbus_call1_set_account_name (RD_DBUS_CALL1 (self), account_name);
  /* Every property that changes is notified; whichever it is, all are taken over, and only real changes are told. */
  g_signal_connect_object (call, "notify", G_CALLBACK (rd_call_object_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (operator, "busy-changed", G_CALLBACK (on_operator_busy_changed), self, 0);
  g_signal_connect_object (rooms, "problem-changed", G_CALLBACK (on_room_problem_changed), self, 0);
  rd_call_object_update (self);
  return self;
}

void
rd_call_object_update (RdCallObject *self)
{
  g_autoptr (GVariant) problem = NULL;
  RdDBusCall1 *object;
  RdCall *call;

  g_return_if_fail (RD_IS_CALL_OBJECT (self));

  object = RD_DBUS_CALL1 (self);
  call = self->call;
  rd_dbus_call1_set_id (object, rd_call_get_id (call));
  rd_dbus_call1_set_account (object, rd_call_get_account (call));
  rd_dbus_call1_set_direction (object, rd_call_get_incoming (call) ? "in" : "out");
  rd_dbus_call1_set_state (object, rd_call_state_to_string (rd_call_get_state (call)));
  rd_dbus_call1_set_end_reason (object, rd_call_get_reason (call));
  rd_dbus_call1_set_peer_id (object, rd_call_get_peer_id (call));
  rd_dbus_call1_set_peer_name (object, rd_call_get_peer_name (call));
  rd_dbus_call1_set_audio (object, rd_call_get_audio (call));
  rd_dbus_call1_set_created_at (object, rd_call_get_created_at (call));
  rd_dbus_call1_set_started_at (object, rd_call_get_started_at (call));
  rd_dbus_call1_set_ended_at (object, rd_call_get_ended_at (call));
  rd_dbus_call1_set_local (object, rd_call_get_local (call));
  rd_dbus_call1_set_silenced (object, rd_call_get_silenced (call));
  rd_dbus_call1_set_soft (object, rd_call_get_soft (call));
  rd_dbus_call1_set_has_room (object, rd_call_get_room_url (call) != NULL);
  problem = rd_rooms_dup_problem (self->rooms, call);
  rd_dbus_call1_set_room_problem (object, problem);
  rd_dbus_call1_set_busy (object, rd_operator_get_busy (self->operator, call));
}
