// SPDX-License-Identifier: Apache-2.0
/** A coffee shop that is annotated for MicroProfile Fault Tolerance, and knows no implementation of it. */
package io.switchgear.it.wildfly.coffee;
