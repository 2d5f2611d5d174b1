// SPDX-License-Identifier: Apache-2.0
/** A session bean that is annotated for MicroProfile Fault Tolerance. */
package io.switchgear.it.wildfly.brewing;
