/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-sounds-object.h"

#include "rd-clean.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-sound-devices.h"
#include "rd-tune.h"

#include <string.h>

/* What can sound, and where, on the bus; and sounds it. */

/* An id comes back as a setting. */
#define MAX_DEVICE 1000
/* A sound server that has not answered by then does not. */
#define TEST_TIMEOUT_S 12
#define LIST_TIMEOUT_S 10
#define MAX_WAITING 16

struct _RdSoundsObject
{
  RdDBusSounds1Skeleton parent_instance;

  RdRinger *ringer;
  GDBusMethodInvocation *test; /* (nullable): who waits to hear how the test began */
  guint timeout;
  gboolean listing;   /* also while nobody waits for it any more */
  GPtrArray *waiting; /* GDBusMethodInvocation: who wants the devices */
  guint list_timeout;
};

/* (transfer full): two of the same make are told apart by their ids */
static char *
dup_name (GPtrArray *devices, const RdSoundDevice *device)
{
  g_autofree char *name = rd_clean_text (device->name != NULL ? device->name : "", RD_CLEAN_NAME);
  guint same = 0;

  for (guint i = 0; i < devices->len; i++)
    same += g_strcmp0 (((const RdSoundDevice *) devices->pdata[i])->name, device->name) == 0;
  if (*name == '\0')
    return g_strdup (device->id);
  return same > 1 ? g_strdup_printf ("%s (%s)", name, device->id) : g_steal_pointer (&name);
}

/* (transfer floating) @devices: (nullable) */
static GVariant *
format_devices (GPtrArray *devices)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ss)"));

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const RdSoundDevice *device = devices->pdata[i];
      g_autofree char *name = NULL;

      if (!g_utf8_validate (device->id, -1, NULL) || strlen (device->id) > MAX_DEVICE)
        continue;
      name = dup_name (devices, device);
      g_variant_builder_add (&builder, "(ss)", device->id, name);
    }
  return g_variant_new ("(a(ss))", &builder);
}

/* All who wait. @reply: (nullable): the sound server does not answer */
static void
answer_list (RdSoundsObject *self, GVariant *reply)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new ();
  g_clear_handle_id (&self->list_timeout, g_source_remove);
  for (guint i = 0; i < waiting->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (reply != NULL)
        {
          g_dbus_method_invocation_return_value (waiting->pdata[i], reply);
          continue;
        }
      error = rd_fault_new (RD_FAULT_TIMED_OUT, NULL, 0, NULL, "sound");
      rd_dbus_error_return (waiting->pdata[i], error);
    }
}

static gboolean
on_list_timeout (gpointer user_data)
{
  RdSoundsObject *self = user_data;

  self->list_timeout = 0;
  answer_list (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_devices_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdSoundsObject) self = user_data;
  g_autoptr (GPtrArray) devices = rd_sound_devices_list_finish (result, NULL);
  g_autoptr (GVariant) reply = g_variant_ref_sink (format_devices (devices));

  self->listing = FALSE;
  answer_list (self, reply);
}

/* One question to the sound server at a time, whoever asks and however long it takes. */
static gboolean
on_handle_list_devices (RdDBusSounds1 *object, GDBusMethodInvocation *invocation)
{
  RdSoundsObject *self = RD_SOUNDS_OBJECT (object);

  if (self->waiting->len >= MAX_WAITING)
    {
      g_autoptr (GError) error = rd_fault_new (RD_FAULT_TIMED_OUT, NULL, 0, NULL, "sound");

      rd_dbus_error_return (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_ptr_array_add (self->waiting, invocation);
  if (self->list_timeout == 0)
    self->list_timeout = g_timeout_add_seconds (LIST_TIMEOUT_S, on_list_timeout, self);
  if (self->listing)
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  self->listing = TRUE;
  rd_sound_devices_list_async (NULL, on_devices_listed, g_object_ref (self));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_tones (RdDBusSounds1 *object, GDBusMethodInvocation *invocation)
{
  g_auto (GStrv) rings = rd_tune_dup_rings ();
  g_auto (GStrv) messages = rd_tune_dup_messages ();

  rd_dbus_sounds1_complete_list_tones (object, invocation, (const char * const *) rings,
                                       (const char * const *) messages);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* @where: (nullable): nothing is wrong */
static void
answer_test (RdSoundsObject *self, RdFaultCode code, const char *where)
{
  GDBusMethodInvocation *invocation = g_steal_pointer (&self->test);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (invocation == NULL)
    return;
  if (where == NULL)
    {
      rd_dbus_sounds1_complete_test (RD_DBUS_SOUNDS1 (self), invocation);
      return;
    }
  error = rd_fault_new (code, NULL, 0, NULL, where);
  rd_dbus_error_return (invocation, error);
}

static gboolean
on_test_timeout (gpointer user_data)
{
  RdSoundsObject *self = user_data;

  self->timeout = 0;
  answer_test (self, RD_FAULT_TIMED_OUT, "sound");
  rd_ringer_test (self->ringer, RD_RINGER_TEST_NOTHING);
  return G_SOURCE_REMOVE;
}

static void
on_ringer_tested (RdRinger *ringer, const char *problem, RdSoundsObject *self)
{
  if (*problem == '\0')
    answer_test (self, RD_FAULT_INTERNAL, NULL);
  else if (g_str_equal (problem, "tone"))
    answer_test (self, RD_FAULT_UNSUPPORTED,
                 rd_ringer_get_testing (ringer) == RD_RINGER_TEST_RING ? "ring-tone" : "message-tone");
  else
    answer_test (self, RD_FAULT_UNSUPPORTED, g_str_equal (problem, "no-device") ? "sound-device" : "sound");
}

static gboolean
read_test (const char *what, RdRingerTest *test)
{
  if (g_str_equal (what, "ring"))
    *test = RD_RINGER_TEST_RING;
  else if (g_str_equal (what, "message"))
    *test = RD_RINGER_TEST_MESSAGE;
  else
    *test = RD_RINGER_TEST_NOTHING;
  return *test != RD_RINGER_TEST_NOTHING || *what == '\0';
}

static gboolean
on_handle_test (RdDBusSounds1 *object, GDBusMethodInvocation *invocation, const char *what)
{
  RdSoundsObject *self = RD_SOUNDS_OBJECT (object);
  RdRingerTest test;

  /* Who waits still has an answer when something else is tried. */
  rd_ringer_test (self->ringer, RD_RINGER_TEST_NOTHING);
  answer_test (self, RD_FAULT_INTERNAL, NULL);
  self->test = invocation;
  if (!read_test (what, &test))
    answer_test (self, RD_FAULT_BAD_INPUT, "test");
  else if (test == RD_RINGER_TEST_NOTHING)
    answer_test (self, RD_FAULT_INTERNAL, NULL);
  else if (!rd_ringer_test (self->ringer, test))
    answer_test (self, RD_FAULT_WRONG_STATE, "sound-test");
  else if (self->test != NULL)
    self->timeout = g_timeout_add_seconds (TEST_TIMEOUT_S, on_test_timeout, self);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
sounds1_iface_init (RdDBusSounds1Iface *iface)
{
  iface->handle_list_devices = on_handle_list_devices;
  iface->handle_list_tones = on_handle_list_tones;
  iface->handle_test = on_handle_test;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdSoundsObject, rd_sounds_object, RD_DBUS_TYPE_SOUNDS1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_SOUNDS1, sounds1_iface_init))

static void
on_ringer_testing_changed (RdRinger *ringer, GParamSpec *pspec, RdSoundsObject *self)
{
  static const char * const nicks[] = {
    [RD_RINGER_TEST_NOTHING] = "",
    [RD_RINGER_TEST_RING] = "ring",
    [RD_RINGER_TEST_MESSAGE] = "message",
  };

  rd_dbus_sounds1_set_testing (RD_DBUS_SOUNDS1 (self), nicks[rd_ringer_get_testing (ringer)]);
}

/*
 * GObject
 */
static void
rd_sounds_object_dispose (GObject *object)
{
  RdSoundsObject *self = RD_SOUNDS_OBJECT (object);

  answer_test (self, RD_FAULT_INTERNAL, NULL);
  answer_list (self, NULL);

  G_OBJECT_CLASS (rd_sounds_object_parent_class)->dispose (object);
}

static void
rd_sounds_object_finalize (GObject *object)
{
  RdSoundsObject *self = RD_SOUNDS_OBJECT (object);

  g_clear_object (&self->ringer);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (rd_sounds_object_parent_class)->finalize (object);
}

static void
rd_sounds_object_class_init (RdSoundsObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_sounds_object_dispose;
  object_class->finalize = rd_sounds_object_finalize;
}

static void
rd_sounds_object_init (RdSoundsObject *self)
{
  self->waiting = g_ptr_array_new ();
}

RdSoundsObject *
rd_sounds_object_new (RdRinger *ringer)
{
  RdSoundsObject *self;

  g_return_val_if_fail (RD_IS_RINGER (ringer), NULL);

  self = g_object_new (RD_TYPE_SOUNDS_OBJECT, NULL);
  self->ringer = g_object_ref (ringer);
  g_signal_connect_object (ringer, "tested", G_CALLBACK (on_ringer_tested), self, 0);
  g_signal_connect_object (ringer, "notify::testing", G_CALLBACK (on_ringer_testing_changed), self, 0);
  on_ringer_testing_changed (ringer, NULL, self);
  return self;
}
