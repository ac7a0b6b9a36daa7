/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-messages-object.h"

#include "rd-bus-input.h"
#include "rd-clean.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"

#include <string.h>

/* A mailbox on the bus: what clients ask is checked here, and what the mailbox tells is passed on. */

#define MAX_SEARCH 200
#define MAX_LIMIT 200
#define MAX_TEXT 5000
/* One that is made of a person's is a little longer. */
#define MAX_ID (RD_CLEAN_ID + 8)

struct _RdMessagesObject
{
  RdDBusMessages1Skeleton parent_instance;

  RdMailbox *mailbox;
  RdPeople *people; /* (nullable) */
};

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  g_autoptr (GVariant) entries = rd_mailbox_list_finish (RD_MAILBOX (source), result, &more, &error);

  if (entries != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aa{sv}b)", entries, more));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_list_conversations (RdDBusMessages1       *object,
                              GDBusMethodInvocation *invocation,
                              const char            *search,
                              guint                  offset,
                              guint                  limit)
{
  if (rd_bus_check (invocation, rd_bus_is_text (search, MAX_SEARCH), "search")
      && rd_bus_check (invocation, limit > 0 && limit <= MAX_LIMIT, "limit"))
    rd_mailbox_list_conversations_async (RD_MESSAGES_OBJECT (object)->mailbox, search, offset, limit, on_listed,
                                         invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_messages (RdDBusMessages1       *object,
                         GDBusMethodInvocation *invocation,
                         const char            *conversation,
                         const char            *before,
                         guint                  limit)
{
  if (rd_bus_check (invocation, rd_bus_is_id (conversation, MAX_ID), "conversation")
      && rd_bus_check (invocation, *before == '\0' || rd_bus_is_id (before, MAX_ID), "before")
      && rd_bus_check (invocation, limit > 0 && limit <= MAX_LIMIT, "limit"))
    rd_mailbox_list_messages_async (RD_MESSAGES_OBJECT (object)->mailbox, conversation, before, limit, on_listed,
                                    invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_conversation_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) found = rd_mailbox_find_conversation_finish (RD_MAILBOX (source), result, &error);

  if (found != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@a{sv})", found));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_find_conversation (RdDBusMessages1 *object, GDBusMethodInvocation *invocation, const char *person)
{
  RdMessagesObject *self = RD_MESSAGES_OBJECT (object);
  g_autofree char *name = NULL;

  if (!rd_bus_check (invocation, rd_bus_is_id (person, MAX_ID), "person"))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  if (self->people != NULL)
    name = rd_people_dup_name (self->people, person);
  rd_mailbox_find_conversation_async (self->mailbox, person, name, on_conversation_found, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) message = rd_mailbox_send_finish (RD_MAILBOX (source), result, &error);

  if (message != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@a{sv})", message));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_send (RdDBusMessages1 *object, GDBusMethodInvocation *invocation, const char *conversation, const char *text)
{
  if (rd_bus_check (invocation, rd_bus_is_id (conversation, MAX_ID), "conversation")
      && rd_bus_check (invocation, *text != '\0' && rd_bus_is_text (text, MAX_TEXT), "text"))
    rd_mailbox_send_async (RD_MESSAGES_OBJECT (object)->mailbox, conversation, text, on_sent, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_mailbox_mark_read_finish (RD_MAILBOX (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_mark_read (RdDBusMessages1 *object, GDBusMethodInvocation *invocation, const char *conversation)
{
  if (rd_bus_check (invocation, rd_bus_is_id (conversation, MAX_ID), "conversation"))
    rd_mailbox_mark_read_async (RD_MESSAGES_OBJECT (object)->mailbox, conversation, on_marked, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_set_typing (RdDBusMessages1       *object,
                      GDBusMethodInvocation *invocation,
                      const char            *conversation,
                      gboolean               typing)
{
  RdMessagesObject *self = RD_MESSAGES_OBJECT (object);
  g_autoptr (GError) error = NULL;

  if (!rd_bus_check (invocation, rd_bus_is_id (conversation, MAX_ID), "conversation"))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  if (rd_mailbox_set_typing (self->mailbox, conversation, typing, &error))
    rd_dbus_messages1_complete_set_typing (object, invocation);
  else
    rd_dbus_error_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
messages1_iface_init (RdDBusMessages1Iface *iface)
{
  iface->handle_list_conversations = on_handle_list_conversations;
  iface->handle_list_messages = on_handle_list_messages;
  iface->handle_find_conversation = on_handle_find_conversation;
  iface->handle_send = on_handle_send;
  iface->handle_mark_read = on_handle_mark_read;
  iface->handle_set_typing = on_handle_set_typing;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdMessagesObject, rd_messages_object, RD_DBUS_TYPE_MESSAGES1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_MESSAGES1, messages1_iface_init))

static void
on_mailbox_typing_changed (RdMailbox *mailbox, const char *conversation, char **names, RdDBusMessages1 *object)
{
  rd_dbus_messages1_emit_typing_changed (object, conversation, (const char * const *) names);
}

/*
 * GObject
 */
static void
rd_messages_object_finalize (GObject *object)
{
  RdMessagesObject *self = RD_MESSAGES_OBJECT (object);

  g_clear_object (&self->mailbox);
  g_clear_object (&self->people);

  G_OBJECT_CLASS (rd_messages_object_parent_class)->finalize (object);
}

static void
rd_messages_object_class_init (RdMessagesObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_messages_object_finalize;
}

static void
rd_messages_object_init (RdMessagesObject *self)
{
}

RdMessagesObject *
rd_messages_object_new (RdMailbox *mailbox, RdPeople *people)
{
  RdMessagesObject *self;

  g_return_val_if_fail (RD_IS_MAILBOX (mailbox), NULL);
  g_return_val_if_fail (people == NULL || RD_IS_PEOPLE (people), NULL);

  self = g_object_new (RD_TYPE_MESSAGES_OBJECT, NULL);
  self->mailbox = g_object_ref (mailbox);
  self->people = people != NULL ? g_object_ref (people) : NULL;
  g_object_bind_property (mailbox, "unread", self, "unread", G_BINDING_SYNC_CREATE);
  rd_dbus_messages1_set_max_text (RD_DBUS_MESSAGES1 (self), rd_mailbox_get_max_text (mailbox));
  g_signal_connect_object (mailbox, "conversation-changed", G_CALLBACK (rd_dbus_messages1_emit_conversation_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mailbox, "conversations-reset", G_CALLBACK (rd_dbus_messages1_emit_conversations_reset),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (mailbox, "message-changed", G_CALLBACK (rd_dbus_messages1_emit_message_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mailbox, "typing-changed", G_CALLBACK (on_mailbox_typing_changed), self, 0);
  return self;
}
