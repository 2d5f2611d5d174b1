// SPDX-License-Identifier: Apache-2.0
/** A message-driven bean, and a resource adapter that calls it. */
package io.switchgear.it.wildfly.messaged;
