/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-sound-devices.h"

#include <string.h>

/* GStreamer's device monitor, asked once whenever it matters: nothing is watched while nothing sounds. */

void
rd_sound_device_free (RdSoundDevice *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

/* (transfer full) (element-type GstDevice) */
static GList *
get_outputs (void)
{
  g_autoptr (GstDeviceMonitor) monitor = NULL;
  GList *devices;

  if (!gst_init_check (NULL, NULL, NULL))
    return NULL;
  monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (monitor, "Audio/Sink", NULL);
  if (!gst_device_monitor_start (monitor))
    return NULL;
  devices = gst_device_monitor_get_devices (monitor);
  gst_device_monitor_stop (monitor);
  return devices;
}

static void
free_outputs (GList *devices)
{
  g_list_free_full (devices, gst_object_unref);
}

/* (transfer full): the sound server's own name of it, by which it is known again; PulseAudio's and ALSA's devices have
 * it as a property of the object, PipeWire's among those of the node. */
static char *
dup_id (GstDevice *device)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);
  const char *node = properties != NULL ? gst_structure_get_string (properties, "node.name") : NULL;
  char *name = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (device), "internal-name") != NULL)
    g_object_get (device, "internal-name", &name, NULL);
  if (name != NULL && *name != '\0')
    return name;
  g_free (name);
  if (node != NULL)
    return g_strdup (node);
  name = gst_device_get_display_name (device);
  return name != NULL ? name : g_strdup ("");
}

static gboolean
is_default (GstDevice *device)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);
  gboolean yes = FALSE;

  return properties != NULL && gst_structure_get_boolean (properties, "is-default", &yes) && yes;
}

/* What is soldered in and no screen's: by what the sound server says of the form, else by where it is plugged in. */
static gboolean
is_speakers (GstDevice *device)
{
  g_autoptr (GstStructure) properties = gst_device_get_properties (device);
  g_autofree char *id = dup_id (device);
  const char *form;
  const char *bus;

  if (properties == NULL || strstr (id, "hdmi") != NULL || strstr (id, "iec958") != NULL)
    return FALSE;
  form = gst_structure_get_string (properties, "device.form_factor");
  if (form == NULL)
    form = gst_structure_get_string (properties, "device.form-factor");
  if (form != NULL)
    return g_str_equal (form, "internal") || g_str_equal (form, "speaker");
  bus = gst_structure_get_string (properties, "device.bus");
  return g_strcmp0 (bus, "pci") == 0 || g_strcmp0 (bus, "platform") == 0;
}

static gboolean
knows (GPtrArray *found, const char *id)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (((RdSoundDevice *) found->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gpointer
run_list (gpointer data)
{
  g_autoptr (GTask) task = data;
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_sound_device_free);
  GList *devices = get_outputs ();

  for (GList *l = devices; l != NULL && found->len < RD_SOUND_MAX_DEVICES; l = l->next)
    {
      g_autofree char *id = dup_id (l->data);
      RdSoundDevice *device;

      /* Two providers may know the same output. */
      if (*id == '\0' || knows (found, id))
        continue;
      device = g_new0 (RdSoundDevice, 1);
      device->id = g_steal_pointer (&id);
      device->name = gst_device_get_display_name (l->data);
      if (device->name == NULL)
        device->name = g_strdup ("");
      g_ptr_array_add (found, device);
    }
  free_outputs (devices);
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
  return NULL;
}

void
rd_sound_devices_list_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_sound_devices_list_async);
  /* A thread of its own: a sound server that hangs must not keep those that all tasks share. */
  g_thread_unref (g_thread_new ("sound-devices", run_list, g_steal_pointer (&task)));
}

GPtrArray *
rd_sound_devices_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GstElement *
rd_sound_devices_make_sink (const char *id)
{
  GList *devices;
  GstElement *sink = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  devices = get_outputs ();
  for (GList *l = devices; l != NULL && sink == NULL; l = l->next)
    {
      g_autofree char *own = dup_id (l->data);

      if (g_str_equal (own, id))
        sink = gst_device_create_element (l->data, NULL);
    }
  free_outputs (devices);
  return sink;
}

GstElement *
rd_sound_devices_make_speakers (const char *id)
{
  GList *devices = get_outputs ();
  GstElement *sink = NULL;

  for (GList *l = devices; l != NULL; l = l->next)
    {
      g_autofree char *own = dup_id (l->data);

      if (!is_speakers (l->data))
        continue;
      if (id != NULL && *id != '\0' ? !g_str_equal (own, id) : !is_default (l->data))
        sink = gst_device_create_element (l->data, NULL);
      break;
    }
  free_outputs (devices);
  return sink;
}
