/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* All of the library: what programs include. */
#include "channels-authorizer.h"
#include "channels-client.h"
#include "channels-clock.h"
#include "channels-endpoint.h"
#include "channels-error.h"
#include "channels-event.h"
#include "channels-http-authorizer.h"
#include "channels-plain.h"
#include "channels-publisher.h"
#include "channels-signal-authorizer.h"
#include "channels-subscription.h"
#include "channels-transport.h"
#include "channels-version.h"
