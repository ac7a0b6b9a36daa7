/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-agent.h"

#include "rd-background-status.h"
#include "rd-diagnostics-object.h"
#include "rd-exporter.h"
#include "rd-fault.h"
#include "rd-keys-policy.h"
#include "rd-memory.h"
#include "rd-news-actions.h"
#include "rd-past.h"
#include "rd-quiet-object.h"
#include "rd-setup-reader.h"
#include "rd-setup.h"
#include "rd-sound-settings.h"
#include "rd-sounds-object.h"
#include "rd-surroundings.h"
#include "rd-text.h"
#include "rd-tray-policy.h"

/* The wiring: which part knows which. Nothing is decided here. The policies are made before the exporter, so that of
 * all that an event sets off the notification comes first. */

enum
{
  QUIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdAgent
{
  GObject parent_instance;

  RdAgentContext context;
  RdMemory *memory;
  RdPast *past;
  RdRooms *rooms;
  RdCallPolicy *call_policy;
  RdNewsActions *news_actions;
  RdSoundSettings *sound_settings;
  RdAgentObject *object;
  RdExporter *exporter;
  RdTryOut *try_out;
  RdSurroundings *surroundings;
  RdTrayPolicy *tray_policy;
  RdKeysPolicy *keys_policy;
  RdBackgroundStatus *background_status; /* NULL outside of a sandbox */
};

G_DEFINE_FINAL_TYPE (RdAgent, rd_agent, G_TYPE_OBJECT)

static RdSecrets *
build_secrets (const RdAgentOptions *options, const char *config_dir)
{
  g_autofree char *path = NULL;

  if (g_strcmp0 (options->secrets, "memory") == 0)
    return rd_secrets_new_memory ();
  if (g_strcmp0 (options->secrets, "file") == 0)
    {
      path = g_build_filename (config_dir, "secrets.json", NULL);
      return rd_secrets_new_file (path);
    }
  return rd_secrets_new_keyring (options->bus_name);
}

static RdAccounts *
build_accounts (const char *config_dir, GError **error)
{
  g_autofree char *path = g_build_filename (config_dir, "accounts.json", NULL);
  RdAccounts *accounts;

  if (g_mkdir_with_parents (config_dir, 0700) != 0)
    g_warning ("%s: %s", config_dir, g_strerror (errno));
  accounts = rd_accounts_new (path);
  rd_accounts_load (accounts, error);
  return accounts;
}

static gboolean
recall (const char *account, const char *key, gint64 at, gint64 tolerance, gpointer user_data)
{
  return rd_memory_recall (user_data, account, key, at, tolerance);
}

static void
note (const char *account, const char *key, gint64 at, gpointer user_data)
{
  rd_memory_note (user_data, account, key, at);
}

/* What earlier runs have told. */
static void
build_memory (RdAgent *self, const RdAgentOptions *options, RdAccounts *accounts)
{
  static const RdPhoneMemory memory = { recall, note };
  GPtrArray *all = rd_accounts_get_all (accounts);
  g_autofree char *folder = options->data_dir != NULL
                              ? g_build_filename (options->data_dir, "seen", NULL)
                              : g_build_filename (g_get_user_data_dir (), "ringdown", "seen", NULL);

  self->memory = rd_memory_new (folder);
  for (guint i = 0; i < all->len; i++)
    {
      const RdAccountSettings *settings = all->pdata[i];
      g_autoptr (GError) error = NULL;

      if (!rd_memory_load (self->memory, settings->id, &error))
        g_message ("%s: what was shown before: %s", settings->id, error->message);
    }
  rd_phone_set_memory (self->context.policy.phone, &memory, self->memory);
}

static void
on_past_set_aside (RdPast *past, const GError *error, RdAgent *self)
{
  rd_agent_object_add_problem (self->object, error);
}

static void
on_line_removed (RdLines *lines, RdLine *line, RdAgent *self)
{
  rd_memory_drop (self->memory, rd_line_get_id (line));
}

static void
build_phone_side (RdAgent *self, const RdAgentOptions *options, GError **error)
{
  g_autofree char *config_dir = options->config_dir != NULL
                                  ? g_strdup (options->config_dir)
                                  : g_build_filename (g_get_user_config_dir (), "ringdown", NULL);
  g_autofree char *profiles_dir = options->data_dir != NULL
                                    ? g_build_filename (options->data_dir, "profiles", NULL)
                                    : g_build_filename (g_get_user_data_dir (), "ringdown", "profiles", NULL);
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (RdAccounts) accounts = build_accounts (config_dir, error);
  g_autoptr (RdClock) clock = rd_clock_new ();
  RdPolicyContext *policy = &self->context.policy;
  RdLineContext lines;

  session = soup_session_new_with_options ("user-agent", "Ringdown/" RD_VERSION, "max-conns-per-host", 8, NULL);
  channels_client_prepare_session (session);
  self->context.profiles = rd_profiles_new (profiles_dir);
  self->context.secrets = build_secrets (options, config_dir);
  policy->phone = rd_phone_new (clock);
  policy->notices = rd_notices_new ();
  build_memory (self, options, accounts);
  lines.session = session;
  lines.accounts = accounts;
  lines.secrets = self->context.secrets;
  lines.phone = policy->phone;
  lines.memory = self->memory;
  policy->lines = rd_lines_new (self->context.profiles, policy->notices, &lines);
  self->context.setup_desk = rd_setup_desk_new (self->context.profiles, policy->lines, session);
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/* Only the user's own agent starts at login: not a demo's. */
static RdBackground *
build_background (const RdAgentOptions *options, GDBusConnection *connection)
{
  static const char *const command[] = { "ringdown", "agent", NULL };
  g_autofree char *file = g_build_filename (g_get_user_config_dir (), "autostart", RD_APP_ID ".desktop", NULL);
  g_autofree char *program = g_build_filename (options->libexec_dir, "ringdown-agent", NULL);
  gboolean own = g_str_equal (options->bus_name, RD_APP_ID);
  const RdBackgroundTerms terms = {
    .sandboxed = own && is_sandboxed (),
    .file = own ? file : NULL,
    .program = program,
    .command = command,
    .reason = rd_text_for_background (),
  };

  return rd_background_new (connection, &terms);
}

static void
build_desktop_side (RdAgent *self, const RdAgentOptions *options, GDBusConnection *connection)
{
  RdPolicyContext *policy = &self->context.policy;
  g_autoptr (RdClock) clock = rd_clock_new ();
  g_autofree char *settings = NULL;
  g_autofree char *ledger_path = NULL;

  /* An agent with a folder of its own is not the user's. */
  if (options->config_dir != NULL)
    settings = g_build_filename (options->config_dir, "settings.ini", NULL);
  policy->preferences = rd_preferences_new (settings);
  policy->quiet = rd_quiet_new (policy->preferences, clock);
  ledger_path = g_strdup_printf ("%s/ringdown/%s.notifications", g_get_user_runtime_dir (), options->bus_name);
  policy->notifier = rd_notifier_new ("Ringdown", RD_APP_ID, RD_APP_ID, ledger_path);
  policy->ringer = rd_ringer_new (NULL);
  self->sound_settings = rd_sound_settings_new (policy->preferences, policy->ringer, policy->notices, options->sink);
  policy->launcher = rd_window_launcher_new (connection, options->bus_name, options->libexec_dir, !options->no_window);
  rd_window_launcher_set_settings (policy->launcher, settings);
  policy->journal = rd_journal_new ();
  policy->burst = rd_burst_new (clock);
  policy->usher = rd_usher_new (policy->quiet, policy->burst, policy->notifier);
  policy->browser = rd_browser_new ();
  policy->desktop_quiet = rd_desktop_quiet_new (connection, g_getenv ("XDG_CURRENT_DESKTOP"));
  policy->session_lock = rd_session_lock_new (connection);
  g_object_bind_property (policy->desktop_quiet, "active", policy->quiet, "desktop", G_BINDING_SYNC_CREATE);
  if (is_sandboxed ())
    rd_session_lock_watch_portal (policy->session_lock);
  policy->background = build_background (options, connection);
}

static void
export_desktop_side (RdAgent *self)
{
  RdPolicyContext *policy = &self->context.policy;
  g_autoptr (RdClock) clock = rd_clock_new ();
  g_autoptr (RdQuietObject) quiet = NULL;
  g_autoptr (RdSoundsObject) sounds = rd_sounds_object_new (policy->ringer);

  quiet = rd_quiet_object_new (policy->quiet, policy->preferences, policy->lines, clock);
  rd_exporter_add (self->exporter, G_DBUS_INTERFACE_SKELETON (quiet));
  rd_exporter_add (self->exporter, G_DBUS_INTERFACE_SKELETON (sounds));
}

static void
export_diagnostics (RdAgent *self)
{
  RdPolicyContext *policy = &self->context.policy;
  g_autoptr (RdClock) clock = rd_clock_new ();
  g_autoptr (RdErrorLog) errors = rd_error_log_new (policy->notices, policy->lines, clock);
  g_autoptr (RdDiagnosticsObject) diagnostics = NULL;
  RdCheckupContext context = {
    .policy = *policy,
    .agent = RD_DBUS_AGENT1 (self->object),
    .monitor = g_network_monitor_get_default (),
  };

  self->try_out = rd_try_out_new (policy->notifier, policy->ringer, clock);
  diagnostics = rd_diagnostics_object_new (&context, errors, self->try_out);
  rd_exporter_add (self->exporter, G_DBUS_INTERFACE_SKELETON (diagnostics));
}

static void
wire (RdAgent *self, const RdAgentOptions *options, GDBusConnection *connection)
{
  RdPolicyContext *policy = &self->context.policy;

  self->surroundings = rd_surroundings_new (connection, policy);
  self->rooms = rd_rooms_new (policy->phone, policy->lines, policy->browser, policy->notices);
  policy->operator = rd_operator_new (policy->phone, policy->lines, self->rooms);
  self->call_policy = rd_call_policy_new (policy);
  self->context.news = rd_news_policy_new (policy);
  self->news_actions = rd_news_actions_new (policy);
  self->past = rd_past_new (policy, options->data_dir);
  self->object = rd_agent_object_new (&self->context);
  self->exporter = rd_exporter_new (self->object, policy->phone, policy->lines, policy->operator, self->rooms,
                                    policy->reminders, policy->browser);
  export_desktop_side (self);
  rd_exporter_add (self->exporter, rd_past_get_object (self->past));
  export_diagnostics (self);
}

static void
on_quit (RdAgent *self)
{
  rd_window_launcher_close (self->context.policy.launcher);
  g_signal_emit (self, signals[QUIT], 0);
}

static void
build_tray (RdAgent *self, const RdAgentOptions *options, GDBusConnection *connection)
{
  g_autoptr (RdClock) clock = rd_clock_new ();

  self->tray_policy = rd_tray_policy_new (&self->context.policy, clock, connection, options->bus_name);
  g_object_bind_property (self->tray_policy, "standing", self->object, "tray", G_BINDING_SYNC_CREATE);
  if (is_sandboxed ())
    {
      self->background_status = rd_background_status_new (connection);
      g_object_bind_property (self->tray_policy, "summary", self->background_status, "text", G_BINDING_SYNC_CREATE);
    }
  g_signal_connect_object (self->tray_policy, "quit", G_CALLBACK (on_quit), self, G_CONNECT_SWAPPED);
}

static void
build_keys (RdAgent *self, GDBusConnection *connection)
{
  g_autoptr (RdGlobalShortcuts) shortcuts = rd_global_shortcuts_new (connection);

  self->keys_policy = rd_keys_policy_new (&self->context.policy, shortcuts);
  g_object_bind_property (shortcuts, "standing", self->object, "keys", G_BINDING_SYNC_CREATE);
}

typedef struct
{
  RdAgent *agent;
  char *activation_token; /* (nullable) */
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->agent);
  g_free (opening->activation_token);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
on_setup_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  RdPolicyContext *policy = &opening->agent->context.policy;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rd_setup_reader_read_finish (result, &error);
  g_autoptr (GVariant) settings = text != NULL ? rd_setup_read (text, -1, &error) : NULL;
  const RdWindowView view = { .setup = text };

  if (settings == NULL
      || !rd_window_launcher_open_view (policy->launcher, &view, opening->activation_token, &error))
    rd_notices_say (policy->notices, "error", NULL, NULL, error);
}

/*
 * GObject
 */
static void
rd_agent_finalize (GObject *object)
{
  RdAgent *self = RD_AGENT (object);
  RdPolicyContext *policy = &self->context.policy;

  g_clear_object (&self->background_status);
  g_clear_object (&self->tray_policy);
  g_clear_object (&self->keys_policy);
  g_clear_object (&self->surroundings);
  g_clear_object (&self->exporter);
  g_clear_object (&self->past);
  g_clear_object (&self->try_out);
  g_clear_object (&self->object);
  g_clear_object (&self->call_policy);
  g_clear_object (&self->news_actions);
  g_clear_object (&self->context.news);
  g_clear_object (&self->rooms);
  g_clear_object (&policy->operator);
  g_clear_object (&self->context.setup_desk);
  g_clear_object (&policy->lines);
  if (policy->phone != NULL)
    rd_phone_set_memory (policy->phone, NULL, NULL);
  g_clear_object (&policy->phone);
  g_clear_object (&self->memory);
  g_clear_object (&policy->notifier);
  g_clear_object (&self->sound_settings);
  g_clear_object (&policy->ringer);
  g_clear_object (&policy->quiet);
  g_clear_object (&policy->preferences);
  g_clear_object (&policy->launcher);
  g_clear_object (&policy->notices);
  g_clear_object (&policy->journal);
  g_clear_object (&policy->usher);
  g_clear_object (&policy->burst);
  g_clear_object (&policy->browser);
  g_clear_object (&policy->desktop_quiet);
  g_clear_object (&policy->session_lock);
  g_clear_object (&policy->background);
  g_clear_object (&self->context.profiles);
  g_clear_object (&self->context.secrets);

  G_OBJECT_CLASS (rd_agent_parent_class)->finalize (object);
}

static void
rd_agent_class_init (RdAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_agent_finalize;

  signals[QUIT] = g_signal_new ("quit", RD_TYPE_AGENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_agent_init (RdAgent *self)
{
}

RdAgent *
rd_agent_new (const RdAgentOptions *options, GDBusConnection *connection)
{
  RdAgent *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (options != NULL && options->bus_name != NULL && options->libexec_dir != NULL, NULL);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (RD_TYPE_AGENT, NULL);
  build_phone_side (self, options, &error);
  build_desktop_side (self, options, connection);
  wire (self, options, connection);
  build_tray (self, options, connection);
  build_keys (self, connection);
  if (error != NULL)
    rd_agent_object_add_problem (self->object, error);
  g_signal_connect_object (self->context.policy.lines, "line-removed", G_CALLBACK (on_line_removed), self, 0);
  g_signal_connect_object (self->past, "set-aside", G_CALLBACK (on_past_set_aside), self, 0);
  g_signal_connect_object (self->object, "quit", G_CALLBACK (on_quit), self, G_CONNECT_SWAPPED);
  rd_lines_load (self->context.policy.lines);
  rd_exporter_export (self->exporter, connection);
  return self;
}

void
rd_agent_start (RdAgent *self)
{
  g_return_if_fail (RD_IS_AGENT (self));

  rd_notifier_warm_up (self->context.policy.notifier);
  rd_past_start (self->past);
  rd_lines_start (self->context.policy.lines);
  rd_surroundings_start (self->surroundings, self->context.policy.reminders);
  rd_tray_policy_start (self->tray_policy, rd_past_get_history (self->past));
  rd_keys_policy_start (self->keys_policy);
}

void
rd_agent_open_window (RdAgent *self, const char *activation_token)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (RD_IS_AGENT (self));

  if (!rd_window_launcher_open (self->context.policy.launcher, "", activation_token, &error))
    rd_notices_say (self->context.policy.notices, "error", NULL, NULL, error);
}

void
rd_agent_open_setup (RdAgent *self, GFile *file, const char *activation_token)
{
  Opening *opening;

  g_return_if_fail (RD_IS_AGENT (self));
  g_return_if_fail (G_IS_FILE (file));

  opening = g_new0 (Opening, 1);
  opening->agent = g_object_ref (self);
  opening->activation_token = g_strdup (activation_token);
  rd_setup_reader_read_async (file, on_setup_read, opening);
}

void
rd_agent_stop (RdAgent *self)
{
  g_return_if_fail (RD_IS_AGENT (self));

  /* What was missed has been noted as told. */
  rd_usher_flush (self->context.policy.usher);
  rd_burst_flush (self->context.policy.burst);
  rd_try_out_stop (self->try_out);
  rd_ringer_set_target (self->context.policy.ringer, RD_RINGER_SILENT);
  rd_surroundings_stop (self->surroundings);
  rd_lines_stop (self->context.policy.lines);
  rd_memory_flush (self->memory);
}

gboolean
rd_agent_is_writing (RdAgent *self)
{
  g_return_val_if_fail (RD_IS_AGENT (self), FALSE);

  return rd_lines_is_writing (self->context.policy.lines) || rd_memory_is_writing (self->memory)
         || rd_past_is_writing (self->past) || rd_surroundings_is_writing (self->surroundings);
}

void
rd_agent_shut_down (RdAgent *self, guint timeout_ms)
{
  g_return_if_fail (RD_IS_AGENT (self));

  rd_exporter_unexport (self->exporter);
  rd_past_close (self->past);
  rd_notifier_shut_down (self->context.policy.notifier, timeout_ms);
}
