/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "scripted-resolver.h"

struct _ScriptedResolver
{
  GResolver parent_instance;

  char *addresses;
  gboolean silent;
  guint n;
};

G_DEFINE_FINAL_TYPE (ScriptedResolver, scripted_resolver, G_TYPE_RESOLVER)

static gboolean
is_wanted (GInetAddress *address, GResolverNameLookupFlags flags)
{
  if (flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY)
    return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4;
  if (flags == G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  return TRUE;
}

static GList *
look_up (ScriptedResolver *self, const char *hostname, GResolverNameLookupFlags flags, GError **error)
{
  g_auto (GStrv) words = g_strsplit (self->addresses != NULL ? self->addresses : "", " ", -1);
  GList *found = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (words[i]);

      if (address != NULL && is_wanted (address, flags))
        found = g_list_append (found, g_steal_pointer (&address));
    }
  self->n++;
  if (found == NULL)
    g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "Error resolving “%s”", hostname);
  return found;
}

static void
free_addresses (gpointer list)
{
  g_resolver_free_addresses (list);
}

static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  g_task_return_error_if_cancelled (task);
}

/* GResolver */

static GList *
scripted_resolver_lookup_by_name (GResolver *resolver, const char *hostname, GCancellable *cancellable, GError **error)
{
  return look_up (SCRIPTED_RESOLVER (resolver), hostname, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, error);
}

static void
scripted_resolver_lookup_by_name_with_flags_async (GResolver *resolver, const char *hostname,
                                                   GResolverNameLookupFlags flags, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data)
{
  ScriptedResolver *self = SCRIPTED_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  GList *found;

  if (self->silent)
    {
      self->n++;
      g_task_set_check_cancellable (task, FALSE);
      g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), g_object_ref (task), g_object_unref);
      return;
    }
  found = look_up (self, hostname, flags, &error);
  if (found != NULL)
    g_task_return_pointer (task, found, free_addresses);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
scripted_resolver_lookup_by_name_async (GResolver *resolver, const char *hostname, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data)
{
  scripted_resolver_lookup_by_name_with_flags_async (resolver, hostname, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT,
                                                     cancellable, callback, user_data);
}

static GList *
scripted_resolver_lookup_by_name_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
scripted_resolver_finalize (GObject *object)
{
  ScriptedResolver *self = SCRIPTED_RESOLVER (object);

  g_free (self->addresses);
  G_OBJECT_CLASS (scripted_resolver_parent_class)->finalize (object);
}

static void
scripted_resolver_class_init (ScriptedResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = scripted_resolver_finalize;
  resolver_class->lookup_by_name = scripted_resolver_lookup_by_name;
  resolver_class->lookup_by_name_async = scripted_resolver_lookup_by_name_async;
  resolver_class->lookup_by_name_finish = scripted_resolver_lookup_by_name_finish;
  resolver_class->lookup_by_name_with_flags_async = scripted_resolver_lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = scripted_resolver_lookup_by_name_finish;
}

static void
scripted_resolver_init (ScriptedResolver *self)
{
}

ScriptedResolver *
scripted_resolver_new (void)
{
  return g_object_new (TYPE_SCRIPTED_RESOLVER, NULL);
}

void
scripted_resolver_set_addresses (ScriptedResolver *self, const char *addresses)
{
  g_free (self->addresses);
  self->addresses = g_strdup (addresses);
}

void
scripted_resolver_set_silent (ScriptedResolver *self, gboolean silent)
{
  self->silent = silent;
}

guint
scripted_resolver_get_n (ScriptedResolver *self)
{
  return self->n;
}
