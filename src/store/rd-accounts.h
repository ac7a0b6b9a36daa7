/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RdAccountSettings:
 *
 * What is kept of an account, but for its secrets. Boxed; copied, not shared.
 */
typedef struct
{
  char *id;            /* [a-z0-9-]{1,64}, unique, made from the site's host */
  char *name;          /* shown; default: the host */
  char *profile;       /* a profile's id */
  char *site;          /* https://host[:port][/prefix] */
  char *user_id;
  char *key;           /* the Channels application's key */
  char *cluster;       /* either this … */
  char *host;          /* … or these */
  guint port;
  char *path;
  gboolean tls;
  gboolean insecure;   /* explicit: plain ws and http beyond loopback */
  char **room_hosts;   /* trusted by the user, beyond the profile's */
  GHashTable *vars;    /* utf8 → utf8; several values separated by commas */

  /* What the user may change at any time. */
  char *colour;        /* "" or "#rrggbb" */
  gboolean paused;     /* the line stays closed */
  char *sound;         /* "full", "soft", "silent" */
  GHashTable *toasts;  /* utf8 → gboolean: those that the user said something about */
  char *threshold;     /* "" or a decimal number: what a payment must reach for a toast */
} RdAccountSettings;

#define RD_TYPE_ACCOUNT_SETTINGS (rd_account_settings_get_type ())
GType              rd_account_settings_get_type     (void);
RdAccountSettings *rd_account_settings_new          (void) G_GNUC_WARN_UNUSED_RESULT;
RdAccountSettings *rd_account_settings_copy         (const RdAccountSettings *self) G_GNUC_WARN_UNUSED_RESULT;
void               rd_account_settings_free         (RdAccountSettings *self);
/* From a bus client's a{sv}: keys "profile" "site" "user-id" "name" "key" "cluster" "host" "port" (u) "path" "tls"
 * (b) "insecure" (b) "vars" (a{ss}), and those of rd_account_settings_apply(); unknown keys, wrong types, over-long
 * or illegal values: RD_FAULT_BAD_INPUT, where = the key. Without "key" there must be no server either: whether the
 * profile can do without is for others to say. What signs in ("token", "refresh-token", "login", "password",
 * "ticket") and "profile-data" are passed over here. */
RdAccountSettings *rd_account_settings_from_variant (GVariant *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What the user changes of a standing account: "name" "colour" "paused" (b) "sound" "toasts" (a{sb}: those named)
 * "threshold"; an empty string is the default again. RD_FAULT_BAD_INPUT, and nothing is changed, for anything else. */
gboolean           rd_account_settings_apply        (RdAccountSettings *self, GVariant *changes, GError **error);
/* Whether a toast of this kind is wanted: "message", "payment", "invoice-created", "invoice-updated", "invoice-status",
 * "notice" */
gboolean           rd_account_settings_wants        (const RdAccountSettings *self, const char *toast);
/* (array zero-terminated): all kinds */
const char * const *rd_account_settings_get_toasts  (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdAccountSettings, rd_account_settings_free)

#define RD_TYPE_ACCOUNTS (rd_accounts_get_type ())
G_DECLARE_FINAL_TYPE (RdAccounts, rd_accounts, RD, ACCOUNTS, GObject)

/* The accounts file (JSON, 0600, written whole by rename, asynchronously, writes in order). A file that cannot be
 * read is set aside under another name and said in @error; the accounts start empty then. */
RdAccounts        *rd_accounts_new         (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* Blocking: before the loop runs. FALSE with @error: set aside (RD_FAULT_STORAGE, where = the new name). */
gboolean           rd_accounts_load        (RdAccounts *self, GError **error);
/* (transfer none) (element-type RdAccountSettings) */
GPtrArray         *rd_accounts_get_all     (RdAccounts *self);
/* (nullable) (transfer none) */
const RdAccountSettings *rd_accounts_lookup (RdAccounts *self, const char *id);
/* Adds (an empty id is made) or replaces, then writes. (transfer full): the id. */
void               rd_accounts_put_async   (RdAccounts *self, const RdAccountSettings *settings,
                                            GAsyncReadyCallback callback, gpointer user_data);
char              *rd_accounts_put_finish  (RdAccounts *self, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void               rd_accounts_remove_async (RdAccounts *self, const char *id, GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean           rd_accounts_remove_finish (RdAccounts *self, GAsyncResult *result, GError **error);

G_END_DECLS
