/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-tone-row.h"

#include <glib/gi18n.h>

#include "rd-file-choice.h"
#include "rd-text.h"

/* The list is: the tones, the file that is set (if one is), and a way to choose a file. */

#define NAME_MAX_CHARS 60

enum
{
  PROP_TONE = 1,
  N_PROPS,
};

enum
{
  TRY,
  N_SIGNALS,
};

typedef struct
{
  const char *id;
  const char *name;
} ToneName;

static const ToneName names[] = {
  { "classic", N_ ("Classic") }, { "telephone", N_ ("Telephone") }, { "office", N_ ("Office") },
  { "chimes", N_ ("Chimes") },   { "marimba", N_ ("Marimba") },     { "crystal", N_ ("Crystal") },
  { "bell", N_ ("Bell") },       { "drop", N_ ("Drop") },           { "pair", N_ ("Two tones") },
  { "knock", N_ ("Knock") },     { "spark", N_ ("Spark") },
};

struct _RdToneRow
{
  AdwComboRow parent_instance;

  GtkButton *play;
  GtkStringList *list;
  GPtrArray *ids; /* char *, as the list has them; the last is NULL: choose a file */
  char *tone;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RdToneRow, rd_tone_row, ADW_TYPE_COMBO_ROW)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
is_file (const char *tone)
{
  return g_str_has_prefix (tone, "file:");
}

/* (transfer full) */
static char *
dup_name (const char *tone)
{
  gsize i;

  if (is_file (tone))
    {
      g_autoptr (GFile) file = g_file_new_for_uri (tone);
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *display = g_filename_display_name (base != NULL ? base : "");

      return rd_text_clean (display, NAME_MAX_CHARS);
    }
  for (i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].id, tone) == 0)
      return g_strdup (_ (names[i].name));
  return rd_text_clean (tone, NAME_MAX_CHARS);
}

static void
append (RdToneRow *self, const char *tone)
{
  g_autofree char *name = dup_name (tone);

  gtk_string_list_append (self->list, name);
  g_ptr_array_add (self->ids, g_strdup (tone));
}

static gboolean
find (RdToneRow *self, const char *tone, guint *position)
{
  guint i;

  for (i = 0; i < self->ids->len; i++)
    if (g_ptr_array_index (self->ids, i) != NULL && g_str_equal (g_ptr_array_index (self->ids, i), tone))
      {
        *position = i;
        return TRUE;
      }
  return FALSE;
}

static void
fill (RdToneRow *self, const char *const *tones)
{
  guint position = 0;
  gsize i;

  self->filling = TRUE;
  g_ptr_array_set_size (self->ids, 0);
  gtk_string_list_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)), NULL);
  for (i = 0; tones[i] != NULL; i++)
    append (self, tones[i]);
  /* What is set stays, whatever there is. */
  if (*self->tone != '\0' && !find (self, self->tone, &position))
    append (self, self->tone);
  gtk_string_list_append (self->list, _ ("Choose a file…"));
  g_ptr_array_add (self->ids, NULL);
  if (find (self, self->tone, &position))
    adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
  self->filling = FALSE;
}

/* (transfer container): the tones that ship, as the list has them */
static const char **
dup_tones (RdToneRow *self)
{
  GPtrArray *tones = g_ptr_array_new ();
  guint i;

  for (i = 0; i < self->ids->len; i++)
    if (g_ptr_array_index (self->ids, i) != NULL && !is_file (g_ptr_array_index (self->ids, i)))
      g_ptr_array_add (tones, g_ptr_array_index (self->ids, i));
  g_ptr_array_add (tones, NULL);
  return (const char **) g_ptr_array_free (tones, FALSE);
}

static void
refill (RdToneRow *self)
{
  g_autofree const char **tones = dup_tones (self);
  g_auto (GStrv) copy = g_strdupv ((char **) tones);

  fill (self, (const char *const *) copy);
}

static void
select_tone (RdToneRow *self)
{
  guint position;

  if (!find (self, self->tone, &position))
    {
      refill (self);
      return;
    }
  self->filling = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), position);
  self->filling = FALSE;
}

static void
set_tone (RdToneRow *self, const char *tone)
{
  if (g_strcmp0 (self->tone, tone) == 0)
    return;
  g_free (self->tone);
  self->tone = g_strdup (tone);
  select_tone (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TONE]);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdToneRow) self = user_data;
  g_autoptr (GFile) file = rd_file_choice_finish (result, NULL);

  rd_tone_row_choose (self, file);
}

static void
choose_file (RdToneRow *self)
{
  const RdFileChoice choice = { .title = _ ("Choose a Sound"), .filter_name = _ ("Sounds"), .mime_type = "audio/*" };

  rd_file_choice_ask (&choice, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, on_file_chosen,
                      g_object_ref (self));
}

static void
on_selected_changed (RdToneRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  const char *id;

  if (self->filling || selected >= self->ids->len)
    return;
  id = g_ptr_array_index (self->ids, selected);
  if (id != NULL)
    {
      g_autofree char *tone = g_strdup (id);

      set_tone (self, tone);
    }
  /* What was noted while the row was built is told only afterwards. */
  else if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    choose_file (self);
}

static void
on_play_clicked (RdToneRow *self)
{
  g_signal_emit (self, signals[TRY], 0);
}

/* GObject */

static void
rd_tone_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TONE:
      g_value_set_string (value, RD_TONE_ROW (object)->tone);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_tone_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_TONE:
      rd_tone_row_set_tone (RD_TONE_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_tone_row_finalize (GObject *object)
{
  RdToneRow *self = RD_TONE_ROW (object);

  g_clear_object (&self->list);
  g_ptr_array_unref (self->ids);
  g_free (self->tone);

  G_OBJECT_CLASS (rd_tone_row_parent_class)->finalize (object);
}

static void
rd_tone_row_class_init (RdToneRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_tone_row_get_property;
  object_class->set_property = rd_tone_row_set_property;
  object_class->finalize = rd_tone_row_finalize;

  properties[PROP_TONE] = g_param_spec_string ("tone", NULL, NULL, "",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[TRY] = g_signal_new ("try", RD_TYPE_TONE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_tone_row_init (RdToneRow *self)
{
  static const char *const nothing[] = { NULL };

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->tone = g_strdup ("");
  self->list = gtk_string_list_new (NULL);
  self->play = GTK_BUTTON (gtk_button_new_from_icon_name ("media-playback-start-symbolic"));
  gtk_widget_set_valign (GTK_WIDGET (self->play), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->play), "flat");
  rd_tone_row_set_playing (self, FALSE);
  g_signal_connect_object (self->play, "clicked", G_CALLBACK (on_play_clicked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->play));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->list));
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected_changed), NULL); /* its own signal */
  fill (self, nothing);
}

void
rd_tone_row_set_tones (RdToneRow *self, const char *const *tones)
{
  g_return_if_fail (RD_IS_TONE_ROW (self));
  g_return_if_fail (tones != NULL);

  fill (self, tones);
}

const char *
rd_tone_row_get_tone (RdToneRow *self)
{
  g_return_val_if_fail (RD_IS_TONE_ROW (self), NULL);
  return self->tone;
}

void
rd_tone_row_set_tone (RdToneRow *self, const char *tone)
{
  g_return_if_fail (RD_IS_TONE_ROW (self));

  set_tone (self, tone != NULL ? tone : "");
}

void
rd_tone_row_set_playing (RdToneRow *self, gboolean playing)
{
  const char *label = playing ? _ ("Stop") : _ ("Listen");

  g_return_if_fail (RD_IS_TONE_ROW (self));

  gtk_button_set_icon_name (self->play, playing ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
rd_tone_row_choose (RdToneRow *self, GFile *file)
{
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  g_return_if_fail (RD_IS_TONE_ROW (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  /* Through a portal, too, it has a path; what has none cannot be played in the background. */
  if (uri != NULL && is_file (uri))
    set_tone (self, uri);
  /* The row stands on the way to choose one, also when it is the one that was set. */
  refill (self);
}
