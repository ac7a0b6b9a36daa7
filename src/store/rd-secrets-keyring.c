/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-secrets-keyring"

#include "config.h"

#include "rd-secrets-keyring.h"

#include "rd-fault.h"
#include "rd-keyring-lock.h"
#include "rd-keyring-problem.h"
#include "rd-keyring-value.h"
#include "rd-secrets-private.h"

#include <libsecret/secret.h>

/* Tokens in the session's keyring, by libsecret. A keyring can be away, locked, hung, or ask its owner: each request is
 * answered by its deadline, and what cannot be put there is kept in memory, which the backend property says. */

#define DEADLINE_MS 10000
#define PROMPT_DEADLINE_MS 120000

struct _RdSecretsKeyring
{
  RdSecrets parent_instance;

  char *namespace;
  guint deadline;
  guint prompt_deadline;
  RdKeyringLock *lock;
  GHashTable *memory; /* utf8 → RdTokens: what the keyring did not take */
  GHashTable *stores; /* utf8 → GTask: the store under way for an account */
};

typedef enum
{
  PROP_DEADLINE = 1,
  PROP_PROMPT_DEADLINE,
} RdSecretsKeyringProps;

static GParamSpec *props[PROP_PROMPT_DEADLINE + 1];

G_DEFINE_FINAL_TYPE (RdSecretsKeyring, rd_secrets_keyring, RD_TYPE_SECRETS)

static const SecretSchema schema = {
  RD_APP_ID ".Account",
  SECRET_SCHEMA_NONE,
  { { "namespace", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "account", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

/* One request. Its task is answered once, by the keyring or by the deadline; libsecret may still be at it then. */
typedef struct
{
  RdSecretsKeyring *self; /* the task's source object */
  char *account;
  RdTokens *tokens;       /* (nullable) */
  gboolean store;
  GCancellable *cancellable;
  GCancellable *caller;   /* (nullable) */
  gulong caller_handler;
  guint deadline;
  gboolean answered;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_assert (request->deadline == 0);
  g_clear_object (&request->cancellable);
  g_clear_object (&request->caller);
  rd_tokens_free (request->tokens);
  g_free (request->account);
  g_free (request);
}

static GHashTable *
build_attributes (Request *request)
{
  return secret_attributes_build (&schema, "namespace", request->self->namespace, "account", request->account, NULL);
}

/* The request goes on without the keyring. @problem: as in the header, but for what only the lock explains. */
static void
fall_back (GTask *task, const char *problem)
{
  Request *request = g_task_get_task_data (task);
  RdSecretsKeyring *self = request->self;
  gboolean locked = g_str_equal (problem, "locked") || g_str_equal (problem, "dismissed");
  RdTokens *kept;

  if (!locked && !g_str_equal (problem, "absent") && rd_keyring_lock_get_locked (self->lock))
    {
      problem = "locked";
      locked = TRUE;
    }
  rd_secrets_set_backend (RD_SECRETS (self), locked ? "keyring-locked" : "memory");
  if (request->answered)
    return;
  g_message ("The keyring cannot be used: %s", problem);
  request->answered = TRUE;
  kept = g_hash_table_lookup (self->memory, request->account);
  if (request->store && request->tokens != NULL)
    {
      rd_tokens_table_set (self->memory, request->account, request->tokens);
      g_task_return_boolean (task, TRUE);
    }
  else if (!request->store && kept != NULL)
    g_task_return_pointer (task, rd_tokens_copy (kept), (GDestroyNotify) rd_tokens_free);
  else
    g_task_return_error (task, rd_fault_new (RD_FAULT_SECRETS, NULL, 0, NULL, problem));
}

static gboolean
on_store_deadline (gpointer data)
{
  Request *request = g_task_get_task_data (data);

  request->deadline = 0;
  g_cancellable_cancel (request->cancellable);
  return G_SOURCE_REMOVE;
}

/* A load is given up. A store may be waiting for somebody who is being asked to unlock the keyring: its caller is
 * answered from memory, and the question stays up for a while. */
static gboolean
on_deadline (gpointer data)
{
  GTask *task = data;
  Request *request = g_task_get_task_data (task);
  gboolean locked = g_str_equal (rd_secrets_get_backend (RD_SECRETS (request->self)), "keyring-locked");

  request->deadline = 0;
  fall_back (task, locked ? "locked" : "timed-out");
  if (request->store && request->tokens != NULL)
    request->deadline = g_timeout_add (request->self->prompt_deadline, on_store_deadline, task);
  else
    g_cancellable_cancel (request->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer data)
{
  g_cancellable_cancel (data);
}

/* (transfer full) @task: libsecret is done with it. */
static void
end (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_clear_handle_id (&request->deadline, g_source_remove);
  g_cancellable_disconnect (request->caller, request->caller_handler);
  request->caller_handler = 0;
  if (request->store && g_hash_table_lookup (request->self->stores, request->account) == task)
    g_hash_table_remove (request->self->stores, request->account);
  g_object_unref (task);
}

static void
fail (GTask *task, const GError *error)
{
  Request *request = g_task_get_task_data (task);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* libsecret's and the bus's messages hold no secrets. */
      g_debug ("%s", error->message);
      fall_back (task, rd_keyring_problem_name (error));
    }
  else if (!g_cancellable_is_cancelled (request->cancellable))
    {
      /* not by us: this is how a sandbox hears that somebody did not unlock the keyring for the portal */
      fall_back (task, "dismissed");
    }
  else if (!request->answered)
    {
      request->answered = TRUE;
      g_task_return_error (task, g_error_copy (error));
    }
  end (task);
}

static void
succeed_with_tokens (GTask *task, RdTokens *tokens)
{
  Request *request = g_task_get_task_data (task);

  rd_secrets_set_backend (RD_SECRETS (request->self), "keyring");
  if (request->answered)
    rd_tokens_free (tokens);
  else
    g_task_return_pointer (task, tokens, (GDestroyNotify) rd_tokens_free);
  request->answered = TRUE;
  end (task);
}

static void
on_secret_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);

  if (error != NULL)
    {
      fail (user_data, error);
      return;
    }
  succeed_with_tokens (user_data, value != NULL ? rd_keyring_value_read (value) : NULL);
  g_clear_pointer (&value, secret_value_unref);
}

static void
on_unlock_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autolist (GDBusProxy) unlocked = NULL;
  g_autoptr (GError) error = NULL;

  secret_service_unlock_finish (SECRET_SERVICE (source), result, &unlocked, &error);
  if (error != NULL)
    fail (task, error);
  else if (unlocked == NULL)
    {
      fall_back (task, "dismissed");
      end (task);
    }
  else
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (unlocked->data), request->cancellable, on_secret_ready,
                                        task);
}

/* Somebody is asked now, and gets time to answer. */
static void
unlock (GTask *task, SecretItem *item)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GList) items = g_list_prepend (NULL, item);

  rd_secrets_set_backend (RD_SECRETS (request->self), "keyring-locked");
  /* Followed from now on: it may be unlocked by somebody else. */
  rd_keyring_lock_check_async (request->self->lock, NULL, NULL, NULL);
  g_clear_handle_id (&request->deadline, g_source_remove);
  request->deadline = g_timeout_add (request->self->prompt_deadline, on_deadline, task);
  secret_service_unlock (secret_item_get_service (item), items, request->cancellable, on_unlock_ready, task);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) items = secret_password_search_finish (result, &error);

  if (error != NULL)
    fail (task, error);
  else if (items == NULL)
    succeed_with_tokens (task, NULL);
  else if (SECRET_IS_ITEM (items->data) && secret_item_get_locked (items->data))
    unlock (task, items->data);
  else
    secret_retrievable_retrieve_secret (SECRET_RETRIEVABLE (items->data), request->cancellable, on_secret_ready, task);
}

static void
on_store_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (request->tokens != NULL)
    done = secret_password_store_finish (result, &error);
  else
    {
      /* FALSE without an error: there was nothing to remove. */
      secret_password_clear_finish (result, &error);
      done = error == NULL;
    }
  if (!done)
    {
      fail (task, error);
      return;
    }
  rd_secrets_set_backend (RD_SECRETS (request->self), "keyring");
  g_hash_table_remove (request->self->memory, request->account);
  if (!request->answered)
    g_task_return_boolean (task, TRUE);
  request->answered = TRUE;
  end (task);
}

static void
put (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GHashTable) attributes = build_attributes (request);
  g_autofree char *label = g_strdup_printf ("Ringdown: %s", request->account);
  g_autoptr (SecretValue) value = NULL;

  if (request->tokens == NULL)
    {
      secret_password_clearv (&schema, attributes, request->cancellable, on_store_ready, task);
      return;
    }
  value = rd_keyring_value_new (request->tokens);
  secret_password_storev_binary (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, request->cancellable,
                                 on_store_ready, task);
}

/* What follows makes the service ask somebody to unlock a locked keyring; that it waits for them is seen from here
 * on. */
static void
on_lock_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Nobody to ask of locks is not yet nobody to keep secrets: in a sandbox they are in a file of its own, whose key the
   * portal has. Where there is neither, libsecret says so next. */
  if (!rd_keyring_lock_check_finish (RD_KEYRING_LOCK (source), result, &error)
      && (g_cancellable_is_cancelled (request->cancellable) || !rd_keyring_problem_is_absent (error)))
    {
      fail (task, error);
      return;
    }
  if (rd_keyring_lock_get_locked (request->self->lock))
    rd_secrets_set_backend (RD_SECRETS (request->self), "keyring-locked");
  put (task);
}

/* (transfer full): with its deadline running */
static GTask *
begin (RdSecretsKeyring *self, const char *account, gboolean store, const RdTokens *tokens, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->self = self;
  request->account = g_strdup (account);
  request->store = store;
  request->tokens = rd_tokens_copy (tokens);
  request->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, request, request_free);
  request->deadline = g_timeout_add (self->deadline, on_deadline, task);
  if (cancellable != NULL)
    {
      request->caller = g_object_ref (cancellable);
      request->caller_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                       g_object_ref (request->cancellable), g_object_unref);
    }
  return task;
}

/* An older store that still waits for somebody must not come after this one, which stands for both. */
static void
supersede (RdSecretsKeyring *self, const char *account, GTask *task)
{
  GTask *known = g_hash_table_lookup (self->stores, account);
  g_autoptr (GTask) older = known != NULL ? g_object_ref (known) : NULL;
  Request *request;

  g_hash_table_replace (self->stores, g_strdup (account), g_object_ref (task));
  if (older == NULL)
    return;
  request = g_task_get_task_data (older);
  if (!request->answered)
    g_task_return_boolean (older, TRUE);
  request->answered = TRUE;
  g_cancellable_cancel (request->cancellable);
}

static void
keep (gpointer account, gpointer tokens, gpointer secrets)
{
  rd_secrets_store_async (RD_SECRETS (secrets), account, tokens, NULL, NULL, NULL);
}

/* Unlocked, by whomever: what waits in memory goes where it belongs. */
static void
on_notify_locked (RdKeyringLock *lock, GParamSpec *pspec, RdSecretsKeyring *self)
{
  g_autoptr (GHashTable) waiting = NULL;
  GHashTableIter iter;
  gpointer account, tokens;

  if (rd_keyring_lock_get_locked (lock))
    return;
  waiting = rd_tokens_table_new ();
  g_hash_table_iter_init (&iter, self->memory);
  while (g_hash_table_iter_next (&iter, &account, &tokens))
    rd_tokens_table_set (waiting, account, tokens);
  rd_secrets_set_backend (RD_SECRETS (self), "keyring");
  g_hash_table_foreach (waiting, keep, self);
}

/* RdSecrets */

static void
rd_secrets_keyring_load_async (RdSecrets *secrets, const char *account, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  RdSecretsKeyring *self = RD_SECRETS_KEYRING (secrets);
  g_autoptr (GHashTable) attributes = NULL;
  RdTokens *kept = g_hash_table_lookup (self->memory, account);
  GTask *task;

  /* Newer than what the keyring has, or the keyring would have taken it. */
  if (kept != NULL)
    {
      task = g_task_new (self, cancellable, callback, user_data);
      g_task_return_pointer (task, rd_tokens_copy (kept), (GDestroyNotify) rd_tokens_free);
      g_object_unref (task);
      return;
    }
  task = begin (self, account, FALSE, NULL, cancellable, callback, user_data);
  attributes = build_attributes (g_task_get_task_data (task));
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_NONE,
                           ((Request *) g_task_get_task_data (task))->cancellable, on_search_ready, task);
}

static RdTokens *
rd_secrets_keyring_load_finish (RdSecrets *secrets, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, secrets), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rd_secrets_keyring_store_async (RdSecrets *secrets, const char *account, const RdTokens *tokens,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RdSecretsKeyring *self = RD_SECRETS_KEYRING (secrets);
  GTask *task = begin (self, account, TRUE, tokens, cancellable, callback, user_data);
  Request *request = g_task_get_task_data (task);

  supersede (self, account, task);
  if (tokens == NULL)
    g_hash_table_remove (self->memory, account);
  rd_keyring_lock_check_async (self->lock, request->cancellable, on_lock_checked, task);
}

static gboolean
rd_secrets_keyring_store_finish (RdSecrets *secrets, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, secrets), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
rd_secrets_keyring_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdSecretsKeyring *self = RD_SECRETS_KEYRING (object);

  switch ((RdSecretsKeyringProps) id)
    {
    case PROP_DEADLINE:
      self->deadline = g_value_get_uint (value);
      break;
    case PROP_PROMPT_DEADLINE:
      self->prompt_deadline = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_secrets_keyring_finalize (GObject *object)
{
  RdSecretsKeyring *self = RD_SECRETS_KEYRING (object);

  g_clear_object (&self->lock);
  g_clear_pointer (&self->memory, g_hash_table_unref);
  g_clear_pointer (&self->stores, g_hash_table_unref);
  g_clear_pointer (&self->namespace, g_free);

  G_OBJECT_CLASS (rd_secrets_keyring_parent_class)->finalize (object);
}

static void
rd_secrets_keyring_class_init (RdSecretsKeyringClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  RdSecretsClass *secrets_class = RD_SECRETS_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS;

  object_class->set_property = rd_secrets_keyring_set_property;
  object_class->finalize = rd_secrets_keyring_finalize;
  secrets_class->load_async = rd_secrets_keyring_load_async;
  secrets_class->load_finish = rd_secrets_keyring_load_finish;
  secrets_class->store_async = rd_secrets_keyring_store_async;
  secrets_class->store_finish = rd_secrets_keyring_store_finish;

  props[PROP_DEADLINE] = g_param_spec_uint ("deadline", NULL, NULL, 1, G_MAXUINT, DEADLINE_MS, flags);
  props[PROP_PROMPT_DEADLINE] = g_param_spec_uint ("prompt-deadline", NULL, NULL, 1, G_MAXUINT, PROMPT_DEADLINE_MS,
                                                   flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
rd_secrets_keyring_init (RdSecretsKeyring *self)
{
  self->lock = rd_keyring_lock_new ();
  g_signal_connect_object (self->lock, "notify::locked", G_CALLBACK (on_notify_locked), self, 0);
  self->memory = rd_tokens_table_new ();
  self->stores = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  rd_secrets_set_backend (RD_SECRETS (self), "keyring");
}

RdSecrets *
rd_secrets_new_keyring (const char *namespace)
{
  RdSecretsKeyring *self;

  g_return_val_if_fail (namespace != NULL, NULL);

  self = g_object_new (RD_TYPE_SECRETS_KEYRING, NULL);
  self->namespace = g_strdup (namespace);
  return RD_SECRETS (self);
}
