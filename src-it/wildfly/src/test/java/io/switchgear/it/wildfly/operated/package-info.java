// SPDX-License-Identifier: Apache-2.0
/** An application whose callers operate breakers through the session bean of the ejb-module. */
package io.switchgear.it.wildfly.operated;
