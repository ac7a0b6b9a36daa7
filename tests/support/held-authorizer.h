/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-authorizer.h"

G_BEGIN_DECLS

#define HELD_TYPE_AUTHORIZER (held_authorizer_get_type ())
G_DECLARE_FINAL_TYPE (HeldAuthorizer, held_authorizer, HELD, AUTHORIZER, GObject)

/* An authoriser that answers when the test says so, and does not care whether it was cancelled. */
HeldAuthorizer *held_authorizer_new           (void);
/* How many requests there have been; they are numbered from 0. */
guint           held_authorizer_get_n         (HeldAuthorizer *self);
const char     *held_authorizer_get_socket_id (HeldAuthorizer *self,
                                               guint           request);
/* Joined with commas if there are several; "" if it is the user who is asked for */
const char     *held_authorizer_get_channels  (HeldAuthorizer *self,
                                               guint           request);
/* How many channels it takes at once: 1 at first */
void            held_authorizer_set_batch_size (HeldAuthorizer *self,
                                                guint           size);
gboolean        held_authorizer_is_cancelled  (HeldAuthorizer *self,
                                               guint           request);
void            held_authorizer_grant         (HeldAuthorizer *self,
                                               guint           request,
                                               const char     *auth,
                                               const char     *channel_data);
/* Of an encrypted channel; @shared_secret: (nullable): base64 */
void            held_authorizer_grant_key     (HeldAuthorizer *self,
                                               guint           request,
                                               const char     *shared_secret);
/* @channels: those that are granted, of a request for several */
void            held_authorizer_grant_many    (HeldAuthorizer *self,
                                               guint           request,
                                               const char     *channels);
void            held_authorizer_grant_user    (HeldAuthorizer *self,
                                               guint           request,
                                               const char     *auth,
                                               const char     *user_data);
void            held_authorizer_refuse        (HeldAuthorizer *self,
                                               guint           request,
                                               int             code);

G_END_DECLS
