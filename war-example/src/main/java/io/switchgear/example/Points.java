package io.switchgear.example;

/**
 * What a user has earned by shopping.
 *
 * @param points {@code null} while they are not known
 */
public record Points(long userId, Integer points) {}
