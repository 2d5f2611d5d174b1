// SPDX-License-Identifier: Apache-2.0
/** Resources of Jakarta REST whose calls are rejected, in all the ways in which a rejection can reach the server. */
package io.switchgear.it.servers.rejecting;
