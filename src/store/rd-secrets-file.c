/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-secrets-file"

#include "config.h"

#include "rd-secrets-file.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-file-writer.h"
#include "rd-json.h"
#include "rd-secrets-private.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* Tokens in a private file, for people who ask for that: {"format":1,"tokens":{ACCOUNT:{"token":…,"refresh-token":…,
 * "cookies":…,"expires-at":…}}}, of which each may be missing. Read once, in a thread; written whole behind what is in
 * memory. */

#define FORMAT 1
#define MAX_FILE (4 * 1024 * 1024)

struct _RdSecretsFile
{
  RdSecrets parent_instance;

  char *path;
  GHashTable *tokens;  /* (nullable): utf8 → RdTokens; NULL until the file has been read */
  GPtrArray *waiting;  /* (element-type GTask): what came before that, in order */
  gboolean reading;
  RdFileWriter *writer;
};

G_DEFINE_FINAL_TYPE (RdSecretsFile, rd_secrets_file, RD_TYPE_SECRETS)

/* One load or store. */
typedef struct
{
  char *account;
  RdTokens *tokens; /* (nullable) */
  gboolean store;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->account);
  rd_tokens_free (job->tokens);
  g_free (job);
}

static void
add_token (JsonObject *object, const char *name, const char *token)
{
  if (token != NULL)
    json_object_set_string_member (object, name, token);
}

static JsonObject *
format_entry (const RdTokens *tokens)
{
  JsonObject *entry = json_object_new ();

  add_token (entry, "token", tokens->token);
  add_token (entry, "refresh-token", tokens->refresh_token);
  add_token (entry, "cookies", tokens->cookies);
  if (tokens->expires_at > 0)
    json_object_set_int_member (entry, "expires-at", tokens->expires_at);
  return entry;
}

static GBytes *
format_tokens (GHashTable *tokens)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *accounts = json_object_new ();
  GHashTableIter iter;
  gpointer account;
  gpointer value;
  gsize length;
  char *text;

  g_hash_table_iter_init (&iter, tokens);
  while (g_hash_table_iter_next (&iter, &account, &value))
    json_object_set_object_member (accounts, account, format_entry (value));
  json_object_set_int_member (object, "format", FORMAT);
  json_object_set_object_member (object, "tokens", accounts);
  json_node_set_object (root, object);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return rd_bytes_new_secret (text, length);
}

static RdTokens *
parse_entry (JsonNode *entry)
{
  RdTokens *tokens = rd_tokens_new (rd_json_string (rd_json_member (entry, "token")),
                                    rd_json_string (rd_json_member (entry, "refresh-token")));

  tokens->cookies = g_strdup (rd_json_string (rd_json_member (entry, "cookies")));
  tokens->expires_at = MAX (rd_json_get_time (rd_json_member (entry, "expires-at")), 0);
  return tokens;
}

/* What cannot be a token is passed over: the account has none then, and its user is asked for it. */
static GHashTable *
parse_tokens (JsonNode *root)
{
  JsonNode *format = rd_json_member (root, "format");
  JsonNode *node = rd_json_member (root, "tokens");
  GHashTable *tokens;
  JsonObjectIter iter;
  const char *account;
  JsonNode *entry;

  if (rd_json_get_count (format) != FORMAT || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  tokens = rd_tokens_table_new ();
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &account, &entry))
    {
      g_autoptr (RdTokens) parsed = parse_entry (entry);

      rd_tokens_table_set (tokens, account, parsed);
    }
  return tokens;
}

/* A file that others can read is made private at once; that it was not, is worth a line. */
static void
make_private (const char *path)
{
  struct stat info;

  if (g_stat (path, &info) != 0 || (info.st_mode & 077) == 0)
    return;
  g_message ("The tokens' file could be read by others");
  if (g_chmod (path, 0600) != 0)
    g_message ("The tokens' file cannot be made private");
}

static GHashTable *
read_tokens (const char *path, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *base = NULL;
  GHashTable *tokens;
  GError *local = NULL;

  make_private (path);
  text = rd_file_read (path, MAX_FILE, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (text == NULL)
    return rd_tokens_table_new ();
  if (g_bytes_get_size (text) > 0)
    root = rd_json_parse (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), NULL);
  tokens = parse_tokens (root);
  if (tokens != NULL)
    return tokens;
  aside = rd_file_set_aside (path, FALSE, error);
  if (aside == NULL)
    return NULL;
  base = g_path_get_basename (aside);
  g_propagate_error (error, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, NULL, base));
  return NULL;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GHashTable *tokens = read_tokens (task_data, &error);

  if (tokens != NULL)
    g_task_return_pointer (task, tokens, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, error);
}

static void
on_write_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rd_file_writer_write_finish (RD_FILE_WRITER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* (transfer full) @task */
static void
run (RdSecretsFile *self, GTask *task)
{
  Job *job = g_task_get_task_data (task);
  g_autoptr (GBytes) text = NULL;

  if (!job->store)
    {
      g_task_return_pointer (task, rd_tokens_copy (g_hash_table_lookup (self->tokens, job->account)),
                             (GDestroyNotify) rd_tokens_free);
      g_object_unref (task);
      return;
    }
  rd_tokens_table_set (self->tokens, job->account, job->tokens);
  text = format_tokens (self->tokens);
  rd_file_writer_write_async (self->writer, text, on_write_ready, task);
}

static void
on_read_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdSecretsFile) self = user_data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError) error = NULL;

  self->reading = FALSE;
  self->waiting = g_ptr_array_new ();
  self->tokens = g_task_propagate_pointer (G_TASK (result), &error);
  for (guint i = 0; i < waiting->len; i++)
    {
      if (self->tokens != NULL)
        {
          run (self, waiting->pdata[i]);
          continue;
        }
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
      g_object_unref (waiting->pdata[i]);
    }
}

/* (transfer full) @task: now, or once the file has been read */
static void
run_or_wait (RdSecretsFile *self, GTask *task)
{
  g_autoptr (GTask) reader = NULL;

  if (self->tokens != NULL)
    {
      run (self, task);
      return;
    }
  g_ptr_array_add (self->waiting, task);
  if (self->reading)
    return;
  self->reading = TRUE;
  /* The thread holds nothing of this object, whose last reference must go in its own thread. */
  reader = g_task_new (NULL, NULL, on_read_ready, g_object_ref (self));
  g_task_set_task_data (reader, g_strdup (self->path), g_free);
  g_task_run_in_thread (reader, read_in_thread);
}

/* RdSecrets */

static void
rd_secrets_file_load_async (RdSecrets *secrets, const char *account, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  RdSecretsFile *self = RD_SECRETS_FILE (secrets);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->account = g_strdup (account);
  g_task_set_source_tag (task, rd_secrets_file_load_async);
  g_task_set_task_data (task, job, job_free);
  run_or_wait (self, task);
}

static RdTokens *
rd_secrets_file_load_finish (RdSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rd_secrets_file_store_async (RdSecrets *secrets, const char *account, const RdTokens *tokens,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RdSecretsFile *self = RD_SECRETS_FILE (secrets);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->account = g_strdup (account);
  job->tokens = rd_tokens_copy (tokens);
  job->store = TRUE;
  g_task_set_source_tag (task, rd_secrets_file_store_async);
  g_task_set_task_data (task, job, job_free);
  run_or_wait (self, task);
}

static gboolean
rd_secrets_file_store_finish (RdSecrets *secrets, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
rd_secrets_file_finalize (GObject *object)
{
  RdSecretsFile *self = RD_SECRETS_FILE (object);

  g_assert (self->waiting->len == 0);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (rd_secrets_file_parent_class)->finalize (object);
}

static void
rd_secrets_file_class_init (RdSecretsFileClass *klass)
{
  RdSecretsClass *secrets_class = RD_SECRETS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rd_secrets_file_finalize;
  secrets_class->load_async = rd_secrets_file_load_async;
  secrets_class->load_finish = rd_secrets_file_load_finish;
  secrets_class->store_async = rd_secrets_file_store_async;
  secrets_class->store_finish = rd_secrets_file_store_finish;
}

static void
rd_secrets_file_init (RdSecretsFile *self)
{
  self->waiting = g_ptr_array_new ();
  rd_secrets_set_backend (RD_SECRETS (self), "file");
}

RdSecrets *
rd_secrets_new_file (const char *path)
{
  RdSecretsFile *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (RD_TYPE_SECRETS_FILE, NULL);
  self->path = g_strdup (path);
  self->writer = rd_file_writer_new (path);
  return RD_SECRETS (self);
}
