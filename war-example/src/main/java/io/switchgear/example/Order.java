// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/** An order of one product by a user. */
public record Order(String id, long userId, long productId) {}
