/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-messages-page.h"

#include <glib/gi18n.h>

#include "rd-account-choice.h"
#include "rd-conversation-row.h"
#include "rd-conversation-view.h"
#include "rd-list-top.h"
#include "rd-paged-list.h"
#include "rd-panes.h"
#include "rd-people-presence.h"
#include "rd-platform.h"

/* The list of conversations beside the one that is open. */

/* How many pages are looked through for a conversation that is to be shown. */
#define SEEK_PAGES_MAX 20

enum
{
  PROP_UNREAD = 1,
  N_PROPS,
};

struct _RdMessagesPage
{
  GtkWidget parent_instance;

  RdModel *model;
  RdPagedList *list;
  GtkSingleSelection *selection;
  RdPeoplePresence *presence;
  GCancellable *cancellable;
  char *wanted_account; /* (nullable): what is to be shown when it is known */
  char *wanted;
  guint seeks;
  guint unread;
  gboolean syncing;

  RdPanes *panes;
  GtkEditable *search;
  RdAccountChoice *accounts;
  GtkStack *list_stack;
  GtkLabel *failure_whole;
  GtkWidget *failure;
  GtkLabel *failure_part;
  GtkWidget *scroller;
  GtkListView *view;
  GtkStack *content_stack;
  RdConversationView *conversation;
};

G_DEFINE_FINAL_TYPE (RdMessagesPage, rd_messages_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
say (RdMessagesPage *self, const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

static void
show_state (RdMessagesPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  gboolean searching = *rd_paged_list_get_search (self->list) != '\0';
  const char *failure = rd_paged_list_get_error (self->list);

  gtk_stack_set_visible_child_name (self->list_stack, !empty                                    ? "list"
                                                      : rd_paged_list_get_loading (self->list) ? "loading"
                                                      : failure != NULL                        ? "failed"
                                                      : searching                              ? "none"
                                                                                               : "empty");
  gtk_label_set_text (self->failure_whole, failure != NULL ? failure : "");
  gtk_label_set_text (self->failure_part, failure != NULL ? failure : "");
  gtk_widget_set_visible (self->failure, failure != NULL && !empty);
}

static void
show_conversation (RdMessagesPage *self, RdPagedItem *item)
{
  rd_conversation_view_set_item (self->conversation, item);
  gtk_stack_set_visible_child_name (self->content_stack, "conversation");
}

static void
enter_conversation (RdMessagesPage *self)
{
  if (rd_conversation_view_get_item (self->conversation) == NULL)
    return;
  rd_panes_set_show_content (self->panes, TRUE);
  rd_conversation_view_focus_entry (self->conversation);
}

/* The open conversation is the selected one, if it is in the list: it may have been searched away and come back. */
static void
sync_selection (RdMessagesPage *self)
{
  RdPagedItem *open = rd_conversation_view_get_item (self->conversation);
  RdPagedItem *item = NULL;
  guint position = GTK_INVALID_LIST_POSITION;

  if (open != NULL)
    item = rd_paged_list_find (self->list, rd_paged_item_get_proxy (open), rd_paged_item_get_string (open, "id"),
                               &position);
  if (item == gtk_single_selection_get_selected_item (self->selection))
    return;
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, item != NULL ? position : GTK_INVALID_LIST_POSITION);
  self->syncing = FALSE;
  if (item != NULL)
    show_conversation (self, item);
}

static void
clear_wanted (RdMessagesPage *self)
{
  g_clear_pointer (&self->wanted_account, g_free);
  g_clear_pointer (&self->wanted, g_free);
}

static void
open_item (RdMessagesPage *self, RdPagedItem *item)
{
  clear_wanted (self);
  show_conversation (self, item);
  sync_selection (self);
  enter_conversation (self);
}

/* Looks for the conversation that is to be shown: it is new, so it is near the top. One that is not found is shown
 * without a name, rather than not at all. */
static void
seek_wanted (RdMessagesPage *self)
{
  GDBusProxy *proxy;
  RdPagedItem *item;
  g_autoptr (RdRecord) record = NULL;
  g_autoptr (RdPagedItem) bare = NULL;

  if (self->wanted == NULL)
    return;
  proxy = rd_model_find_interface (rd_model_get_messages (self->model), self->wanted_account);
  if (proxy == NULL)
    return;
  item = rd_paged_list_find (self->list, proxy, self->wanted, NULL);
  if (item != NULL)
    {
      open_item (self, item);
      return;
    }
  if (rd_paged_list_get_loading (self->list))
    return;
  if (rd_paged_list_get_more (self->list) && self->seeks++ < SEEK_PAGES_MAX)
    {
      rd_paged_list_fetch_more (self->list);
      return;
    }
  record = rd_record_new (g_variant_new_parsed ("{'id': <%s>}", self->wanted));
  bare = rd_paged_item_new (proxy, record);
  open_item (self, bare);
}

static void
on_items_changed (RdMessagesPage *self)
{
  show_state (self);
  sync_selection (self);
  seek_wanted (self);
}

static void
on_selected_item_changed (RdMessagesPage *self)
{
  RdPagedItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && !self->syncing)
    show_conversation (self, item);
}

static void
on_again_clicked (RdMessagesPage *self)
{
  rd_paged_list_reload (self->list);
  show_state (self);
}

/* With one account there is no need to say which it is. */
static void
on_accounts_offered (RdMessagesPage *self)
{
  rd_conversation_view_set_with_account (self->conversation, rd_account_choice_is_offered (self->accounts));
}

static void
on_accounts_offered_row (RdAccountChoice *accounts, GParamSpec *pspec, RdConversationRow *row)
{
  rd_conversation_row_set_with_account (row, rd_account_choice_is_offered (accounts));
}

static void
on_search_changed (RdMessagesPage *self)
{
  rd_paged_list_set_search (self->list, gtk_editable_get_text (self->search));
  rd_list_top_go (self->view);
}

static void
on_stop_search (RdMessagesPage *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_account_chosen (RdMessagesPage *self)
{
  rd_paged_list_set_account (self->list, rd_account_choice_get_account (self->accounts));
}

static void
on_activate (RdMessagesPage *self)
{
  enter_conversation (self);
}

static void
on_back (RdMessagesPage *self)
{
  rd_messages_page_go_back (self);
}

static gboolean
on_key_pressed (RdMessagesPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (keyval != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  return rd_messages_page_go_back (self) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
show_presence (RdMessagesPage *self, RdConversationRow *row)
{
  RdPagedItem *item = rd_conversation_row_get_item (row);
  RdRecord *person = NULL;

  if (item != NULL)
    person = rd_people_presence_find (self->presence, rd_paged_item_get_account (item),
                                      rd_paged_item_get_string (item, "person"));
  rd_conversation_row_set_status (row, person != NULL ? rd_record_get_string (person, "status") : NULL);
}

static void
on_presence_changed (RdPeoplePresence *presence, RdConversationRow *row)
{
  RdMessagesPage *self = RD_MESSAGES_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), RD_TYPE_MESSAGES_PAGE));

  if (self != NULL)
    show_presence (self, row);
}

/* The selection has moved there before, and may have been there already. */
static void
on_row_released (GtkGestureClick *gesture, int n_press, double x, double y, RdMessagesPage *self)
{
  enter_conversation (self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdMessagesPage *self)
{
  GtkWidget *row = rd_conversation_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_row_released), self, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (self->presence, "changed", G_CALLBACK (on_presence_changed), row, 0);
  g_signal_connect_object (self->accounts, "notify::visible", G_CALLBACK (on_accounts_offered_row), row, 0);
  gtk_list_item_set_child (list_item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdMessagesPage *self)
{
  RdConversationRow *row = RD_CONVERSATION_ROW (gtk_list_item_get_child (list_item));

  rd_conversation_row_set_item (row, gtk_list_item_get_item (list_item),
                                rd_account_choice_is_offered (self->accounts));
  show_presence (self, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, RdMessagesPage *self)
{
  rd_conversation_row_set_item (RD_CONVERSATION_ROW (gtk_list_item_get_child (list_item)), NULL, FALSE);
}

static void
count_unread (RdMessagesPage *self)
{
  GListModel *messages = rd_model_get_messages (self->model);
  guint i, unread = 0;

  for (i = 0; i < g_list_model_get_n_items (messages); i++)
    {
      g_autoptr (RdDBusMessages1) interface = g_list_model_get_item (messages, i);

      unread += rd_dbus_messages1_get_unread (interface);
    }
  if (self->unread == unread)
    return;
  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD]);
}

static void
on_messages_changed (GListModel *messages, guint position, guint removed, guint added, RdMessagesPage *self)
{
  RdPagedItem *open = rd_conversation_view_get_item (self->conversation);
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (RdDBusMessages1) interface = g_list_model_get_item (messages, i);

      g_signal_connect_object (interface, "notify::unread", G_CALLBACK (count_unread), self, G_CONNECT_SWAPPED);
    }
  count_unread (self);
  /* The account of the open conversation is gone. */
  if (open != NULL && removed > 0 && rd_paged_item_get_account (open) != NULL &&
      rd_model_find_interface (messages, rd_dbus_account1_get_id (rd_paged_item_get_account (open))) !=
        (gpointer) rd_paged_item_get_proxy (open))
    {
      rd_conversation_view_set_item (self->conversation, NULL);
      gtk_stack_set_visible_child_name (self->content_stack, "nothing");
      rd_panes_set_show_content (self->panes, FALSE);
    }
  seek_wanted (self);
}

static GVariant *
dup_arguments (const char *search, const char *filter, guint offset, guint limit)
{
  return g_variant_new ("(suu)", search, offset, limit);
}

static int
compare_conversations (RdRecord *a, RdRecord *b)
{
  gint64 left = rd_record_get_time (a, "at");
  gint64 right = rd_record_get_time (b, "at");

  return (left < right) - (left > right);
}

static const RdPagedKind conversations_kind = {
  .method = "ListConversations",
  .changed_signal = "ConversationChanged",
  .reset_signal = "ConversationsReset",
  .search_keys = { "name", "detail", "text" },
  .dup_arguments = dup_arguments,
  .compare = compare_conversations,
};

static void
on_find_conversation_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdMessagesPage) self = user_data;
  g_autoptr (GVariant) fields = NULL;
  g_autoptr (RdRecord) record = NULL;
  g_autoptr (RdPagedItem) item = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_messages1_call_find_conversation_finish (RD_DBUS_MESSAGES1 (source), &fields, result, &error))
    {
      g_autofree char *sentence = NULL;

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      sentence = rd_dup_error_sentence (error);
      say (self, sentence);
      return;
    }
  record = rd_record_new (fields);
  item = rd_paged_item_new (G_DBUS_PROXY (source), record);
  open_item (self, item);
}

/* GObject */

static void
rd_messages_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_UNREAD:
      g_value_set_uint (value, RD_MESSAGES_PAGE (object)->unread);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_messages_page_dispose (GObject *object)
{
  RdMessagesPage *self = RD_MESSAGES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer ((GtkWidget **) &self->panes, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->presence);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  clear_wanted (self);

  G_OBJECT_CLASS (rd_messages_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-messages-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, panes);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, search);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, accounts);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, failure_whole);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, failure);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, failure_part);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, view);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, content_stack);
  gtk_widget_class_bind_template_child (widget_class, RdMessagesPage, conversation);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_account_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_accounts_offered);
}

static void
rd_messages_page_class_init (RdMessagesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_messages_page_get_property;
  object_class->dispose = rd_messages_page_dispose;

  properties[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RD_TYPE_ACCOUNT_CHOICE);
  g_type_ensure (RD_TYPE_CONVERSATION_VIEW);
  g_type_ensure (RD_TYPE_PANES);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
rd_messages_page_init (RdMessagesPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

static void
set_up_list (RdMessagesPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  rd_list_top_keep (self->view);
  rd_paged_list_follow (self->list,
                        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)));
}

void
rd_messages_page_set_model (RdMessagesPage *self, RdModel *model)
{
  GListModel *messages;

  g_return_if_fail (RD_IS_MESSAGES_PAGE (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  messages = rd_model_get_messages (model);
  self->presence = rd_people_presence_new (rd_model_get_people (model));
  rd_conversation_view_set_model (self->conversation, model, self->presence);
  self->list = rd_paged_list_new (&conversations_kind, messages);
  rd_account_choice_set_interfaces (self->accounts, messages);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  set_up_list (self);

  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected_item_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (messages, "items-changed", G_CALLBACK (on_messages_changed), self, 0);
  on_messages_changed (messages, 0, 0, g_list_model_get_n_items (messages), self);
  show_state (self);
}

guint
rd_messages_page_get_unread (RdMessagesPage *self)
{
  g_return_val_if_fail (RD_IS_MESSAGES_PAGE (self), 0);
  return self->unread;
}

void
rd_messages_page_open (RdMessagesPage *self, const char *account, const char *conversation)
{
  g_return_if_fail (RD_IS_MESSAGES_PAGE (self));
  g_return_if_fail (account != NULL && conversation != NULL);

  clear_wanted (self);
  self->wanted_account = g_strdup (account);
  self->wanted = g_strdup (conversation);
  self->seeks = 0;
  seek_wanted (self);
}

void
rd_messages_page_open_person (RdMessagesPage *self, const char *account, const char *person)
{
  RdDBusMessages1 *messages;

  g_return_if_fail (RD_IS_MESSAGES_PAGE (self));

  messages = rd_model_find_interface (rd_model_get_messages (self->model), account);
  if (messages != NULL)
    rd_dbus_messages1_call_find_conversation (messages, person, self->cancellable, on_find_conversation_ready,
                                              g_object_ref (self));
}

gboolean
rd_messages_page_is_seen (RdMessagesPage *self, const char *account, const char *conversation)
{
  RdPagedItem *open;
  RdDBusAccount1 *owner;

  g_return_val_if_fail (RD_IS_MESSAGES_PAGE (self), FALSE);

  open = rd_conversation_view_get_item (self->conversation);
  owner = open != NULL ? rd_paged_item_get_account (open) : NULL;
  return owner != NULL && rd_conversation_view_is_seen (self->conversation) &&
         g_strcmp0 (rd_dbus_account1_get_id (owner), account) == 0 &&
         g_strcmp0 (rd_paged_item_get_string (open, "id"), conversation) == 0;
}

void
rd_messages_page_start_search (RdMessagesPage *self)
{
  g_return_if_fail (RD_IS_MESSAGES_PAGE (self));

  rd_panes_set_show_content (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

gboolean
rd_messages_page_go_back (RdMessagesPage *self)
{
  g_return_val_if_fail (RD_IS_MESSAGES_PAGE (self), FALSE);

  if (!rd_panes_get_folded (self->panes) || !rd_panes_get_show_content (self->panes))
    return FALSE;
  rd_panes_set_show_content (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}
