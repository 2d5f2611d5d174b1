package io.switchgear.example;

/** What a user has earned by shopping. */
public record Points(long userId, int points) {}
