/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MockNotifications:
 *
 * An org.freedesktop.Notifications service on a connection and in a thread of its own, so that it goes on (or hangs)
 * whatever the thread under test does. Everything it is sent is kept. Functions are for the test's thread.
 */
typedef struct _MockNotifications MockNotifications;

typedef struct
{
  guint32 id;
  guint32 replaces;
  char *app_name;
  char *icon;
  char *summary;
  char *body;
  char **actions;   /* name, label, name, label… */
  GVariant *hints;  /* a{sv} */
  int timeout;
} MockNotification;

void mock_notification_free (MockNotification *notification);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockNotification, mock_notification_free)

/* Has the name when it returns. @capabilities: NULL-terminated. */
MockNotifications *mock_notifications_new          (const char *address,
                                                    const char * const *capabilities) G_GNUC_WARN_UNUSED_RESULT;
/* The server dies: nobody has the name when it returns. */
void               mock_notifications_free         (MockNotifications *self);
void               mock_notifications_set_caps     (MockNotifications *self, const char * const *capabilities);
/* What it says that it is. */
void               mock_notifications_set_server   (MockNotifications *self, const char *name);
/* Its do-not-disturb, as KDE's has it: it says so, and takes everything all the same. */
void               mock_notifications_set_inhibited (MockNotifications *self, gboolean inhibited);
/* It answers nothing until it is set free again; then it answers everything, in order. */
void               mock_notifications_set_hanging  (MockNotifications *self, gboolean hanging);
/* What waits for an answer while it hangs. */
guint              mock_notifications_count_held   (MockNotifications *self);
/* Notify calls, CloseNotification calls, and notifications that stand. */
guint              mock_notifications_count_shown  (MockNotifications *self);
guint              mock_notifications_count_closed (MockNotifications *self);
guint              mock_notifications_count_standing (MockNotifications *self);
/* The Notify call @index (from 0) */
MockNotification  *mock_notifications_dup_shown    (MockNotifications *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
/* The user clicks: ActivationToken (if @token), ActionInvoked, and unless @stays NotificationClosed. */
void               mock_notifications_click        (MockNotifications *self, guint32 id, const char *action,
                                                    const char *token, gboolean stays);
/* The user writes a reply into the notification: NotificationReplied. */
void               mock_notifications_reply        (MockNotifications *self, guint32 id, const char *text);
/* NotificationClosed: 1 expired, 2 dismissed by the user */
void               mock_notifications_close        (MockNotifications *self, guint32 id, guint32 reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockNotifications, mock_notifications_free)

G_END_DECLS
