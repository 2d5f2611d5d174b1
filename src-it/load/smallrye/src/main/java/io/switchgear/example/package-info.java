// SPDX-License-Identifier: Apache-2.0
/**
 * The services of the shop with the annotations of MicroProfile Fault Tolerance, and without this library. The classes
 * here have the names of those that they replace in the archive of the shop; all others are the shop's.
 */
package io.switchgear.example;
