// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/**
 * The loyalty points of a user.
 *
 * @param points {@code null} if they are unknown
 */
public record Points(long userId, Integer points) {}
