// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/** The receipt of a payment. */
public record Receipt(String orderId, int cents, String text) {}
