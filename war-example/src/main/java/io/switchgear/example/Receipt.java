package io.switchgear.example;

/** What was paid. */
public record Receipt(String orderId, int cents, String text) {}
