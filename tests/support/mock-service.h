/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * MockService:
 *
 * Some service on a bus, as a test's script has it: objects with properties, canned replies, signals. It lives on a
 * connection of its own in the default main context, and keeps what it was asked.
 */
typedef struct _MockService MockService;

/* Called before the canned reply, or in its place. */
typedef void (*MockServiceFunc) (MockService *service, const char *path, const char *method, GVariant *arguments,
                                 gpointer user_data);

/* On the bus, but without its name: whoever looks out for that may ask as soon as it is there, so it is given its
 * objects first. */
MockService *mock_service_new         (const char *address, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Has the name when it returns. */
void         mock_service_appear      (MockService *self);
/* Gone from the bus when it returns. */
void         mock_service_free        (MockService *self);
/* @interface_xml: one <interface> with what is asked for */
void         mock_service_add_object  (MockService *self, const char *path, const char *interface_xml);
/* Sets a property; @announce: with PropertiesChanged */
void         mock_service_set         (MockService *self, const char *path, const char *interface, const char *property,
                                       GVariant *value, gboolean announce);
/* What @method replies from now on, a tuple; NULL: an error. Without any: an empty tuple. */
void         mock_service_reply       (MockService *self, const char *method, GVariant *reply);
void         mock_service_on_call     (MockService *self, MockServiceFunc func, gpointer user_data);
/* It replies to no method until it is freed. */
void         mock_service_hang        (MockService *self);
void         mock_service_emit        (MockService *self, const char *path, const char *interface, const char *signal,
                                       GVariant *arguments);
/* How many methods "NAME ARGUMENTS" that begin with @prefix were called; questions for properties are "Get NAME" */
guint        mock_service_count       (MockService *self, const char *prefix);
/* (nullable) (transfer none): the last one's arguments */
GVariant    *mock_service_get_last    (MockService *self, const char *method);
const char  *mock_service_get_caller  (MockService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockService, mock_service_free)

G_END_DECLS
