// SPDX-License-Identifier: Apache-2.0
/** A web application that can be made to fail when its beans have started, and one without this library. */
package io.switchgear.it.servers.failing;
