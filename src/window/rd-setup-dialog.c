/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-setup-dialog-private.h"

#include <glib/gi18n.h>

#include "rd-platform.h"
#include "rd-setup-file.h"

/* The way through the assistant's pages. Every decision about an account is the agent's; this knows which page comes
 * next. */

typedef struct
{
  const char *name;
  const char *title;
  const char *next;
} PageText;

static const PageText texts[] = {
  { "address", N_ ("Add an Account"), N_ ("_Next") },  { "summary", N_ ("What It Is"), N_ ("_Next") },
  { "server", N_ ("The Site"), N_ ("_Next") },         { "sign-in", N_ ("Sign In"), N_ ("_Sign In") },
  { "test", N_ ("Test"), N_ ("_Next") },               { "name", N_ ("Name and Colour"), N_ ("_Add") },
};

G_DEFINE_FINAL_TYPE (RdSetupDialog, rd_setup_dialog, ADW_TYPE_WINDOW)

char *
rd_setup_dialog_dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static gboolean
is_link (const char *text)
{
  return g_ascii_strncasecmp (text, "ringdown:", strlen ("ringdown:")) == 0;
}

/* (nullable): a string of the chosen profile */
const char *
rd_setup_dialog_profile_string (RdSetupDialog *self, const char *key)
{
  GVariant *profile = rd_setup_server_get_profile (self->server);
  const char *value = NULL;

  if (profile != NULL)
    g_variant_lookup (profile, key, "&s", &value);
  return value;
}

gboolean
rd_setup_dialog_needs_sign_in (RdSetupDialog *self)
{
  GVariant *profile = rd_setup_server_get_profile (self->server);
  g_autofree const char **ways = NULL;
  gboolean is_private = TRUE;

  if (profile == NULL)
    return TRUE;
  if (g_variant_lookup (profile, "sign-in", "^a&s", &ways))
    return ways[0] != NULL;
  g_variant_lookup (profile, "private", "b", &is_private);
  return is_private;
}

static gboolean
can_go_on (RdSetupDialog *self)
{
  g_autofree char *address = NULL;

  switch (self->page)
    {
    case RD_SETUP_PAGE_ADDRESS:
      address = rd_setup_dialog_dup_text (self->address);
      return *address != '\0';
    case RD_SETUP_PAGE_SUMMARY:
    case RD_SETUP_PAGE_SERVER:
      return self->page == RD_SETUP_PAGE_SUMMARY || rd_setup_server_is_complete (self->server);
    case RD_SETUP_PAGE_SIGN_IN:
      return rd_sign_in_form_is_complete (self->form);
    case RD_SETUP_PAGE_TEST:
    case RD_SETUP_PAGE_NAME:
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

static void
update (RdSetupDialog *self)
{
  const PageText *text = &texts[self->page];
  gboolean again = self->page == RD_SETUP_PAGE_TEST && !self->tested && !self->busy;

  gtk_window_set_title (GTK_WINDOW (self), _ (text->title));
  gtk_button_set_label (self->next, again ? _ ("_Try Again") : _ (text->next));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), !self->busy && can_go_on (self));
  gtk_widget_set_visible (self->back, self->visited->len > 0);
  gtk_widget_set_visible (self->cancel, self->visited->len == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), !self->busy || self->page == RD_SETUP_PAGE_TEST);
  gtk_widget_set_visible (self->test_buttons, again && rd_setup_steps_get_failed (self->steps) != NULL);
  rd_name_buttons (GTK_WIDGET (self));
}

void
rd_setup_dialog_show_error (RdSetupDialog *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->error_box, sentence != NULL);
  gtk_widget_set_visible (self->by_hand, FALSE);
  if (sentence != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
focus_page (RdSetupDialog *self)
{
  switch (self->page)
    {
    case RD_SETUP_PAGE_ADDRESS:
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      break;
    case RD_SETUP_PAGE_SERVER:
      rd_setup_server_focus (self->server);
      break;
    case RD_SETUP_PAGE_SIGN_IN:
      rd_sign_in_form_focus (self->form);
      break;
    case RD_SETUP_PAGE_NAME:
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
      break;
    case RD_SETUP_PAGE_SUMMARY:
    case RD_SETUP_PAGE_TEST:
    default:
      gtk_widget_grab_focus (GTK_WIDGET (self->next));
      break;
    }
}

static void
show_page (RdSetupDialog *self, RdSetupPage page)
{
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->page = page;
  rd_setup_dialog_show_error (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, texts[page].name);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update (self);
  focus_page (self);
}

void
rd_setup_dialog_go_to (RdSetupDialog *self, RdSetupPage page)
{
  RdSetupPage from = self->page;

  g_array_append_val (self->visited, from);
  show_page (self, page);
}

/* Back to @page as if nothing had been after it; forth, where it has not been seen. */
static void
return_to (RdSetupDialog *self, RdSetupPage page)
{
  guint i;

  for (i = 0; i < self->visited->len; i++)
    if (g_array_index (self->visited, RdSetupPage, i) == page)
      {
        g_array_set_size (self->visited, i);
        show_page (self, page);
        return;
      }
  rd_setup_dialog_go_to (self, page);
}

/* Begins a request, or ends it. */
void
rd_setup_dialog_set_busy (RdSetupDialog *self, gboolean busy)
{
  self->busy = busy;
  if (busy)
    {
      rd_setup_dialog_show_error (self, NULL);
      /* GtkText 4.8 does not notice that it loses the focus to nobody by getting insensitive. */
      gtk_window_set_focus (GTK_WINDOW (self), NULL);
    }
  update (self);
}

/* Shows what failed; FALSE: the dialog is gone, or the user has gone back, and nobody wants to know. */
gboolean
rd_setup_dialog_fail (RdSetupDialog *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  sentence = rd_dup_error_sentence (error);
  rd_setup_dialog_set_busy (self, FALSE);
  rd_setup_dialog_show_error (self, sentence);
  focus_page (self);
  return TRUE;
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rd_setup_file_choose_finish (result, &error);

  if (text != NULL)
    rd_setup_dialog_read_setup (RD_SETUP_DIALOG (user_data), text);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rd_setup_dialog_show_error (RD_SETUP_DIALOG (user_data), error->message);
}

static void
on_file_clicked (RdSetupDialog *self)
{
  rd_setup_file_choose (GTK_WINDOW (self), self->cancellable, on_file_read, self);
}

static void
begin_test (RdSetupDialog *self)
{
  rd_setup_dialog_go_to (self, RD_SETUP_PAGE_TEST);
  rd_setup_dialog_test (self);
}

/* The site is known. */
void
rd_setup_dialog_leave_site (RdSetupDialog *self)
{
  GVariant *profile;
  g_autofree const char **ways = NULL;
  g_autofree char *host = NULL;

  if (rd_setup_dialog_fetch_profile (self))
    return;
  profile = rd_setup_server_get_profile (self->server);
  if (!rd_setup_server_is_complete (self->server))
    {
      rd_setup_dialog_go_to (self, RD_SETUP_PAGE_SERVER);
      return;
    }
  if (!rd_setup_dialog_needs_sign_in (self))
    {
      begin_test (self);
      return;
    }
  host = rd_setup_dialog_dup_host (self);
  g_variant_lookup (profile, "sign-in", "^a&s", &ways);
  rd_sign_in_form_set_ways (self->form, ways, rd_setup_dialog_profile_string (self, "login"), host);
  rd_setup_dialog_go_to (self, RD_SETUP_PAGE_SIGN_IN);
}

static void
leave_test (RdSetupDialog *self)
{
  g_autofree char *name = rd_setup_dialog_dup_text (self->name);

  if (*name == '\0')
    {
      g_autofree char *host = rd_setup_dialog_dup_host (self);

      gtk_editable_set_text (self->name, host);
    }
  rd_setup_dialog_go_to (self, RD_SETUP_PAGE_NAME);
}

static void
leave_address (RdSetupDialog *self)
{
  g_autofree char *address = rd_setup_dialog_dup_text (self->address);

  if (is_link (address))
    rd_setup_dialog_read_setup (self, address);
  else
    rd_setup_dialog_discover (self, address);
}

static void
on_next_clicked (RdSetupDialog *self)
{
  if (self->busy || !can_go_on (self))
    return;
  switch (self->page)
    {
    case RD_SETUP_PAGE_ADDRESS:
      leave_address (self);
      break;
    case RD_SETUP_PAGE_SUMMARY:
    case RD_SETUP_PAGE_SERVER:
      rd_setup_dialog_leave_site (self);
      break;
    case RD_SETUP_PAGE_SIGN_IN:
      begin_test (self);
      break;
    case RD_SETUP_PAGE_TEST:
      if (self->tested)
        leave_test (self);
      else
        rd_setup_dialog_test (self);
      break;
    case RD_SETUP_PAGE_NAME:
      rd_setup_dialog_add (self);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* What is under way is not wanted any more: the user went another way. */
static void
cancel_request (RdSetupDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->busy = FALSE;
}

static void
on_back_clicked (RdSetupDialog *self)
{
  RdSetupPage page;

  if (self->visited->len == 0)
    return;
  if (self->busy)
    cancel_request (self);
  page = g_array_index (self->visited, RdSetupPage, self->visited->len - 1);
  g_array_set_size (self->visited, self->visited->len - 1);
  /* A test that failed is not looked at again: whoever comes back from it changes what it was of. */
  if (page == RD_SETUP_PAGE_TEST && !self->tested && self->visited->len > 0)
    {
      on_back_clicked (self);
      return;
    }
  show_page (self, page);
}

static void
on_by_hand_clicked (RdSetupDialog *self)
{
  rd_setup_dialog_begin_by_hand (self);
}

static void
on_change_site_clicked (RdSetupDialog *self)
{
  rd_setup_dialog_go_to (self, RD_SETUP_PAGE_SERVER);
}

static void
on_change_clicked (RdSetupDialog *self)
{
  const char *failed = rd_setup_steps_get_failed (self->steps);

  if (g_strcmp0 (failed, "sign-in") == 0)
    return_to (self, RD_SETUP_PAGE_SIGN_IN);
  else
    return_to (self, RD_SETUP_PAGE_SERVER);
}

static void
on_anyway_clicked (RdSetupDialog *self)
{
  leave_test (self);
}

static void
on_changed (RdSetupDialog *self)
{
  if (self->agent != NULL)
    update (self);
}

static void
on_list_profiles_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSetupDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GVariant) profiles = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_agent1_call_list_profiles_finish (RD_DBUS_AGENT1 (source), &profiles, result, &error))
    {
      rd_setup_dialog_fail (self, error);
      return;
    }
  rd_setup_server_set_profiles (self->server, profiles);
  rd_setup_dialog_set_busy (self, FALSE);
  focus_page (self);
  if (self->setup != NULL)
    rd_setup_dialog_read_setup (self, self->setup);
  g_clear_pointer (&self->setup, g_free);
}

/* GObject */

static void
rd_setup_dialog_dispose (GObject *object)
{
  RdSetupDialog *self = RD_SETUP_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->agent);

  G_OBJECT_CLASS (rd_setup_dialog_parent_class)->dispose (object);
}

static void
rd_setup_dialog_finalize (GObject *object)
{
  RdSetupDialog *self = RD_SETUP_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->settings, g_variant_unref);
  g_clear_pointer (&self->setup, g_free);
  g_clear_pointer (&self->ticket, g_free);
  g_clear_pointer (&self->visited, g_array_unref);

  G_OBJECT_CLASS (rd_setup_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, back);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, next);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, error_box);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, error);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, by_hand);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, address);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, summary_group);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, server);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, test_text);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, steps);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, test_buttons);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, change);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, anyway);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RdSetupDialog, colour);
}

static void
rd_setup_dialog_class_init (RdSetupDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rd_setup_dialog_dispose;
  object_class->finalize = rd_setup_dialog_finalize;

  g_type_ensure (RD_TYPE_COLOUR_CHOICE);
  g_type_ensure (RD_TYPE_SETUP_SERVER);
  g_type_ensure (RD_TYPE_SETUP_STEPS);
  g_type_ensure (RD_TYPE_SIGN_IN_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-setup-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_file_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_by_hand_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_change_site_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_change_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_anyway_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
rd_setup_dialog_init (RdSetupDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->visited = g_array_new (FALSE, FALSE, sizeof (RdSetupPage));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
rd_setup_dialog_new (GtkWindow *parent, RdDBusAgent1 *agent, const char *setup)
{
  RdSetupDialog *self;

  g_return_val_if_fail (RD_DBUS_IS_AGENT1 (agent), NULL);

  self = g_object_new (RD_TYPE_SETUP_DIALOG, "transient-for", parent, NULL);
  self->agent = g_object_ref (agent);
  self->setup = g_strdup (setup);
  rd_setup_dialog_set_busy (self, TRUE);
  focus_page (self);
  rd_dbus_agent1_call_list_profiles (agent, self->cancellable, on_list_profiles_ready, self);
  return GTK_WINDOW (self);
}
