// SPDX-License-Identifier: Apache-2.0
package io.switchgear.example;

/** A user of the shop. */
public record User(long id, String nickname) {}
