// SPDX-License-Identifier: Apache-2.0
/** Annotations where the server ignores them. */
package io.switchgear.it.servers.unguarded;
