/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-messages.h"

#include "rd-mock-list.h"

/* A site full of messages. */

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static const char *const names[] = { "Ada Lovelace",  "Grace Hopper",    "Katherine Johnson", "Alan Turing",
                                     "Радия Перлман", "محمد الخوارزمي", "Hedy Lamarr",       "+44 20 7946 0018" };
static const char *const texts[] = {
  "Shall we look at the engine’s notes tomorrow?",
  "It’s easier to ask forgiveness than it is to get permission.",
  "The numbers for the orbit are done. https://example.org/orbit/friendship-7?page=12",
  "ok",
  "I have written down what we spoke of, and there is a lot of it: the store, the mill, the cards, the printing "
  "apparatus, and who is to pay for all of that.",
  "مرحبا، متى نبدأ؟",
};

struct _RdMockMessages
{
  GObject parent_instance;

  RdMockAgent *agent; /* not owned */
  RdDBusMessages1 *skeleton;
  RdMockList *conversations;
  GHashTable *messages; /* id → RdMockList */
  guint sent;
};

G_DEFINE_FINAL_TYPE (RdMockMessages, rd_mock_messages, G_TYPE_OBJECT)

static RdMockList *
messages_of (RdMockMessages *self, const char *conversation)
{
  RdMockList *list = g_hash_table_lookup (self->messages, conversation);

  if (list == NULL)
    {
      list = rd_mock_list_new ();
      g_hash_table_insert (self->messages, g_strdup (conversation), list);
    }
  return list;
}

static gboolean
on_handle_list_conversations (RdDBusMessages1 *skeleton, GDBusMethodInvocation *invocation, const char *search,
                              guint offset, guint limit, RdMockMessages *self)
{
  const char *const keys[] = { "name", "detail", "text", NULL };
  gboolean more;
  GVariant *page;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  page = rd_mock_list_page (self->conversations, keys, search, offset, limit, &more);
  rd_dbus_messages1_complete_list_conversations (skeleton, invocation, page, more);
  return TRUE;
}

static gboolean
on_handle_list_messages (RdDBusMessages1 *skeleton, GDBusMethodInvocation *invocation, const char *conversation,
                         const char *before, guint limit, RdMockMessages *self)
{
  gboolean more;
  GVariant *page;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  page = rd_mock_list_before (messages_of (self, conversation), before, limit, &more);
  rd_dbus_messages1_complete_list_messages (skeleton, invocation, page, more);
  return TRUE;
}

static gboolean
on_handle_find_conversation (RdDBusMessages1 *skeleton, GDBusMethodInvocation *invocation, const char *person,
                             RdMockMessages *self)
{
  g_autofree char *id = g_strdup_printf ("with-%s", person);

  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_messages1_complete_find_conversation (
      skeleton, invocation,
      g_variant_new_parsed ("{'id': <%s>, 'name': <%s>, 'person': <%s>}", id, person, person));
  return TRUE;
}

/* "sending" at once, then what the site makes of it. */
static gboolean
on_handle_send (RdDBusMessages1 *skeleton, GDBusMethodInvocation *invocation, const char *conversation,
                const char *text, RdMockMessages *self)
{
  g_autofree char *local = g_strdup_printf ("l%u", self->sent);
  g_autofree char *id = g_strdup_printf ("s%u", self->sent);
  gint64 now = g_get_real_time ();
  GVariant *message;

  self->sent++;
  rd_dbus_messages1_emit_message_changed (
    skeleton, g_variant_new_parsed ("{'id': <''>, 'local-id': <%s>, 'conversation': <%s>, 'text': <%s>, 'at': <%x>, "
                                    "'ours': <true>, 'state': <'sending'>}",
                                    local, conversation, text, now));
  if (!rd_mock_agent_take (self->agent, invocation))
    {
      rd_dbus_messages1_emit_message_changed (
        skeleton, g_variant_new_parsed ("{'id': <''>, 'local-id': <%s>, 'conversation': <%s>, 'text': <%s>, 'at': "
                                        "<%x>, 'ours': <true>, 'state': <'failed'>}",
                                        local, conversation, text, now));
      return TRUE;
    }
  message = rd_mock_list_put (
    messages_of (self, conversation),
    g_variant_new_parsed ("{'id': <%s>, 'local-id': <%s>, 'conversation': <%s>, 'text': <%s>, 'at': <%x>, 'ours': "
                          "<true>, 'state': <'sent'>}",
                          id, local, conversation, text, now));
  rd_dbus_messages1_emit_message_changed (skeleton, message);
  rd_dbus_messages1_complete_send (skeleton, invocation, message);
  return TRUE;
}

static void
mark_read (RdMockMessages *self, const char *conversation)
{
  GVariant *entry = rd_mock_list_find (self->conversations, conversation);
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (entry);

  if (entry == NULL)
    return;
  g_variant_dict_insert (&dict, "unread", "u", 0u);
  entry = rd_mock_list_put (self->conversations, g_variant_dict_end (&dict));
  rd_dbus_messages1_emit_conversation_changed (self->skeleton, entry);
}

static gboolean
on_handle_mark_read (RdDBusMessages1 *skeleton, GDBusMethodInvocation *invocation, const char *conversation,
                     RdMockMessages *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    {
      mark_read (self, conversation);
      rd_dbus_messages1_complete_mark_read (skeleton, invocation);
    }
  return TRUE;
}

static gboolean
on_handle_set_typing (RdDBusMessages1 *skeleton, GDBusMethodInvocation *invocation, const char *conversation,
                      gboolean typing, RdMockMessages *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_messages1_complete_set_typing (skeleton, invocation);
  return TRUE;
}

static void
rd_mock_messages_finalize (GObject *object)
{
  RdMockMessages *self = RD_MOCK_MESSAGES (object);

  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  rd_mock_list_free (self->conversations);
  g_hash_table_unref (self->messages);

  G_OBJECT_CLASS (rd_mock_messages_parent_class)->finalize (object);
}

static void
rd_mock_messages_class_init (RdMockMessagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_messages_finalize;
}

static void
rd_mock_messages_init (RdMockMessages *self)
{
  self->conversations = rd_mock_list_new ();
  self->messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_mock_list_free);
}

RdMockMessages *
rd_mock_messages_new (RdMockAgent *agent, RdDBusAccount1 *account)
{
  RdMockMessages *self = g_object_new (RD_TYPE_MOCK_MESSAGES, NULL);

  self->agent = agent;
  self->skeleton = rd_dbus_messages1_skeleton_new ();
  rd_dbus_messages1_set_max_text (self->skeleton, 5000);
  g_signal_connect (self->skeleton, "handle-list-conversations", G_CALLBACK (on_handle_list_conversations), self);
  g_signal_connect (self->skeleton, "handle-list-messages", G_CALLBACK (on_handle_list_messages), self);
  g_signal_connect (self->skeleton, "handle-find-conversation", G_CALLBACK (on_handle_find_conversation), self);
  g_signal_connect (self->skeleton, "handle-send", G_CALLBACK (on_handle_send), self);
  g_signal_connect (self->skeleton, "handle-mark-read", G_CALLBACK (on_handle_mark_read), self);
  g_signal_connect (self->skeleton, "handle-set-typing", G_CALLBACK (on_handle_set_typing), self);
  rd_mock_agent_add_ability (account, "messages");
  rd_mock_agent_add_ability (account, "send");
  rd_mock_agent_add_ability (account, "typing");
  rd_mock_agent_add_interface (agent, rd_dbus_account1_get_id (account), self->skeleton);
  return self;
}

RdDBusMessages1 *
rd_mock_messages_get_skeleton (RdMockMessages *self)
{
  return self->skeleton;
}

void
rd_mock_messages_fill (RdMockMessages *self, guint n)
{
  gint64 now = g_get_real_time ();
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);
      g_autofree char *person = g_strdup_printf ("p%u", i);
      g_autofree char *name = i < G_N_ELEMENTS (names)
                                ? g_strdup (names[i])
                                : g_strdup_printf ("%s %u", names[i % G_N_ELEMENTS (names)], i);

      rd_mock_list_put_last (self->conversations,
                             g_variant_new_parsed ("{'id': <%s>, 'name': <%s>, 'person': <%s>, 'text': <%s>, 'ours': "
                                                   "<%b>, 'at': <%x>, 'unread': <%u>}",
                                                   id, name, person, texts[i % G_N_ELEMENTS (texts)], i % 3 == 1,
                                                   now - i * 47 * MINUTE, i == 0 ? 3u : i == 3 ? 120u : 0u));
    }
  rd_dbus_messages1_set_unread (self->skeleton, n > 3 ? 123 : 0);
}

void
rd_mock_messages_fill_messages (RdMockMessages *self, const char *conversation, guint n)
{
  const char *const states[] = { "read", "delivered", "sent", "queued", "failed" };
  gint64 now = g_get_real_time ();
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%u", i);
      g_autofree char *text = i % 5 == 4 ? g_strdup (texts[(i / 5) % G_N_ELEMENTS (texts)])
                                         : g_strdup_printf ("%s (%u)", texts[i % G_N_ELEMENTS (texts)], i);
      guint left = n - 1 - i;
      gboolean ours = i % 3 == 1;

      rd_mock_list_put_last (messages_of (self, conversation),
                             g_variant_new_parsed ("{'id': <%s>, 'conversation': <%s>, 'sender-id': <%s>, "
                                                   "'sender-name': <%s>, 'text': <%s>, 'ours': <%b>, 'at': <%x>, "
                                                   "'state': <%s>}",
                                                   id, conversation, ours ? "7" : "p0", ours ? "" : names[i % 2],
                                                   text, ours, now - left * 53 * MINUTE,
                                                   ours ? states[MIN (4 - MIN (left / 3, 4), 4)] : ""));
    }
}

void
rd_mock_messages_change (RdMockMessages *self, const char *conversation, gboolean newest)
{
  g_autoptr (GError) error = NULL;
  GVariant *entry = g_variant_parse (G_VARIANT_TYPE_VARDICT, conversation, NULL, NULL, &error);

  g_assert_no_error (error);
  if (newest)
    rd_mock_list_put_first (self->conversations, entry);
  else
    rd_mock_list_put (self->conversations, entry);
  rd_dbus_messages1_emit_conversation_changed (self->skeleton, entry);
}

void
rd_mock_messages_say (RdMockMessages *self, const char *message)
{
  g_autoptr (GError) error = NULL;
  GVariant *entry = g_variant_parse (G_VARIANT_TYPE_VARDICT, message, NULL, NULL, &error);
  const char *conversation = "";

  g_assert_no_error (error);
  g_variant_lookup (entry, "conversation", "&s", &conversation);
  rd_mock_list_put (messages_of (self, conversation), entry);
  rd_dbus_messages1_emit_message_changed (self->skeleton, entry);
}

void
rd_mock_messages_reset (RdMockMessages *self)
{
  rd_mock_list_clear (self->conversations);
  rd_dbus_messages1_emit_conversations_reset (self->skeleton);
}
