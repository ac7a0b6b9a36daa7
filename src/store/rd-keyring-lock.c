/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-secrets-keyring"

#include "config.h"

#include "rd-keyring-lock.h"

#include <libsecret/secret.h>

/* The lock of the default collection, and nothing of what is in it. A request that fails for want of somebody to unlock
 * the keyring says so in as many ways as there are services; the collection itself says it in one. */

struct _RdKeyringLock
{
  GObject parent_instance;

  SecretCollection *collection; /* (nullable) */
  gboolean locked;
};

typedef enum
{
  PROP_LOCKED = 1,
} RdKeyringLockProps;

static GParamSpec *props[PROP_LOCKED + 1];

G_DEFINE_FINAL_TYPE (RdKeyringLock, rd_keyring_lock, G_TYPE_OBJECT)

static void
update (RdKeyringLock *self)
{
  gboolean locked = self->collection != NULL && secret_collection_get_locked (self->collection);

  if (self->locked == locked)
    return;
  self->locked = locked;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCKED]);
}

static void
on_notify_locked (SecretCollection *collection, GParamSpec *pspec, RdKeyringLock *self)
{
  if (collection == self->collection)
    update (self);
}

static void
on_collection_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdKeyringLock *self = g_task_get_source_object (task);
  g_autoptr (SecretCollection) collection = NULL;
  GError *error = NULL;

  /* None without an error: the first secret will make one. */
  collection = secret_collection_for_alias_finish (result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (collection != NULL)
    g_signal_connect_object (collection, "notify::locked", G_CALLBACK (on_notify_locked), self, 0);
  g_set_object (&self->collection, collection);
  update (self);
  g_task_return_boolean (task, TRUE);
}

/* GObject */

static void
rd_keyring_lock_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RdKeyringLockProps) id)
    {
    case PROP_LOCKED:
      g_value_set_boolean (value, RD_KEYRING_LOCK (object)->locked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_keyring_lock_finalize (GObject *object)
{
  g_clear_object (&RD_KEYRING_LOCK (object)->collection);

  G_OBJECT_CLASS (rd_keyring_lock_parent_class)->finalize (object);
}

static void
rd_keyring_lock_class_init (RdKeyringLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_keyring_lock_get_property;
  object_class->finalize = rd_keyring_lock_finalize;

  props[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
rd_keyring_lock_init (RdKeyringLock *self)
{
}

RdKeyringLock *
rd_keyring_lock_new (void)
{
  return g_object_new (RD_TYPE_KEYRING_LOCK, NULL);
}

gboolean
rd_keyring_lock_get_locked (RdKeyringLock *self)
{
  g_return_val_if_fail (RD_IS_KEYRING_LOCK (self), FALSE);

  return self->locked;
}

void
rd_keyring_lock_check_async (RdKeyringLock *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RD_IS_KEYRING_LOCK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_keyring_lock_check_async);
  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable,
                               on_collection_ready, task);
}

gboolean
rd_keyring_lock_check_finish (RdKeyringLock *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
