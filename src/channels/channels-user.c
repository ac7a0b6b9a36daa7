/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-user-private.h"

#include <string.h>

#include "channels-backoff-private.h"
#include "channels-error.h"
#include "channels-json-private.h"

/* Tells the server who the user is, and passes on what it says of other users. The channel of what the server sends to
 * this user is the roster's business, from the moment on at which the server has confirmed the sign-in. */

#define MAX_ID 128 /* bytes */
#define FIRST_RETRY_CODE 4200
#define LAST_RETRY_CODE 4299

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ERROR,
  SIGNAL_WATCHLIST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ChannelsUser
{
  GObject parent_instance;

  ChannelsAuthorizer *authorizer; /* (nullable) */
  ChannelsClock *clock;
  ChannelsRoster *roster;
  guint sign_in_timeout;
  guint authorize_timeout;

  ChannelsConnection *connection; /* (nullable): the established socket */
  gboolean wanted;
  gboolean refused_for_good;
  GCancellable *cancellable; /* (nullable): the authentication under way */
  guint timer;               /* its deadline, the server's answer's, or the next try */
  gboolean sent;             /* the server was told, on this socket */
  gboolean waiting;          /* for its answer */
  char *own_id;              /* (nullable): who we said we are */
  char *id;                  /* (nullable): who the server says we are */
  GError *error;             /* (nullable) */
  ChannelsBackoff backoff;
};

G_DEFINE_FINAL_TYPE (ChannelsUser, channels_user, G_TYPE_OBJECT)

static void
stop_timer (ChannelsUser *self)
{
  if (self->timer != 0)
    channels_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
}

static void
start_timer (ChannelsUser *self, guint ms, GSourceFunc func)
{
  stop_timer (self);
  self->timer = channels_clock_add_timeout (self->clock, ms, func, self);
}

/* Ends what is under way, here; the server is not told. */
static void
stop (ChannelsUser *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->cancellable);

  stop_timer (self);
  self->waiting = FALSE;
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

/* An `id` that is fit for a channel's name, out of a user's data: a document, or one in a string */
static char *
read_id (JsonNode *user_data)
{
  g_autoptr (JsonNode) document = user_data != NULL ? channels_json_dup_data (user_data) : NULL;
  JsonObject *object = channels_json_get_object (document);
  g_autofree char *id = NULL;

  if (object != NULL && json_object_has_member (object, "id"))
    id = channels_json_dup_id (json_object_get_member (object, "id"));
  return id != NULL && strlen (id) <= MAX_ID ? g_steal_pointer (&id) : NULL;
}

static gboolean
on_next_try (gpointer data)
{
  ChannelsUser *self = data;

  self->timer = 0;
  channels_user_sign_in (self);
  return G_SOURCE_REMOVE;
}

/* Takes @error. */
static void
refuse (ChannelsUser *self, GError *error, gboolean for_good)
{
  g_autoptr (ChannelsUser) held = g_object_ref (self);
  g_autoptr (GError) told = g_error_copy (error);

  stop (self);
  g_clear_error (&self->error);
  self->error = error;
  self->refused_for_good = for_good;
  if (!for_good)
    start_timer (self, channels_backoff_next (&self->backoff, self->clock, 0), on_next_try);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_ERROR], 0, told);
}

static gboolean
on_authenticate_deadline (gpointer data)
{
  ChannelsUser *self = data;

  self->timer = 0;
  refuse (self, g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The user was not signed in time"),
          FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_sign_in_deadline (gpointer data)
{
  ChannelsUser *self = data;

  self->timer = 0;
  refuse (self,
          g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The server did not confirm the sign-in"),
          FALSE);
  return G_SOURCE_REMOVE;
}

static void
say_who (ChannelsUser *self, const ChannelsAuthorization *authorization)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), authorization->user_data);
  g_autofree char *text = channels_frame_sign_in (authorization->auth, authorization->user_data);

  g_free (self->own_id);
  self->own_id = read_id (node);
  self->sent = TRUE;
  self->waiting = TRUE;
  start_timer (self, self->sign_in_timeout, on_sign_in_deadline);
  channels_connection_send (self->connection, text);
}

/* One authentication under way */
typedef struct
{
  ChannelsUser *user;
  GCancellable *cancellable;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->user);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
on_authenticate_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  GError *error = NULL;
  ChannelsUser *self;

  /* A binding may lose it: PyGObject 3.50 does. */
  g_return_if_fail (request != NULL);
  self = request->user;
  authorization = channels_authorizer_authenticate_user_finish (CHANNELS_AUTHORIZER (source), result, &error);
  /* It was asked for a socket that is gone, or nobody wants it any more. */
  if (self->cancellable != request->cancellable)
    {
      g_clear_error (&error);
      return;
    }
  g_clear_object (&self->cancellable);
  if (authorization != NULL && authorization->user_data == NULL)
    error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The authoriser's reply holds no user data");
  if (error == NULL)
    say_who (self, authorization);
  else
    refuse (self, error,
            g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED) ||
                g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED));
}

static void
authenticate (ChannelsUser *self)
{
  Request *request = g_new0 (Request, 1);

  request->user = g_object_ref (self);
  request->cancellable = g_cancellable_new ();
  self->cancellable = g_object_ref (request->cancellable);
  start_timer (self, self->authorize_timeout, on_authenticate_deadline);
  channels_authorizer_authenticate_user_async (self->authorizer, channels_connection_get_socket_id (self->connection),
                                               request->cancellable, on_authenticate_ready, request);
}

static void
try_now (ChannelsUser *self)
{
  stop (self);
  if (self->connection == NULL || self->id != NULL)
    return;
  if (self->authorizer == NULL || channels_connection_is_plain (self->connection))
    refuse (self, g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED, "There is nobody to sign the user"),
            TRUE);
  else
    authenticate (self);
}

static void
on_confirmed (ChannelsUser *self, const ChannelsFrame *frame)
{
  g_autoptr (ChannelsUser) held = g_object_ref (self);
  JsonObject *data = channels_json_get_object (frame->data);
  g_autofree char *id = data != NULL ? read_id (json_object_get_member (data, "user_data")) : NULL;

  /* The second, or one nobody has asked for, says nothing new. */
  if (!self->sent || self->id != NULL)
    return;
  if (id == NULL)
    id = g_strdup (self->own_id);
  if (id == NULL)
    {
      refuse (self, g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "The user's data hold no id"),
              FALSE);
      return;
    }
  stop (self);
  channels_backoff_reset (&self->backoff);
  g_clear_error (&self->error);
  self->id = g_steal_pointer (&id);
  channels_roster_sign_in (self->roster, self->id);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* (transfer full): the ids of @node, an array of strings or numbers */
static char **
read_ids (JsonNode *node)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *id = channels_json_dup_id (json_array_get_element (array, i));

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }
  return g_strv_builder_end (builder);
}

/* Whoever hears of one may take the sign-in back, and with it the rest. Some servers tell who is online before they
 * confirm it. */
static void
tell_watchlist (ChannelsUser *self, const char *name, JsonObject *event)
{
  g_auto (GStrv) ids = event != NULL ? read_ids (json_object_get_member (event, "user_ids")) : NULL;

  if (self->sent && name != NULL && ids != NULL && ids[0] != NULL)
    g_signal_emit (self, signals[SIGNAL_WATCHLIST], 0, name, ids);
}

static void
on_watchlist (ChannelsUser *self, const ChannelsFrame *frame)
{
  g_autoptr (ChannelsUser) held = g_object_ref (self);
  g_autoptr (JsonNode) root = json_node_ref (frame->data);
  JsonObject *data = channels_json_get_object (root);
  JsonNode *node = data != NULL ? json_object_get_member (data, "events") : NULL;
  JsonArray *events = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++)
    {
      JsonObject *event = channels_json_get_object (json_array_get_element (events, i));

      tell_watchlist (self, channels_json_get_string (event, "name"), event);
    }
}

/* Sockudo's way: an event by itself that has no channel. */
static gboolean
is_bare_watchlist (const ChannelsFrame *frame)
{
  return frame->kind == CHANNELS_FRAME_EVENT && frame->channel == NULL &&
         (g_strcmp0 (frame->event, "online") == 0 || g_strcmp0 (frame->event, "offline") == 0);
}

/* Reverb says so, and leaves the socket open: what it was sent is no event it knows. */
static gboolean
on_error_frame (ChannelsUser *self, const ChannelsFrame *frame)
{
  if (!self->waiting || frame->code < FIRST_RETRY_CODE || frame->code > LAST_RETRY_CODE)
    return FALSE;
  refuse (self,
          g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED, "The server knows no sign-in (%d): %s", frame->code,
                       frame->message != NULL ? frame->message : "no reason given"),
          TRUE);
  return TRUE;
}

static void
channels_user_dispose (GObject *object)
{
  ChannelsUser *self = CHANNELS_USER (object);

  stop (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->roster);
  G_OBJECT_CLASS (channels_user_parent_class)->dispose (object);
}

static void
channels_user_finalize (GObject *object)
{
  ChannelsUser *self = CHANNELS_USER (object);

  g_clear_object (&self->authorizer);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->own_id, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (channels_user_parent_class)->finalize (object);
}

static void
channels_user_class_init (ChannelsUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  const GType string_type = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;
  const GType strings_type = G_TYPE_STRV | G_SIGNAL_TYPE_STATIC_SCOPE;

  object_class->dispose = channels_user_dispose;
  object_class->finalize = channels_user_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ERROR] =
      g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_WATCHLIST] = g_signal_new ("watchlist", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                            string_type, strings_type);
}

static void
channels_user_init (ChannelsUser *self)
{
  channels_backoff_init (&self->backoff, &channels_backoff_for_channels);
}

ChannelsUser *
channels_user_new (ChannelsAuthorizer *authorizer, ChannelsClock *clock, ChannelsRoster *roster)
{
  ChannelsUser *self = g_object_new (CHANNELS_TYPE_USER, NULL);

  self->authorizer = authorizer != NULL ? g_object_ref (authorizer) : NULL;
  self->clock = g_object_ref (clock);
  self->roster = g_object_ref (roster);
  return self;
}

void
channels_user_set_deadlines (ChannelsUser *self, guint sign_in, guint authorize)
{
  self->sign_in_timeout = sign_in;
  self->authorize_timeout = authorize;
}

void
channels_user_sign_in (ChannelsUser *self)
{
  self->wanted = TRUE;
  self->refused_for_good = FALSE;
  /* One that is under way is as good as another. */
  if (self->cancellable == NULL && !self->waiting)
    try_now (self);
}

gboolean
channels_user_sign_out (ChannelsUser *self)
{
  gboolean known = self->sent;

  stop (self);
  self->wanted = FALSE;
  self->sent = FALSE;
  g_clear_pointer (&self->id, g_free);
  g_clear_error (&self->error);
  channels_roster_sign_out (self->roster);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return known;
}

void
channels_user_pardon (ChannelsUser *self)
{
  self->refused_for_good = FALSE;
}

void
channels_user_attach (ChannelsUser *self, ChannelsConnection *connection)
{
  g_set_object (&self->connection, connection);
  if (self->wanted && !self->refused_for_good)
    try_now (self);
}

void
channels_user_detach (ChannelsUser *self, ChannelsConnection *connection)
{
  gboolean changed = self->id != NULL;

  if (connection == NULL || connection != self->connection)
    return;
  stop (self);
  self->sent = FALSE;
  g_clear_object (&self->connection);
  g_clear_pointer (&self->id, g_free);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
channels_user_handle (ChannelsUser *self, const ChannelsFrame *frame)
{
  if (frame->kind == CHANNELS_FRAME_ERROR)
    return on_error_frame (self, frame);
  if (frame->kind == CHANNELS_FRAME_SIGNED_IN)
    on_confirmed (self, frame);
  else if (frame->kind == CHANNELS_FRAME_WATCHLIST)
    on_watchlist (self, frame);
  else if (is_bare_watchlist (frame))
    tell_watchlist (self, frame->event, channels_json_get_object (frame->data));
  else
    return FALSE;
  return TRUE;
}

const char *
channels_user_get_id (ChannelsUser *self)
{
  return self->id;
}

const GError *
channels_user_get_error (ChannelsUser *self)
{
  return self->error;
}
