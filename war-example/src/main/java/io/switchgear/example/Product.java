package io.switchgear.example;

/** Something to buy. */
public record Product(long id, String name, int priceCents) {}
