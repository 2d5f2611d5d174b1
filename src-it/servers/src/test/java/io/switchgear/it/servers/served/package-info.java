// SPDX-License-Identifier: Apache-2.0
/** Objects that the server creates and calls, each with a breaker. */
package io.switchgear.it.servers.served;
