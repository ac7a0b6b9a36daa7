/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RD_CLI_AGENT_PATH "/io/github/ringdown/Ringdown/Agent"
#define RD_CLI_AGENT_INTERFACE "io.github.ringdown.Agent1"
#define RD_CLI_ACCOUNT_INTERFACE "io.github.ringdown.Account1"
#define RD_CLI_MESSAGES_INTERFACE "io.github.ringdown.Messages1"
#define RD_CLI_CALL_INTERFACE "io.github.ringdown.Call1"

#define RD_CLI_ERROR (rd_cli_error_quark ())

typedef enum
{
  RD_CLI_ERROR_FAILED,      /* exit status 1 */
  RD_CLI_ERROR_NOT_RUNNING, /* exit status 1: there is no agent on the bus */
  RD_CLI_ERROR_USAGE,       /* exit status 2 */
} RdCliError;

GQuark rd_cli_error_quark (void);

/* What every verb is given. */
typedef struct
{
  char            *bus_name;
  gboolean         bus_name_given; /* on the command line or in the environment */
  GDBusConnection *bus;            /* (nullable): once rd_cli_connect() was needed */
} RdCli;

/* One verb. @options is the GOptionEntry table of a struct of @options_size bytes, which starts zeroed and is freed
 * after @run; each arg_data is an RD_CLI_OPTION(), the offset of its field. */
typedef struct
{
  const char         *name; /* one word or two, as typed */
  const char         *params;
  const char         *summary;
  const char         *description; /* (nullable) */
  guint               min_args;
  guint               max_args;
  gboolean            raw; /* everything after the name goes to @run unread */
  const GOptionEntry *options;
  gsize               options_size;
  gboolean (*run) (RdCli *cli, gpointer options, char **args, GError **error);
} RdCliVerb;

#define RD_CLI_OPTION(Type, field) ((gpointer) G_STRUCT_OFFSET (Type, field))

/* (array zero-terminated): rd-cli.c */
const RdCliVerb * const *rd_cli_get_verbs (void);

extern const RdCliVerb rd_cli_verb_agent;
extern const RdCliVerb rd_cli_verb_demo;
extern const RdCliVerb rd_cli_verb_doctor;
extern const RdCliVerb rd_cli_verb_status;
extern const RdCliVerb rd_cli_verb_account_add;
extern const RdCliVerb rd_cli_verb_account_list;
extern const RdCliVerb rd_cli_verb_account_pause;
extern const RdCliVerb rd_cli_verb_account_remove;
extern const RdCliVerb rd_cli_verb_account_resume;
extern const RdCliVerb rd_cli_verb_account_set;
extern const RdCliVerb rd_cli_verb_account_sign_in;
extern const RdCliVerb rd_cli_verb_account_test;
extern const RdCliVerb rd_cli_verb_account_token;
extern const RdCliVerb rd_cli_verb_account_trust;
extern const RdCliVerb rd_cli_verb_call;
extern const RdCliVerb rd_cli_verb_answer;
extern const RdCliVerb rd_cli_verb_decline;
extern const RdCliVerb rd_cli_verb_hangup;
extern const RdCliVerb rd_cli_verb_silence;
extern const RdCliVerb rd_cli_verb_dnd;
extern const RdCliVerb rd_cli_verb_calls;
extern const RdCliVerb rd_cli_verb_history;
extern const RdCliVerb rd_cli_verb_watch;
extern const RdCliVerb rd_cli_verb_trigger;
extern const RdCliVerb rd_cli_verb_profile_check;
extern const RdCliVerb rd_cli_verb_profile_list;
extern const RdCliVerb rd_cli_verb_quit;

/* rd-cli-program.c: what runs other programs of ours */
gboolean rd_cli_open_window (RdCli *cli, GError **error);
/* Whether an argument in a command's place is a set-up link or file, as the desktop hands it over for a click. */
gboolean rd_cli_is_setup    (const char *arg);
/* The window, with that set-up for the user to confirm. */
gboolean rd_cli_open_setup  (RdCli *cli, const char *given, GError **error);
/* The full path of one of our programs beside the command. */
char    *rd_cli_get_program (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* rd-cli-bus.c: the agent on the bus. Blocking: the command has nothing else to do. */
/* Makes sure that an agent runs: by D-Bus activation, or else by starting the program; at most 5 s. */
gboolean   rd_cli_start_agent  (RdCli *cli, GError **error);
/* Waits until the agent, which was told to, has left the bus; at most 10 s. */
gboolean   rd_cli_await_agent_end (RdCli *cli, GError **error);
/* Never starts an agent. @reply_type: (nullable): nothing is returned. Errors say what the agent said. */
GVariant  *rd_cli_call         (RdCli              *cli,
                                const char         *path,
                                const char         *interface,
                                const char         *method,
                                GVariant           *parameters,
                                const GVariantType *reply_type,
                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* As rd_cli_call(), with the file that the method's handle 0 stands for. */
GVariant  *rd_cli_call_with_file (RdCli              *cli,
                                  const char         *path,
                                  const char         *interface,
                                  const char         *method,
                                  GVariant           *parameters,
                                  int                 fd,
                                  const GVariantType *reply_type,
                                  GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* As rd_cli_call(), for a method that returns nothing. */
gboolean   rd_cli_do           (RdCli              *cli,
                                const char         *path,
                                const char         *interface,
                                const char         *method,
                                GVariant           *parameters,
                                GError            **error);
/* Everything that the agent exports, as GetManagedObjects() returns it. */
GVariant  *rd_cli_dup_objects  (RdCli *cli, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One object of the agent, with the properties of one of its interfaces. */
typedef struct
{
  char     *path;
  GVariant *properties; /* a{sv} */
} RdCliObject;

/* (element-type RdCliObject): those with @interface, in the order of their paths, numbers by value */
GPtrArray   *rd_cli_list_objects (GVariant *objects, const char *interface) G_GNUC_WARN_UNUSED_RESULT;
/* Values of an a{sv}; "", 0 or FALSE if they are not there or of another type. */
const char  *rd_cli_get_string   (GVariant *dictionary, const char *name);
gint64       rd_cli_get_int64    (GVariant *dictionary, const char *name);
gboolean     rd_cli_get_boolean  (GVariant *dictionary, const char *name);
/* (nullable) (transfer full) */
GVariant    *rd_cli_dup_value    (GVariant *dictionary, const char *name, const char *type);
/* (element-type RdCliObject): starts the agent if need be: accounts are there also when it does not run. */
GPtrArray   *rd_cli_dup_accounts (RdCli *cli, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The account with this id, or RD_CLI_ERROR_FAILED naming those there are. */
RdCliObject *rd_cli_find_account (GPtrArray *accounts, const char *id, GError **error);

/* rd-cli-print.c: what people and programs read */
/* Control characters, bidirectional overrides and what else moves a terminal as \uHHHH, which is legal in JSON. */
char       *rd_cli_escape          (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* One line on stdout, flushed. */
void        rd_cli_print_json      (JsonNode *node);
/* (nullable): NULL for 0 */
char       *rd_cli_format_time     (gint64 time) G_GNUC_WARN_UNUSED_RESULT;
/* The next value as ISO time, or null for 0. */
void        rd_cli_add_time        (JsonBuilder *builder, const char *name, gint64 time);
void        rd_cli_add_string      (JsonBuilder *builder, const char *name, const char *value);
/* An a{sv} of strings, numbers and booleans as a JSON object. */
void        rd_cli_add_dictionary  (JsonBuilder *builder, GVariant *dictionary);
void        rd_cli_print_line      (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* "ringdown: TEXT" on stderr, one line whatever @text holds. */
void        rd_cli_print_error     (const char *text);
/* @text padded with blanks to @width columns of a terminal */
char       *rd_cli_pad             (const char *text, guint width) G_GNUC_WARN_UNUSED_RESULT;
guint       rd_cli_get_width       (const char *text);

/* rd-cli-calls.c: a call's line for people; @call is Call1's properties */
void        rd_cli_print_call      (GVariant *call);

/* rd-cli-ask.c: questions on a terminal, secrets from files */
gboolean    rd_cli_may_ask         (void);
/* @preset: (nullable): what an empty answer means. RD_CLI_ERROR_FAILED at the end of the input. */
char       *rd_cli_ask             (const char *question, const char *preset, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What a secret may hold: a token goes into a header, a password is whatever its user can type. */
typedef enum
{
  RD_CLI_SECRET_TOKEN,
  RD_CLI_SECRET_PASSWORD,
} RdCliSecretKind;

/* Without echo. Free with rd_cli_free_secret(). */
char       *rd_cli_ask_secret      (RdCliSecretKind kind, const char *question,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The first line of @file, "-" for stdin. */
char       *rd_cli_read_secret     (RdCliSecretKind kind, const char *file,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        rd_cli_free_secret     (char *secret);

typedef char RdCliSecret;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdCliSecret, rd_cli_free_secret)

G_END_DECLS
