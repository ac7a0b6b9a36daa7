/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-auth-queue-private.h"

#include <string.h>

#include "channels-error.h"

/* Asks the authoriser for one channel after the other, or for several at once where it can: a client with thousands of
 * channels must not fall upon the application's server with thousands of requests. */

#define MAX_BATCH 1000

/* One question to the authoriser, under way, for one channel or several. Reference counted: the authoriser's answer
 * has one, whatever becomes of it meanwhile. */
typedef struct
{
  GList link;
  ChannelsAuthQueue *queue; /* (nullable) (unowned): NULL once nobody waits for the answer */
  GCancellable *cancellable;
  guint timer;
  char *socket_id;
  char **channels;
  GQueue requests;
  gboolean leaving; /* the authoriser is being asked, and must not answer yet */
} Flight;

struct _ChannelsAuthRequest
{
  GList link;
  Flight *flight; /* (nullable) (unowned): NULL while it waits */
  char *socket_id;
  char *channel;
  gboolean alone; /* a batch had no answer for it */
  ChannelsAuthFunc func;
  gpointer data;
};

struct _ChannelsAuthQueue
{
  GObject parent_instance;

  ChannelsAuthorizer *authorizer;
  ChannelsClock *clock;
  guint parallel;
  guint timeout;
  GQueue waiting;
  GQueue flights;
  guint timer;   /* until the next are sent on their way */
  GSource *next; /* (nullable): the same, of a single one */
};

G_DEFINE_FINAL_TYPE (ChannelsAuthQueue, channels_auth_queue, G_TYPE_OBJECT)

static void
request_free (ChannelsAuthQueue *self, ChannelsAuthRequest *request)
{
  g_queue_unlink (request->flight != NULL ? &request->flight->requests : &self->waiting, &request->link);
  g_free (request->socket_id);
  g_free (request->channel);
  g_free (request);
}

static void
call_and_free (ChannelsAuthQueue *self, ChannelsAuthRequest *request, const ChannelsAuthorization *authorization,
               const GError *error)
{
  ChannelsAuthFunc func = request->func;
  gpointer data = request->data;

  request_free (self, request);
  func (authorization, error, data);
}

/* The next time it goes by itself. */
static void
queue_again (ChannelsAuthQueue *self, ChannelsAuthRequest *request)
{
  g_queue_unlink (&request->flight->requests, &request->link);
  request->flight = NULL;
  request->alone = TRUE;
  g_queue_push_tail_link (&self->waiting, &request->link);
}

/* Its place is free for another; what the authoriser still answers is for nobody. */
static void
end_flight (Flight *flight)
{
  ChannelsAuthQueue *queue = g_steal_pointer (&flight->queue);

  if (flight->timer != 0)
    channels_clock_remove_timeout (queue->clock, flight->timer);
  flight->timer = 0;
  g_queue_unlink (&queue->flights, &flight->link);
}

static void
flight_clear (gpointer data)
{
  Flight *flight = data;

  g_object_unref (flight->cancellable);
  g_strfreev (flight->channels);
  g_free (flight->socket_id);
}

static void
flight_unref (Flight *flight)
{
  g_rc_box_release_full (flight, flight_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flight, flight_unref)

/* Whoever is told may cancel others. */
static void
fail_all (ChannelsAuthQueue *self, Flight *flight, const GError *error)
{
  while (flight->requests.head != NULL)
    call_and_free (self, flight->requests.head->data, NULL, error);
}

static void take_off (ChannelsAuthQueue *self);

static void
pump (ChannelsAuthQueue *self)
{
  g_autoptr (ChannelsAuthQueue) held = g_object_ref (self);

  while (self->waiting.length > 0 && self->flights.length < self->parallel)
    take_off (self);
}

static gboolean
on_pump (gpointer data)
{
  ChannelsAuthQueue *self = data;

  self->timer = 0;
  pump (self);
  return G_SOURCE_REMOVE;
}

/* Soon, and not now: more may be asked for, or cancelled, in the same breath. */
static void
pump_soon (ChannelsAuthQueue *self)
{
  if (self->timer == 0 && self->waiting.length > 0)
    self->timer = channels_clock_add_timeout (self->clock, 0, on_pump, self);
}

static gboolean
on_next (gpointer data)
{
  ChannelsAuthQueue *self = data;

  g_clear_pointer (&self->next, g_source_unref);
  pump (self);
  return G_SOURCE_REMOVE;
}

/* As soon as those who ask have what they have asked for: an authoriser is somebody's own, who may take the channel
 * away, or stop the client, from within the question. */
static void
pump_next (ChannelsAuthQueue *self)
{
  if (self->next != NULL)
    return;
  self->next = g_idle_source_new ();
  g_source_set_priority (self->next, G_PRIORITY_DEFAULT);
  g_source_set_static_name (self->next, "ChannelsAuthQueue question");
  g_source_set_callback (self->next, on_next, self, NULL);
  g_source_attach (self->next, g_main_context_get_thread_default ());
}

static gboolean
on_deadline (gpointer data)
{
  g_autoptr (Flight) flight = g_rc_box_acquire (data);
  g_autoptr (ChannelsAuthQueue) self = g_object_ref (flight->queue);
  g_autoptr (GError) error = NULL;

  flight->timer = 0;
  end_flight (flight);
  g_cancellable_cancel (flight->cancellable);
  error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The authorisation was not answered in time");
  fail_all (self, flight, error);
  pump_soon (self);
  return G_SOURCE_REMOVE;
}

/* An answer that came while the question was being asked */
typedef struct
{
  GObject *source;
  GAsyncResult *result;
  GAsyncReadyCallback callback;
  Flight *flight;
} HastyAnswer;

static void
hasty_answer_free (gpointer data)
{
  HastyAnswer *answer = data;

  g_object_unref (answer->source);
  g_object_unref (answer->result);
  g_clear_pointer (&answer->flight, flight_unref);
  g_free (answer);
}

static gboolean
on_hasty_answer (gpointer data)
{
  HastyAnswer *answer = data;

  answer->callback (answer->source, answer->result, g_steal_pointer (&answer->flight));
  return G_SOURCE_REMOVE;
}

/* Takes @flight. Nobody expects an answer before they have asked: an authoriser that has it at hand, and calls back
 * from within, which GTask would not, is heard a moment later. */
static void
put_off (Flight *flight, GObject *source, GAsyncResult *result, GAsyncReadyCallback callback)
{
  HastyAnswer *answer = g_new (HastyAnswer, 1);
  g_autoptr (GSource) idle = g_idle_source_new ();

  *answer = (HastyAnswer){ g_object_ref (source), g_object_ref (result), callback, flight };
  g_source_set_priority (idle, G_PRIORITY_DEFAULT);
  g_source_set_static_name (idle, "ChannelsAuthQueue answer");
  g_source_set_callback (idle, on_hasty_answer, answer, hasty_answer_free);
  g_source_attach (idle, g_main_context_get_thread_default ());
}

static void
on_authorize_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  g_autoptr (ChannelsAuthQueue) self = NULL;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GError) error = NULL;

  /* A binding may lose it: PyGObject 3.50 does. */
  g_return_if_fail (flight != NULL);
  if (flight->leaving)
    {
      put_off (g_steal_pointer (&flight), source, result, on_authorize_ready);
      return;
    }
  self = flight->queue != NULL ? g_object_ref (flight->queue) : NULL;
  authorization = channels_authorizer_authorize_finish (CHANNELS_AUTHORIZER (source), result, &error);
  if (self == NULL)
    return;
  end_flight (flight);
  call_and_free (self, flight->requests.head->data, authorization, error);
  pump_soon (self);
}

/* Some servers refuse all for the sake of one, or do not know how to answer for many. */
static gboolean
is_worth_asking_alone (const GError *error)
{
  return error->domain == CHANNELS_ERROR &&
         (error->code == CHANNELS_ERROR_UNAUTHORIZED || error->code == CHANNELS_ERROR_MALFORMED ||
          error->code == CHANNELS_ERROR_INVALID || error->code == CHANNELS_ERROR_UNSUPPORTED);
}

static void
on_authorize_many_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Flight) flight = user_data;
  g_autoptr (ChannelsAuthQueue) self = NULL;
  g_autoptr (GHashTable) authorizations = NULL;
  g_autoptr (GError) error = NULL;

  /* A binding may lose it: PyGObject 3.50 does. */
  g_return_if_fail (flight != NULL);
  if (flight->leaving)
    {
      put_off (g_steal_pointer (&flight), source, result, on_authorize_many_ready);
      return;
    }
  self = flight->queue != NULL ? g_object_ref (flight->queue) : NULL;
  authorizations = channels_authorizer_authorize_many_finish (CHANNELS_AUTHORIZER (source), result, &error);
  if (self == NULL)
    return;
  end_flight (flight);
  if (error != NULL && !is_worth_asking_alone (error))
    fail_all (self, flight, error);
  while (flight->requests.head != NULL)
    {
      ChannelsAuthRequest *request = flight->requests.head->data;
      const ChannelsAuthorization *authorization = NULL;

      if (authorizations != NULL)
        authorization = g_hash_table_lookup (authorizations, request->channel);
      if (authorization != NULL)
        call_and_free (self, request, authorization, NULL);
      else
        queue_again (self, request);
    }
  pump_soon (self);
}

/* Takes the first off the queue, and those behind it that can be asked for with it. */
static void
board (ChannelsAuthQueue *self, Flight *flight)
{
  guint size = MIN (channels_authorizer_get_batch_size (self->authorizer), MAX_BATCH);
  const ChannelsAuthRequest *first = self->waiting.head->data;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  ChannelsAuthRequest *request;

  flight->socket_id = g_strdup (first->socket_id);
  do
    {
      request = g_queue_pop_head_link (&self->waiting)->data;
      request->flight = flight;
      g_queue_push_tail_link (&flight->requests, &request->link);
      g_strv_builder_add (names, request->channel);
      request = self->waiting.head != NULL ? self->waiting.head->data : NULL;
    }
  while (request != NULL && flight->requests.length < size && !first->alone && !request->alone &&
         strcmp (request->socket_id, flight->socket_id) == 0);
  flight->channels = g_strv_builder_end (names);
}

static void
take_off (ChannelsAuthQueue *self)
{
  g_autoptr (Flight) flight = g_rc_box_new0 (Flight);

  flight->link.data = flight;
  flight->queue = self;
  flight->cancellable = g_cancellable_new ();
  flight->timer = channels_clock_add_timeout (self->clock, self->timeout, on_deadline, flight);
  g_queue_push_tail_link (&self->flights, &flight->link);
  board (self, flight);
  flight->leaving = TRUE;
  if (flight->channels[1] == NULL)
    channels_authorizer_authorize_async (self->authorizer, flight->socket_id, flight->channels[0], flight->cancellable,
                                         on_authorize_ready, g_rc_box_acquire (flight));
  else
    channels_authorizer_authorize_many_async (self->authorizer, flight->socket_id,
                                              (const char *const *) flight->channels, flight->cancellable,
                                              on_authorize_many_ready, g_rc_box_acquire (flight));
  flight->leaving = FALSE;
}

static void
channels_auth_queue_dispose (GObject *object)
{
  ChannelsAuthQueue *self = CHANNELS_AUTH_QUEUE (object);

  while (self->waiting.head != NULL)
    request_free (self, self->waiting.head->data);
  while (self->flights.head != NULL)
    {
      Flight *flight = self->flights.head->data;

      end_flight (flight);
      while (flight->requests.head != NULL)
        request_free (self, flight->requests.head->data);
      g_cancellable_cancel (flight->cancellable);
    }
  if (self->timer != 0)
    channels_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
  if (self->next != NULL)
    g_source_destroy (self->next);
  g_clear_pointer (&self->next, g_source_unref);
  G_OBJECT_CLASS (channels_auth_queue_parent_class)->dispose (object);
}

static void
channels_auth_queue_finalize (GObject *object)
{
  ChannelsAuthQueue *self = CHANNELS_AUTH_QUEUE (object);

  g_clear_object (&self->authorizer);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (channels_auth_queue_parent_class)->finalize (object);
}

static void
channels_auth_queue_class_init (ChannelsAuthQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = channels_auth_queue_dispose;
  object_class->finalize = channels_auth_queue_finalize;
}

static void
channels_auth_queue_init (ChannelsAuthQueue *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->flights);
}

ChannelsAuthQueue *
channels_auth_queue_new (ChannelsAuthorizer *authorizer, ChannelsClock *clock)
{
  ChannelsAuthQueue *self = g_object_new (CHANNELS_TYPE_AUTH_QUEUE, NULL);

  self->authorizer = g_object_ref (authorizer);
  self->clock = g_object_ref (clock);
  return self;
}

void
channels_auth_queue_set_limits (ChannelsAuthQueue *self, guint parallel, guint timeout)
{
  self->parallel = parallel;
  self->timeout = timeout;
  pump_soon (self);
}

ChannelsAuthRequest *
channels_auth_queue_ask (ChannelsAuthQueue *self, const char *socket_id, const char *channel, ChannelsAuthFunc func,
                         gpointer data)
{
  ChannelsAuthRequest *request = g_new0 (ChannelsAuthRequest, 1);

  request->link.data = request;
  request->socket_id = g_strdup (socket_id);
  request->channel = g_strdup (channel);
  request->func = func;
  request->data = data;
  g_queue_push_tail_link (&self->waiting, &request->link);
  /* One that others will join waits for them. */
  if (channels_authorizer_get_batch_size (self->authorizer) > 1)
    pump_soon (self);
  else
    pump_next (self);
  return request;
}

void
channels_auth_queue_cancel (ChannelsAuthQueue *self, ChannelsAuthRequest *request)
{
  Flight *flight = request->flight;

  request_free (self, request);
  if (flight == NULL || flight->queue == NULL || flight->requests.length > 0)
    return;
  end_flight (flight);
  pump_soon (self);
  g_cancellable_cancel (flight->cancellable);
}
