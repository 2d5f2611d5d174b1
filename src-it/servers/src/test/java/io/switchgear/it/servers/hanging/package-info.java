// SPDX-License-Identifier: Apache-2.0
/** A web application with a page whose service hangs, and a page that needs no service. */
package io.switchgear.it.servers.hanging;
