/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A Channels server on 127.0.0.1 that does what a test says, and nothing of its own but greet each socket and
 * confirm each subscription, which can be turned off. It also answers POST /auth. */
typedef struct _ScriptedServer ScriptedServer;

ScriptedServer *scripted_server_new             (void);
/* With the certificate and key of the file @pem */
ScriptedServer *scripted_server_new_with_tls    (const char     *pem);
/* From now on only who shows a certificate of the authority in the file @pem is let in. */
void            scripted_server_require_certificate (ScriptedServer *self,
                                                     const char     *pem);
void            scripted_server_free            (ScriptedServer *self);
guint           scripted_server_get_port        (ScriptedServer *self);
/* (transfer full): http://127.0.0.1:PORT@path */
char           *scripted_server_dup_http_uri    (ScriptedServer *self,
                                                 const char     *path);
/* Stops listening, and listens again at the same port. Open sockets stay. */
void            scripted_server_set_listening   (ScriptedServer *self,
                                                 gboolean        listening);

/* Somebody who answers in the server's place. Sockets are numbered from 0, as they come. */
typedef struct
{
  void (*opened) (guint number, gpointer data);
  void (*heard)  (guint number, const char *text, gpointer data);
} ScriptedServerActor;

void            scripted_server_set_actor       (ScriptedServer            *self,
                                                 const ScriptedServerActor *actor,
                                                 gpointer                   data);
/* FALSE if that socket is no longer open */
gboolean        scripted_server_send_to         (ScriptedServer *self,
                                                 guint           number,
                                                 const char     *text);
void            scripted_server_close_one       (ScriptedServer *self,
                                                 guint           number,
                                                 guint           code,
                                                 const char     *reason);
void            scripted_server_drop_one        (ScriptedServer *self,
                                                 guint           number);

/* What a new socket is sent; %s stands for its id ("1.1", "2.1"…); %NULL for nothing. */
void            scripted_server_set_greeting    (ScriptedServer *self,
                                                 const char     *greeting);
void            scripted_server_set_confirming  (ScriptedServer *self,
                                                 gboolean        confirming);

/* How many sockets there have been, and how many are open */
guint           scripted_server_get_n_accepted  (ScriptedServer *self);
guint           scripted_server_get_n_open      (ScriptedServer *self);
/* The frames with this event and (nullable) channel that the newest socket has received */
guint           scripted_server_count           (ScriptedServer *self,
                                                 const char     *event,
                                                 const char     *channel);
/* (nullable): the newest of them, as text */
const char     *scripted_server_get_last        (ScriptedServer *self,
                                                 const char     *event,
                                                 const char     *channel);
/* As text, whatever it is: how many of the newest socket's frames are @text */
guint           scripted_server_count_text      (ScriptedServer *self,
                                                 const char     *text);
/* A plain line is at /ws: what its next handshakes are answered with; 0: a socket. How many there have been, and the
 * newest one's path with query and headers (nullable). */
void            scripted_server_set_upgrade     (ScriptedServer *self,
                                                 guint           status);
guint           scripted_server_get_n_upgrades  (ScriptedServer *self);
const char     *scripted_server_get_upgrade_path (ScriptedServer *self);
const char     *scripted_server_get_upgrade_header (ScriptedServer *self,
                                                  const char     *name);
/* The Origin header of the newest socket */
const char     *scripted_server_get_origin      (ScriptedServer *self);
/* (nullable): its Sec-WebSocket-Extensions header */
const char     *scripted_server_get_extensions  (ScriptedServer *self);

/* To the newest socket */
void            scripted_server_send            (ScriptedServer *self,
                                                 const char     *text);
void            scripted_server_send_binary     (ScriptedServer *self,
                                                 gconstpointer   data,
                                                 gsize           length);
/* Bytes as they are, past the WebSocket layer */
void            scripted_server_send_raw        (ScriptedServer *self,
                                                 gconstpointer   data,
                                                 gsize           length);
/* @code 0: a close frame without one */
void            scripted_server_close           (ScriptedServer *self,
                                                 guint           code,
                                                 const char     *reason);
/* All of them */
void            scripted_server_close_all       (ScriptedServer *self,
                                                 guint           code);
/* Cuts the connection without a close frame. */
void            scripted_server_drop            (ScriptedServer *self);
/* All of them */
void            scripted_server_drop_all        (ScriptedServer *self);

/* What POST /auth answers; @body may hold %s for the channel's name; status 0: nothing, ever. */
void            scripted_server_set_auth        (ScriptedServer *self,
                                                 guint           status,
                                                 const char     *body);
guint           scripted_server_get_n_requests  (ScriptedServer *self);
/* (nullable): the newest POST's body, path with query, and headers */
const char     *scripted_server_get_request_body (ScriptedServer *self);
const char     *scripted_server_get_request_path (ScriptedServer *self);
const char     *scripted_server_get_request_header (ScriptedServer *self,
                                                  const char     *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
