package io.switchgear.example;

/** Somebody who shops here. */
public record User(long id, String nickname) {}
