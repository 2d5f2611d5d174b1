// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/** A product of the shop. */
public record Product(long id, String name, int priceCents) {}
