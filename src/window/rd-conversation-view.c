/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-conversation-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-colour-mark.h"
#include "rd-contact-button.h"
#include "rd-conversation-row.h"
#include "rd-message-entry.h"
#include "rd-message-pane.h"
#include "rd-model.h"
#include "rd-person-status.h"
#include "rd-platform.h"
#include "rd-text.h"

/* Around the messages: the person above them, the entry below them, and what is asked of the agent. */

#define NAME_CHARS 60

enum
{
  PROP_SHOW_BACK = 1,
  N_PROPS,
};

enum
{
  BACK,
  N_SIGNALS,
};

struct _RdConversationView
{
  GtkWidget parent_instance;

  RdPeoplePresence *presence; /* (nullable) */
  RdPagedItem *item;          /* (nullable) */
  GHashTable *drafts;         /* "object path/conversation" → text */
  RdRecord *marked;           /* (nullable): what the site is told now that it was read */
  gboolean show_back;
  gboolean with_account;

  GtkWidget *content;
  GtkWidget *back;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkBox *presence_box;
  GtkImage *status;
  GtkLabel *detail;
  GtkWidget *video;
  GtkWidget *audio;
  RdContactButton *more;
  GtkWidget *polling;
  GtkLabel *polling_text;
  GtkWidget *account;
  RdColourMark *colour;
  GtkLabel *account_name;
  RdMessagePane *pane;
  GtkLabel *typing;
  RdMessageEntry *entry;
  GtkWidget *cannot_send;
};

G_DEFINE_FINAL_TYPE (RdConversationView, rd_conversation_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* A message under way: the text comes back into the entry if nothing of it is to be seen elsewhere. */
typedef struct
{
  RdConversationView *view;
  RdPagedItem *item;
  char *text;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->view);
  g_object_unref (sending->item);
  g_free (sending->text);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static RdDBusMessages1 *
get_messages (RdConversationView *self)
{
  return RD_DBUS_MESSAGES1 (rd_paged_item_get_proxy (self->item));
}

static const char *
get_id (RdConversationView *self)
{
  return rd_paged_item_get_string (self->item, "id");
}

static gboolean
account_can (RdConversationView *self, const char *ability)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  return account != NULL && rd_model_account_can (account, ability);
}

static void
say_failure (RdConversationView *self, const GError *error)
{
  g_autofree char *sentence = rd_dup_error_sentence (error);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

static gboolean
is_seen (RdConversationView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_get_mapped (GTK_WIDGET (self)) && GTK_IS_WINDOW (root) &&
         gtk_window_is_active (GTK_WINDOW (root)) && rd_message_pane_is_at_end (self->pane);
}

/* The end of what is open was seen. FALSE: there is nothing to tell the site, or it is being told. */
static gboolean
begin_marking (RdConversationView *self)
{
  if (self->item == NULL || self->marked != NULL || !is_seen (self) ||
      rd_record_get_uint (rd_paged_item_get_record (self->item), "unread") == 0)
    return FALSE;
  self->marked = g_object_ref (rd_paged_item_get_record (self->item));
  return TRUE;
}

static void
on_mark_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdConversationView) self = user_data;
  g_autoptr (RdRecord) marked = g_steal_pointer (&self->marked);
  g_autoptr (GError) error = NULL;

  /* Nobody has asked for it, and it is tried again with the next occasion. */
  if (!rd_dbus_messages1_call_mark_read_finish (RD_DBUS_MESSAGES1 (source), result, &error))
    g_debug ("MarkRead: %s", error->message);
  /* Another message came meanwhile, or another conversation was opened. */
  if (self->item != NULL && rd_paged_item_get_record (self->item) != marked && begin_marking (self))
    rd_dbus_messages1_call_mark_read (get_messages (self), get_id (self), NULL, on_mark_read_ready,
                                      g_object_ref (self));
}

static void
mark_read (RdConversationView *self)
{
  if (begin_marking (self))
    rd_dbus_messages1_call_mark_read (get_messages (self), get_id (self), NULL, on_mark_read_ready,
                                      g_object_ref (self));
}

static void
show_call_buttons (RdConversationView *self, RdRecord *person, const char *name)
{
  gboolean shown = account_can (self, "call") && *rd_paged_item_get_string (self->item, "person") != '\0' &&
                   !rd_record_get_boolean (rd_paged_item_get_record (self->item), "group");
  g_autofree char *reason = NULL;
  g_autofree char *video = NULL;
  g_autofree char *audio = NULL;
  gboolean possible = person == NULL || rd_person_can_be_called (person, &reason);

  gtk_widget_set_visible (self->video, shown);
  gtk_widget_set_visible (self->audio, shown);
  gtk_widget_set_sensitive (self->video, possible);
  gtk_widget_set_sensitive (self->audio, possible);
  video = g_strdup_printf (_ ("Call %s"), name);
  audio = g_strdup_printf (_ ("Call %s, audio only"), name);
  gtk_widget_set_tooltip_text (self->video, reason != NULL ? reason : _ ("Video Call"));
  gtk_widget_set_tooltip_text (self->audio, reason != NULL ? reason : _ ("Audio Call"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->video), GTK_ACCESSIBLE_PROPERTY_LABEL, video, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->audio), GTK_ACCESSIBLE_PROPERTY_LABEL, audio, -1);
}

static void
show_more (RdConversationView *self, RdRecord *conversation, const char *name)
{
  RdDBusAccount1 *account = rd_paged_item_get_account (self->item);

  gtk_widget_set_visible (GTK_WIDGET (self->more), account != NULL);
  if (account != NULL)
    rd_contact_button_set_contact (self->more, rd_dbus_account1_get_id (account),
                                   rd_record_get_string (conversation, "person"), name, "conversation",
                                   rd_record_get_string (conversation, "id"));
}

static void
show_person (RdConversationView *self)
{
  RdRecord *conversation, *person = NULL;
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;

  if (self->item == NULL)
    return;
  conversation = rd_paged_item_get_record (self->item);
  name = rd_conversation_dup_name (conversation);
  if (self->presence != NULL)
    person = rd_people_presence_find (self->presence, rd_paged_item_get_account (self->item),
                                      rd_record_get_string (conversation, "person"));
  detail = person != NULL ? rd_person_dup_status (person)
                          : rd_text_clean (rd_record_get_string (conversation, "detail"), NAME_CHARS);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->presence_box), *detail != '\0' && g_strcmp0 (detail, name) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->status), person != NULL);
  if (person != NULL)
    rd_person_status_paint (self->status, rd_record_get_string (person, "status"));
  rd_message_entry_set_name (self->entry, name);
  show_call_buttons (self, person, name);
  show_more (self, conversation, name);
}

/* That news may be late is to be known, and how late. */
static void
show_polling (RdConversationView *self, RdDBusAccount1 *account)
{
  gboolean polling = account != NULL && g_strcmp0 (rd_dbus_account1_get_delivery (account), "polling") == 0;
  guint seconds = polling ? rd_dbus_account1_get_poll_every (account) : 0;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->polling, polling);
  if (seconds > 0)
    text = g_strdup_printf (ngettext ("Asks every %u second: there is no live connection",
                                      "Asks every %u seconds: there is no live connection", seconds),
                            seconds);
  gtk_label_set_text (self->polling_text,
                      text != NULL ? text : _ ("Asks every few seconds: there is no live connection"));
}

static void
show_account (RdConversationView *self)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;
  gboolean can_send = account_can (self, "send");

  show_polling (self, account);
  gtk_widget_set_visible (self->account, self->with_account && account != NULL);
  if (account != NULL)
    {
      rd_colour_mark_set_colour (self->colour, rd_dbus_account1_get_colour (account));
      gtk_label_set_text (self->account_name, rd_dbus_account1_get_name (account));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->entry), can_send);
  gtk_widget_set_visible (self->cannot_send, !can_send);
  show_person (self);
}

static void
on_item_changed (RdConversationView *self)
{
  show_person (self);
  mark_read (self);
}

/* The list may not know it now, or another object of it. */
static void
on_conversation_changed (RdDBusMessages1 *messages, GVariant *fields, RdConversationView *self)
{
  g_autoptr (RdRecord) record = rd_record_new (fields);

  if (g_strcmp0 (rd_record_get_string (record, "id"), get_id (self)) == 0)
    rd_paged_item_set_record (self->item, record);
}

static void
on_typing_changed (RdDBusMessages1 *messages, const char *conversation, const char *const *names,
                   RdConversationView *self)
{
  guint n = g_strv_length ((char **) names);
  g_autofree char *first = NULL;
  g_autofree char *text = NULL;

  if (g_strcmp0 (conversation, get_id (self)) != 0)
    return;
  first = rd_text_clean (n > 0 ? names[0] : "", NAME_CHARS);
  /* The marks keep a name that is written from right to left from turning the sentence round. */
  if (n == 1 && *first != '\0')
    text = g_strdup_printf (_ ("\u2068%s\u2069 is typing…"), first);
  else if (n > 0)
    text = g_strdup_printf (ngettext ("%u person is typing…", "%u people are typing…", n), n);
  gtk_label_set_text (self->typing, text != NULL ? text : "");
}

static void
on_send_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sending) sending = user_data;
  RdConversationView *self = sending->view;
  g_autoptr (GVariant) message = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_dbus_messages1_call_send_finish (RD_DBUS_MESSAGES1 (source), &message, result, &error))
    return;
  say_failure (self, error);
  if (self->item != sending->item || rd_message_pane_has_failed (self->pane, sending->text))
    return;
  written = rd_message_entry_dup_text (self->entry);
  if (*written == '\0')
    rd_message_entry_set_text (self->entry, sending->text);
}

static void
send_text (RdConversationView *self, const char *text)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->view = g_object_ref (self);
  sending->item = g_object_ref (self->item);
  sending->text = g_strdup (text);
  rd_message_pane_scroll_down (self->pane);
  rd_dbus_messages1_call_send (get_messages (self), get_id (self), text, NULL, on_send_ready, sending);
}

static void
on_entry_send (RdConversationView *self, const char *text)
{
  if (self->item == NULL)
    return;
  send_text (self, text);
  if (account_can (self, "typing"))
    rd_dbus_messages1_call_set_typing (get_messages (self), get_id (self), FALSE, NULL, NULL, NULL);
}

static void
on_entry_typing (RdConversationView *self, gboolean typing)
{
  if (self->item != NULL && account_can (self, "typing"))
    rd_dbus_messages1_call_set_typing (get_messages (self), get_id (self), typing, NULL, NULL, NULL);
}

static void
on_pane_retry (RdConversationView *self, RdPagedItem *message)
{
  g_autofree char *text = g_strdup (rd_paged_item_get_string (message, "text"));

  rd_message_pane_remove (self->pane, message);
  send_text (self, text);
}

static void
call (RdConversationView *self, gboolean audio)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.call", "(ssb)", rd_dbus_account1_get_id (account),
                                rd_paged_item_get_string (self->item, "person"), audio);
}

static void
on_video_clicked (RdConversationView *self)
{
  call (self, FALSE);
}

static void
on_audio_clicked (RdConversationView *self)
{
  call (self, TRUE);
}

static void
on_back_clicked (RdConversationView *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static char *
dup_key (RdPagedItem *item)
{
  return g_strconcat (g_dbus_proxy_get_object_path (rd_paged_item_get_proxy (item)), "/",
                      rd_paged_item_get_string (item, "id"), NULL);
}

static gboolean
is_same_conversation (RdPagedItem *a, RdPagedItem *b)
{
  return a != NULL && b != NULL && rd_paged_item_get_proxy (a) == rd_paged_item_get_proxy (b) &&
         g_strcmp0 (rd_paged_item_get_string (a, "id"), rd_paged_item_get_string (b, "id")) == 0;
}

static void
keep_draft (RdConversationView *self)
{
  g_autofree char *text = rd_message_entry_dup_text (self->entry);
  g_autofree char *key = dup_key (self->item);

  if (*text != '\0')
    g_hash_table_insert (self->drafts, g_steal_pointer (&key), g_steal_pointer (&text));
  else
    g_hash_table_remove (self->drafts, key);
}

static void
disconnect_item (RdConversationView *self)
{
  RdDBusAccount1 *account;

  if (self->item == NULL)
    return;
  account = rd_paged_item_get_account (self->item);
  g_signal_handlers_disconnect_by_data (self->item, self);
  g_signal_handlers_disconnect_by_data (rd_paged_item_get_proxy (self->item), self);
  if (account != NULL)
    g_signal_handlers_disconnect_by_data (account, self);
}

static void
connect_item (RdConversationView *self)
{
  RdDBusAccount1 *account = rd_paged_item_get_account (self->item);

  g_signal_connect_object (self->item, "changed", G_CALLBACK (on_item_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_messages (self), "conversation-changed", G_CALLBACK (on_conversation_changed), self, 0);
  g_signal_connect_object (get_messages (self), "typing-changed", G_CALLBACK (on_typing_changed), self, 0);
  if (account == NULL)
    return;
  g_signal_connect_object (account, "notify", G_CALLBACK (show_account), self, G_CONNECT_SWAPPED);
}

/* GtkWidget */

static void
rd_conversation_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rd_conversation_view_parent_class)->map (widget);
  mark_read (RD_CONVERSATION_VIEW (widget));
}

static void
rd_conversation_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rd_conversation_view_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (mark_read), widget,
                           G_CONNECT_SWAPPED);
}

static void
rd_conversation_view_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), mark_read, widget);
  GTK_WIDGET_CLASS (rd_conversation_view_parent_class)->unroot (widget);
}

/* GObject */

static void
rd_conversation_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOW_BACK:
      g_value_set_boolean (value, RD_CONVERSATION_VIEW (object)->show_back);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_conversation_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdConversationView *self = RD_CONVERSATION_VIEW (object);

  switch (id)
    {
    case PROP_SHOW_BACK:
      self->show_back = g_value_get_boolean (value);
      gtk_widget_set_visible (self->back, self->show_back);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_conversation_view_dispose (GObject *object)
{
  RdConversationView *self = RD_CONVERSATION_VIEW (object);

  disconnect_item (self);
  g_clear_object (&self->item);
  g_clear_object (&self->marked);
  g_clear_object (&self->presence);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_conversation_view_parent_class)->dispose (object);
}

static void
rd_conversation_view_finalize (GObject *object)
{
  g_hash_table_unref (RD_CONVERSATION_VIEW (object)->drafts);

  G_OBJECT_CLASS (rd_conversation_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-conversation-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, content);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, back);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, avatar);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, name);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, presence_box);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, status);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, detail);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, video);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, audio);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, more);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, polling);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, polling_text);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, account);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, colour);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, account_name);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, pane);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, typing);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, entry);
  gtk_widget_class_bind_template_child (widget_class, RdConversationView, cannot_send);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_video_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_audio_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_send);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_typing);
  gtk_widget_class_bind_template_callback (widget_class, on_pane_retry);
  gtk_widget_class_bind_template_callback (widget_class, mark_read);
}

static void
rd_conversation_view_class_init (RdConversationViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_conversation_view_get_property;
  object_class->set_property = rd_conversation_view_set_property;
  object_class->dispose = rd_conversation_view_dispose;
  object_class->finalize = rd_conversation_view_finalize;
  widget_class->map = rd_conversation_view_map;
  widget_class->root = rd_conversation_view_root;
  widget_class->unroot = rd_conversation_view_unroot;

  properties[PROP_SHOW_BACK] =
    g_param_spec_boolean ("show-back", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] =
    g_signal_new ("back", RD_TYPE_CONVERSATION_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RD_TYPE_COLOUR_MARK);
  g_type_ensure (RD_TYPE_CONTACT_BUTTON);
  g_type_ensure (RD_TYPE_MESSAGE_ENTRY);
  g_type_ensure (RD_TYPE_MESSAGE_PANE);
  gtk_widget_class_set_css_name (widget_class, "conversationview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
rd_conversation_view_init (RdConversationView *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rd_conversation_view_set_model (RdConversationView *self, RdModel *model, RdPeoplePresence *presence)
{
  g_return_if_fail (RD_IS_CONVERSATION_VIEW (self));
  g_return_if_fail (RD_IS_MODEL (model));
  g_return_if_fail (RD_IS_PEOPLE_PRESENCE (presence) && self->presence == NULL);

  self->presence = g_object_ref (presence);
  rd_contact_button_set_model (self->more, model);
  g_signal_connect_object (presence, "changed", G_CALLBACK (show_person), self, G_CONNECT_SWAPPED);
}

void
rd_conversation_view_set_item (RdConversationView *self, RdPagedItem *item)
{
  g_autofree char *key = NULL;
  gboolean same;
  const char *draft;

  g_return_if_fail (RD_IS_CONVERSATION_VIEW (self));
  g_return_if_fail (item == NULL || RD_IS_PAGED_ITEM (item));

  if (self->item == item)
    return;
  same = is_same_conversation (self->item, item);
  if (self->item != NULL)
    keep_draft (self);
  disconnect_item (self);
  g_set_object (&self->item, item);
  if (!same)
    {
      rd_message_pane_set_conversation (self->pane, item);
      gtk_label_set_text (self->typing, "");
    }
  if (item == NULL)
    return;
  if (!same)
    {
      key = dup_key (item);
      draft = g_hash_table_lookup (self->drafts, key);
      rd_message_entry_set_limit (self->entry, rd_dbus_messages1_get_max_text (get_messages (self)));
      rd_message_entry_set_text (self->entry, draft != NULL ? draft : "");
    }
  connect_item (self);
  show_account (self);
  mark_read (self);
}

void
rd_conversation_view_set_with_account (RdConversationView *self, gboolean with_account)
{
  g_return_if_fail (RD_IS_CONVERSATION_VIEW (self));

  self->with_account = with_account;
  show_account (self);
}

gboolean
rd_conversation_view_is_seen (RdConversationView *self)
{
  g_return_val_if_fail (RD_IS_CONVERSATION_VIEW (self), FALSE);
  return self->item != NULL && is_seen (self);
}

RdPagedItem *
rd_conversation_view_get_item (RdConversationView *self)
{
  g_return_val_if_fail (RD_IS_CONVERSATION_VIEW (self), NULL);
  return self->item;
}

void
rd_conversation_view_focus_entry (RdConversationView *self)
{
  g_return_if_fail (RD_IS_CONVERSATION_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
