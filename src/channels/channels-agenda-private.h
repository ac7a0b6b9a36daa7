/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-clock.h"

G_BEGIN_DECLS

/* What is to be done later, each thing at its own time, with one timer of the clock: a main loop goes through all of
 * its timers whenever something happens, and there may be thousands of things. */
typedef struct _ChannelsAgenda ChannelsAgenda;

ChannelsAgenda *channels_agenda_new    (ChannelsClock  *clock) G_GNUC_WARN_UNUSED_RESULT;
/* Nothing of it will happen. */
void            channels_agenda_free   (ChannelsAgenda *self);
/* Calls @func with @data in @ms ms, once; the iterator is no longer good then. @func may free the agenda. */
GSequenceIter  *channels_agenda_add    (ChannelsAgenda *self,
                                        guint           ms,
                                        void          (*func) (gpointer data),
                                        gpointer        data);
void            channels_agenda_remove (ChannelsAgenda *self,
                                        GSequenceIter  *iter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsAgenda, channels_agenda_free)

G_END_DECLS
