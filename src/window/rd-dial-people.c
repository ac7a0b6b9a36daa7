/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-dial-people.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-paged-list.h"
#include "rd-people-kind.h"
#include "rd-person-status.h"
#include "rd-text.h"

/* A short list of people, searched by the agent. */

#define SHOWN_MAX 5
#define NAME_CHARS 80

enum
{
  CHOSEN,
  LEFT,
  N_SIGNALS,
};

struct _RdDialPeople
{
  GtkWidget parent_instance;

  GtkListBox *box;
  RdPagedList *list; /* (nullable) */
  char *account;     /* (nullable) */
  char *search;
};

G_DEFINE_FINAL_TYPE (RdDialPeople, rd_dial_people, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
update_visible (RdDialPeople *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->account != NULL && *self->search != '\0' && self->list != NULL &&
                                               g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0);
}

/* Nobody is called who does not want to be; why not, the row says. */
static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  RdRecord *person = rd_paged_item_get_record (item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *status = gtk_image_new ();
  g_autofree char *reason = NULL;
  gboolean possible = rd_person_can_be_called (person, &reason);
  g_autofree char *name = rd_text_clean (rd_record_get_string (person, "name"), NAME_CHARS);
  g_autofree char *detail = rd_text_clean (rd_record_get_string (person, "detail"), NAME_CHARS);
  g_autofree char *presence = rd_person_dup_status (person);
  const char *about = possible ? presence : reason;
  /* Translators: how a person is known, and what they are doing */
  g_autofree char *subtitle = *detail != '\0' ? g_strdup_printf (_ ("%s · %s"), detail, about) : g_strdup (about);

  rd_person_status_paint (GTK_IMAGE (status), rd_record_get_string (person, "status"));
  gtk_image_set_pixel_size (GTK_IMAGE (status), 12);
  g_object_set (row, "use-markup", FALSE, "title-lines", 1, "subtitle-lines", 1, "activatable", TRUE, "sensitive",
                possible, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *name != '\0' ? name : detail);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), status);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  return row;
}

static void
on_row_activated (GtkListBox *box, GtkListBoxRow *row, RdDialPeople *self)
{
  RdPagedItem *item = g_object_get_data (G_OBJECT (row), "item");
  g_autofree char *id = g_strdup (rd_paged_item_get_string (item, "id"));
  g_autofree char *name = rd_text_clean (rd_paged_item_get_string (item, "name"), NAME_CHARS);

  g_signal_emit (self, signals[CHOSEN], 0, id, *name != '\0' ? name : id);
}

static gboolean
on_keynav_failed (GtkWidget *box, GtkDirectionType direction, RdDialPeople *self)
{
  if (direction != GTK_DIR_UP)
    return FALSE;
  g_signal_emit (self, signals[LEFT], 0);
  return TRUE;
}

/* GObject */

static void
rd_dial_people_dispose (GObject *object)
{
  RdDialPeople *self = RD_DIAL_PEOPLE (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_pointer ((GtkWidget **) &self->box, gtk_widget_unparent);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (rd_dial_people_parent_class)->dispose (object);
}

static void
rd_dial_people_finalize (GObject *object)
{
  g_free (RD_DIAL_PEOPLE (object)->account);
  g_free (RD_DIAL_PEOPLE (object)->search);

  G_OBJECT_CLASS (rd_dial_people_parent_class)->finalize (object);
}

static void
rd_dial_people_class_init (RdDialPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_dial_people_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_dial_people_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", RD_TYPE_DIAL_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", RD_TYPE_DIAL_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_dial_people_init (RdDialPeople *self)
{
  self->search = g_strdup ("");
  self->box = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->box, "row-activated", G_CALLBACK (on_row_activated), self, 0);
  g_signal_connect_object (self->box, "keynav-failed", G_CALLBACK (on_keynav_failed), self, 0);
}

void
rd_dial_people_set_people (RdDialPeople *self, GListModel *people)
{
  g_autoptr (GtkSliceListModel) first = NULL;

  g_return_if_fail (RD_IS_DIAL_PEOPLE (self));
  g_return_if_fail (G_IS_LIST_MODEL (people) && self->list == NULL);

  self->list = rd_paged_list_new (&rd_people_kind, people);
  first = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->list)), 0, SHOWN_MAX);
  gtk_list_box_bind_model (self->box, G_LIST_MODEL (first), create_row, NULL, NULL);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (update_visible), self, G_CONNECT_SWAPPED);
}

void
rd_dial_people_set_account (RdDialPeople *self, const char *account)
{
  g_return_if_fail (RD_IS_DIAL_PEOPLE (self));

  g_free (self->account);
  self->account = g_strdup (account);
  if (self->list != NULL && account != NULL)
    rd_paged_list_set_account (self->list, account);
  update_visible (self);
}

void
rd_dial_people_set_search (RdDialPeople *self, const char *text)
{
  g_return_if_fail (RD_IS_DIAL_PEOPLE (self));
  g_return_if_fail (text != NULL);

  g_free (self->search);
  self->search = g_strdup (text);
  if (self->list != NULL)
    rd_paged_list_set_search (self->list, text);
  update_visible (self);
}

char *
rd_dial_people_dup_match (RdDialPeople *self, const char *name)
{
  g_autofree char *wanted = NULL;
  const char *id = NULL;
  guint i, n;

  g_return_val_if_fail (RD_IS_DIAL_PEOPLE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  wanted = g_utf8_casefold (name, -1);
  n = self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
  for (i = 0; i < n; i++)
    {
      g_autoptr (RdPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      g_autofree char *folded = g_utf8_casefold (rd_paged_item_get_string (item, "name"), -1);

      if (g_strcmp0 (folded, wanted) != 0)
        continue;
      if (id != NULL)
        return NULL; /* two of that name: the user is to say which */
      id = rd_paged_item_get_string (item, "id");
    }
  return g_strdup (id);
}

gboolean
rd_dial_people_enter (RdDialPeople *self)
{
  g_return_val_if_fail (RD_IS_DIAL_PEOPLE (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self)) &&
         gtk_widget_child_focus (GTK_WIDGET (self->box), GTK_DIR_TAB_FORWARD);
}
