/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-call-card-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-model.h"
#include "rd-platform.h"
#include "rd-text.h"
#include "rd-wrap-layout.h"

/* The card of one call. It shows the call's state and never sets it; what its buttons ask for is in
 * rd-call-card-actions.c. */

#define NAME_IN_SENTENCE_MAX 48

enum
{
  PROP_CALL = 1,
  N_PROPS,
};

struct _RdCallCard
{
  GtkWidget parent_instance;

  RdDBusCall1 *call;
  char *failure; /* (nullable): what could not be done, until something else happens */
  guint tick;
  char *announced; /* (nullable): the state that screen readers were told of last */

  GtkWidget *content;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *state;
  GtkImage *state_icon;
  GtkImage *media_icon;
  GtkLabel *media;
  GtkLabel *time;
  GtkSpinner *spinner;
  GtkLabel *problem;
  GtkWidget *buttons;
  GtkWidget *answer;
  GtkWidget *decline;
  GtkWidget *site;
  GtkWidget *silence;
  GtkMenuButton *more;
  GtkWidget *cancel;
  GtkWidget *room;
  GtkWidget *trust;
  GtkWidget *hang_up;
};

G_DEFINE_FINAL_TYPE (RdCallCard, rd_call_card, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* How each state looks; a state that is not here is shown like an end. */
typedef struct
{
  const char *state;
  const char *icon;
  const char *css_class;
} Look;

static const Look looks[] = {
  { "ringing-in", "rd-call-incoming-symbolic", "ringing" },
  { "ringing-out", "rd-call-outgoing-symbolic", "ringing" },
  { "active", "rd-call-answer-symbolic", "active" },
  { "answered-elsewhere", "rd-devices-symbolic", "over" },
  { "declined", "rd-call-end-symbolic", "over" },
  { "cancelled", "rd-call-end-symbolic", "over" },
  { "missed", "rd-call-missed-symbolic", "over" },
  { "failed", "dialog-warning-symbolic", "over" },
  { "ended", "rd-call-end-symbolic", "over" },
};

static const Look *
look_of (const char *state)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (looks) - 1; i++)
    if (g_strcmp0 (looks[i].state, state) == 0)
      break;
  return &looks[i];
}

static void
show_time (RdCallCard *self)
{
  gint64 started = rd_dbus_call1_get_started_at (self->call);
  gint64 until = rd_dbus_call1_get_ended_at (self->call);
  const char *state = rd_dbus_call1_get_state (self->call);
  gboolean shown = started > 0 && (g_strcmp0 (state, "active") == 0 || g_strcmp0 (state, "ended") == 0);

  gtk_widget_set_visible (GTK_WIDGET (self->time), shown);
  if (shown)
    {
      g_autofree char *text = NULL;

      if (until <= 0)
        until = g_get_real_time ();
      text = rd_text_for_duration (MAX (until - started, 0));
      gtk_label_set_text (self->time, text);
    }
}

static void
show_look (RdCallCard *self, const Look *look)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), look->css_class);
  gtk_image_set_from_icon_name (self->state_icon, look->icon);
}

static void
show_problem (RdCallCard *self)
{
  GVariant *problem = rd_dbus_call1_get_room_problem (self->call);
  gboolean no_room = problem != NULL && g_variant_n_children (problem) > 0 &&
                     g_strcmp0 (rd_dbus_call1_get_state (self->call), "active") == 0;
  g_autofree char *text = NULL;

  if (self->failure != NULL)
    text = g_strdup (self->failure);
  else if (no_room)
    text = rd_text_for_fault (problem);
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_buttons (RdCallCard *self)
{
  const char *state = rd_dbus_call1_get_state (self->call);
  const char *busy = rd_dbus_call1_get_busy (self->call);
  gboolean is_busy = busy != NULL && *busy != '\0';
  gboolean incoming = g_strcmp0 (state, "ringing-in") == 0;
  gboolean active = g_strcmp0 (state, "active") == 0;
  gboolean can_answer = rd_dbus_call1_get_can_answer (self->call);
  gboolean untrusted = rd_call_card_find_untrusted_host (self->call) != NULL;

  gtk_widget_set_visible (self->answer, incoming && can_answer);
  gtk_widget_set_visible (self->decline, incoming && can_answer);
  /* Where the site lets nobody answer from here, it is answered there. */
  gtk_widget_set_visible (self->site, incoming && !can_answer);
  gtk_widget_set_visible (self->silence, incoming && !rd_dbus_call1_get_silenced (self->call));
  gtk_widget_set_visible (GTK_WIDGET (self->more), incoming);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more), !is_busy);
  gtk_widget_set_visible (self->cancel, g_strcmp0 (state, "ringing-out") == 0);
  gtk_widget_set_visible (self->room, active && !untrusted && rd_dbus_call1_get_has_room (self->call));
  gtk_widget_set_visible (self->trust, untrusted);
  gtk_widget_set_visible (self->hang_up, active);
  gtk_widget_set_visible (self->buttons, incoming || active || g_strcmp0 (state, "ringing-out") == 0);

  gtk_widget_set_sensitive (self->answer, !is_busy);
  gtk_widget_set_sensitive (self->decline, !is_busy);
  gtk_widget_set_sensitive (self->cancel, !is_busy);
  gtk_widget_set_sensitive (self->hang_up, !is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy && !rd_model_is_end (state));
  gtk_spinner_set_spinning (self->spinner, is_busy && !rd_model_is_end (state));
}

/* A name of any length fits the card's title, which is cut; in a sentence it must leave room for the rest. */
static char *
dup_short_name (const char *name)
{
  g_autofree char *start = NULL;

  if (name == NULL || g_utf8_strlen (name, -1) <= NAME_IN_SENTENCE_MAX)
    return g_strdup (name);
  start = g_utf8_substring (name, 0, NAME_IN_SENTENCE_MAX);
  return g_strconcat (start, "…", NULL);
}

static char *
dup_state_text (RdCallCard *self)
{
  g_autofree char *name = dup_short_name (rd_dbus_call1_get_peer_name (self->call));
  const char *busy = rd_dbus_call1_get_busy (self->call);
  const char *state = rd_dbus_call1_get_state (self->call);

  if (!rd_model_is_end (state))
    {
      if (g_strcmp0 (busy, "answering") == 0)
        return g_strdup (_ ("Answering…"));
      if (g_strcmp0 (busy, "declining") == 0)
        return g_strdup (_ ("Declining…"));
      if (g_strcmp0 (busy, "hanging-up") == 0)
        return g_strdup (_ ("Hanging up…"));
    }
  return rd_text_for_call (state, rd_dbus_call1_get_end_reason (self->call),
                           g_strcmp0 (rd_dbus_call1_get_direction (self->call), "in") == 0, name);
}

static void
announce (RdCallCard *self, const char *label)
{
  const char *state = rd_dbus_call1_get_state (self->call);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || g_strcmp0 (self->announced, state) == 0)
    return;
  g_free (self->announced);
  self->announced = g_strdup (state);
  rd_announce (GTK_WIDGET (self), label, g_strcmp0 (state, "ringing-in") == 0);
}

static void
on_call_changed (RdDBusCall1 *call, GParamSpec *pspec, RdCallCard *self)
{
  gboolean audio = rd_dbus_call1_get_audio (self->call);
  const char *account = rd_dbus_call1_get_account_name (self->call);
  g_autofree char *name = rd_text_for_peer (rd_dbus_call1_get_peer_name (self->call));
  g_autofree char *state = dup_state_text (self);
  g_autofree char *media = rd_text_for_media (audio);
  g_autofree char *where = NULL;
  g_autofree char *label = NULL;

  if (pspec != NULL && (g_str_equal (pspec->name, "state") || g_str_equal (pspec->name, "room-problem")))
    rd_call_card_set_failure (self, NULL);
  where = account != NULL && *account != '\0' ? g_strdup_printf ("%s · %s", media, account) : g_strdup (media);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->state, state);
  gtk_label_set_text (self->media, where);
  gtk_image_set_from_icon_name (self->media_icon, audio ? "rd-audio-symbolic" : "rd-video-symbolic");
  show_look (self, look_of (rd_dbus_call1_get_state (self->call)));
  show_buttons (self);
  show_problem (self);
  show_time (self);

  /* Translators: what a screen reader says of a call: state, name, kind of call */
  label = g_strdup_printf (_ ("%s: %s, %s"), state, name, media);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  announce (self, label);
}

static gboolean
on_tick (gpointer user_data)
{
  show_time (RD_CALL_CARD (user_data));
  return G_SOURCE_CONTINUE;
}

/* GtkWidget */

static void
rd_call_card_map (GtkWidget *widget)
{
  RdCallCard *self = RD_CALL_CARD (widget);

  GTK_WIDGET_CLASS (rd_call_card_parent_class)->map (widget);
  /* A card that is not to be seen yet has nothing to say. */
  on_call_changed (self->call, NULL, self);
  self->tick = g_timeout_add_seconds (1, on_tick, self);
}

static void
rd_call_card_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&RD_CALL_CARD (widget)->tick, g_source_remove);
  GTK_WIDGET_CLASS (rd_call_card_parent_class)->unmap (widget);
}

/* GObject */

static void
rd_call_card_constructed (GObject *object)
{
  RdCallCard *self = RD_CALL_CARD (object);

  G_OBJECT_CLASS (rd_call_card_parent_class)->constructed (object);
  g_signal_connect_object (self->call, "notify", G_CALLBACK (on_call_changed), self, 0);
  on_call_changed (self->call, NULL, self);
}

static void
rd_call_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CALL:
      g_value_set_object (value, RD_CALL_CARD (object)->call);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_call_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CALL:
      RD_CALL_CARD (object)->call = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_call_card_dispose (GObject *object)
{
  RdCallCard *self = RD_CALL_CARD (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->call);
  g_clear_pointer (&self->failure, g_free);
  g_clear_pointer (&self->announced, g_free);

  G_OBJECT_CLASS (rd_call_card_parent_class)->dispose (object);
}

static void
rd_call_card_class_init (RdCallCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rd_call_card_constructed;
  object_class->get_property = rd_call_card_get_property;
  object_class->set_property = rd_call_card_set_property;
  object_class->dispose = rd_call_card_dispose;
  widget_class->map = rd_call_card_map;
  widget_class->unmap = rd_call_card_unmap;

  properties[PROP_CALL] =
    g_param_spec_object ("call", NULL, NULL, RD_DBUS_TYPE_CALL1,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (RD_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "callcard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-call-card.ui");
  rd_call_card_install_actions (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, content);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, avatar);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, name);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, state);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, media_icon);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, media);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, time);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, problem);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, answer);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, decline);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, site);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, silence);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, more);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, cancel);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, room);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, trust);
  gtk_widget_class_bind_template_child (widget_class, RdCallCard, hang_up);
}

static void
rd_call_card_init (RdCallCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->more, rd_call_card_create_menu, NULL, NULL);
}

GtkWidget *
rd_call_card_new (RdDBusCall1 *call)
{
  gboolean alert;

  g_return_val_if_fail (RD_DBUS_IS_CALL1 (call), NULL);

  /* An alert is spoken by screen readers when it appears; the role cannot change later. */
  alert = g_strcmp0 (rd_dbus_call1_get_state (call), "ringing-in") == 0;
  return g_object_new (RD_TYPE_CALL_CARD, "call", call, "accessible-role",
                       alert ? GTK_ACCESSIBLE_ROLE_ALERT : GTK_ACCESSIBLE_ROLE_GROUP, NULL);
}

RdDBusCall1 *
rd_call_card_get_call (RdCallCard *self)
{
  g_return_val_if_fail (RD_IS_CALL_CARD (self), NULL);
  return self->call;
}

void
rd_call_card_show_failure (RdCallCard *self, const char *sentence)
{
  g_return_if_fail (RD_IS_CALL_CARD (self));
  g_return_if_fail (sentence != NULL);
  rd_call_card_set_failure (self, sentence);
}

void
rd_call_card_set_failure (RdCallCard *self, const char *sentence)
{
  g_free (self->failure);
  self->failure = g_strdup (sentence);
  show_problem (self);
}
