/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-rooms.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-records.h"
#include "rd-room-url.h"

/* When a call's room is opened, and how often. A local call that has become active is owed its room: the room may come
 * with the event or with the site's reply, whichever is first; one that does not come at all is said after a while. */

#define ROOM_DEADLINE_MS 5000

enum
{
  PROBLEM_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What is owed to one live call. */
typedef struct
{
  RdRooms *rooms; /* (unowned) */
  RdCall *call;   /* (unowned): live, goes with ::call-ended */
  char *activation_token;
  gboolean done;
  guint deadline;
  GVariant *problem; /* (nullable): why the last try failed */
} Debt;

struct _RdRooms
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdBrowser *browser;
  RdNotices *notices;
  GHashTable *debts; /* RdCall → Debt */
};

G_DEFINE_FINAL_TYPE (RdRooms, rd_rooms, G_TYPE_OBJECT)

static void
debt_free (Debt *debt)
{
  g_clear_handle_id (&debt->deadline, g_source_remove);
  g_clear_pointer (&debt->problem, g_variant_unref);
  g_free (debt->activation_token);
  g_free (debt);
}

static void
set_problem (RdRooms *self, RdCall *call, const GError *error)
{
  Debt *debt = g_hash_table_lookup (self->debts, call);

  if (debt == NULL || (error == NULL && debt->problem == NULL))
    return;
  g_clear_pointer (&debt->problem, g_variant_unref);
  if (error != NULL)
    debt->problem = rd_dbus_error_dup_detail (error);
  g_signal_emit (self, signals[PROBLEM_CHANGED], 0, call);
}

static GError *
fault_of_room_error (const GError *error, const char *host)
{
  if (g_error_matches (error, RD_ROOM_ERROR, RD_ROOM_ERROR_UNTRUSTED))
    return rd_fault_new (RD_FAULT_ROOM_UNTRUSTED, error->message, 0, NULL, "room");
  if (g_error_matches (error, RD_ROOM_ERROR, RD_ROOM_ERROR_EXPIRED))
    return rd_fault_new (RD_FAULT_INVITATION_EXPIRED, host, 0, NULL, "room");
  if (g_error_matches (error, RD_ROOM_ERROR, RD_ROOM_ERROR_NO_BROWSER))
    return rd_fault_new (RD_FAULT_NO_BROWSER, NULL, 0, NULL, "room");
  return rd_fault_new (RD_FAULT_ROOM_REFUSED, host, 0, error->message, "room");
}

/* For people only: the address is not checked at this point. */
static char *
dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

static char *
build_url (RdRooms *self, RdCall *call, GError **error)
{
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));
  g_autofree const char **hosts = NULL;
  g_autofree char *host = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) local = NULL;
  RdRoom room = { 0 };

  if (line == NULL || rd_call_get_room_url (call) == NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_NO_ROOM, NULL, 0, rd_call_get_room_error (call), "room"));
      return NULL;
    }
  hosts = rd_line_dup_room_hosts (line);
  room.url = rd_call_get_room_url (call);
  room.token = rd_call_get_room_token (call);
  room.trusted_hosts = hosts;
  room.allow_loopback = rd_line_is_loopback (line);
  room.audio = rd_call_get_audio (call);
  room.display_name = *rd_line_get_user_name (line) != '\0' ? rd_line_get_user_name (line) : NULL;
  /* The site's clock made the token. */
  room.now = g_get_real_time () + rd_site_get_clock_skew (rd_line_get_site (line));
  url = rd_room_build_url (&room, &local);
  if (url == NULL)
    {
      host = dup_host (room.url);
      g_propagate_error (error, fault_of_room_error (local, host));
    }
  return g_steal_pointer (&url);
}

/* Takes @error (nullable: it has been opened). */
static void
finish_opening (GTask *task, GError *error)
{
  set_problem (g_task_get_source_object (task), g_task_get_task_data (task), error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_browser_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;

  if (rd_browser_open_finish (RD_BROWSER (source), result, &error))
    finish_opening (task, NULL);
  else
    finish_opening (task, fault_of_room_error (error, NULL));
}

static void
on_own_opening_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdRooms *self = RD_ROOMS (source);
  g_autoptr (RdCall) call = RD_CALL (user_data);
  g_autoptr (GError) error = NULL;

  if (!rd_rooms_open_finish (self, result, &error))
    rd_notices_say (self->notices, "error", rd_call_get_account (call), rd_call_get_id (call), error);
}

static void
pay (Debt *debt)
{
  debt->done = TRUE;
  g_clear_handle_id (&debt->deadline, g_source_remove);
  rd_rooms_open_async (debt->rooms, debt->call, debt->activation_token, on_own_opening_done,
                       g_object_ref (debt->call));
  /* One click, one token. */
  g_clear_pointer (&debt->activation_token, g_free);
}

static gboolean
on_room_deadline (gpointer user_data)
{
  Debt *debt = user_data;

  debt->deadline = 0;
  pay (debt);
  return G_SOURCE_REMOVE;
}

static void
on_call_changed (RdCall *call, GParamSpec *pspec, RdRooms *self)
{
  rd_rooms_consider (self, call);
}

static void
on_call_added (RdPhone *phone, RdCall *call, RdRooms *self)
{
  Debt *debt = g_new0 (Debt, 1);

  debt->rooms = self;
  debt->call = call;
  g_hash_table_insert (self->debts, call, debt);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_changed), self, 0);
  g_signal_connect_object (call, "notify::local", G_CALLBACK (on_call_changed), self, 0);
  rd_rooms_consider (self, call);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, RdRooms *self)
{
  g_hash_table_remove (self->debts, call);
}

static void
on_call_touched (RdLines *lines, RdCall *call, RdRooms *self)
{
  rd_rooms_consider (self, call);
}

/*
 * GObject
 */
static void
rd_rooms_finalize (GObject *object)
{
  RdRooms *self = RD_ROOMS (object);

  g_clear_pointer (&self->debts, g_hash_table_unref);
  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->browser);
  g_clear_object (&self->notices);

  G_OBJECT_CLASS (rd_rooms_parent_class)->finalize (object);
}

static void
rd_rooms_class_init (RdRoomsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_rooms_finalize;

  signals[PROBLEM_CHANGED] = g_signal_new ("problem-changed", RD_TYPE_ROOMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_rooms_init (RdRooms *self)
{
  self->debts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) debt_free);
}

RdRooms *
rd_rooms_new (RdPhone *phone, RdLines *lines, RdBrowser *browser, RdNotices *notices)
{
  RdRooms *self;

  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (RD_IS_LINES (lines), NULL);
  g_return_val_if_fail (RD_IS_BROWSER (browser), NULL);
  g_return_val_if_fail (RD_IS_NOTICES (notices), NULL);

  self = g_object_new (RD_TYPE_ROOMS, NULL);
  self->phone = g_object_ref (phone);
  self->lines = g_object_ref (lines);
  self->browser = g_object_ref (browser);
  self->notices = g_object_ref (notices);
  g_signal_connect_object (phone, "call-added", G_CALLBACK (on_call_added), self, 0);
  g_signal_connect_object (phone, "call-ended", G_CALLBACK (on_call_ended), self, 0);
  g_signal_connect_object (lines, "call-touched", G_CALLBACK (on_call_touched), self, 0);
  return self;
}

void
rd_rooms_expect (RdRooms *self, RdCall *call, const char *activation_token)
{
  Debt *debt;

  g_return_if_fail (RD_IS_ROOMS (self));
  g_return_if_fail (RD_IS_CALL (call));

  debt = g_hash_table_lookup (self->debts, call);
  if (debt == NULL)
    return;
  g_free (debt->activation_token);
  debt->activation_token = g_strdup (activation_token);
}

void
rd_rooms_consider (RdRooms *self, RdCall *call)
{
  Debt *debt;

  g_return_if_fail (RD_IS_ROOMS (self));
  g_return_if_fail (RD_IS_CALL (call));

  debt = g_hash_table_lookup (self->debts, call);
  if (debt == NULL || debt->done)
    return;
  if (rd_call_get_state (call) != RD_CALL_ACTIVE || !rd_call_get_local (call))
    return;
  if (rd_call_get_room_url (call) != NULL || rd_call_get_room_error (call) != NULL)
    pay (debt);
  else if (debt->deadline == 0)
    debt->deadline = g_timeout_add (ROOM_DEADLINE_MS, on_room_deadline, debt);
}

void
rd_rooms_open_async (RdRooms            *self,
                     RdCall             *call,
                     const char         *activation_token,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (RD_IS_ROOMS (self));
  g_return_if_fail (RD_IS_CALL (call));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, g_object_ref (call), g_object_unref);
  url = build_url (self, call, &error);
  if (url == NULL)
    {
      finish_opening (task, g_steal_pointer (&error));
      return;
    }
  shown = rd_room_redact (url);
  g_debug ("Opening %s", shown);
  rd_browser_open_async (self->browser, url, activation_token, NULL, on_browser_opened, g_steal_pointer (&task));
}

gboolean
rd_rooms_open_finish (RdRooms *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GVariant *
rd_rooms_dup_problem (RdRooms *self, RdCall *call)
{
  Debt *debt;

  g_return_val_if_fail (RD_IS_ROOMS (self), NULL);
  g_return_val_if_fail (RD_IS_CALL (call), NULL);

  debt = g_hash_table_lookup (self->debts, call);
  if (debt != NULL && debt->problem != NULL)
    return g_variant_ref (debt->problem);
  return g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}
