package io.switchgear.example;

/** What somebody wants to buy. */
public record Order(String id, long userId, long productId) {}
